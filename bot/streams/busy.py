"""Time that a calendar of the company takes."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Busy:
    """Taken for other things: of `people`, mail addresses with spaces between; of everybody when there are none. Who
    travels works a little."""

    starts_at: datetime
    ends_at: datetime
    people: str = ""
    travel: bool = False

    def of(self, email: str) -> bool:
        return not self.people or email in self.people.split()
