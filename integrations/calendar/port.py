"""What we need of a calendar."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Event:
    """Time that is taken, from an aware moment to another; of `people` by mail address in small letters, of everybody
    when there are none."""

    starts_at: datetime
    ends_at: datetime
    people: tuple[str, ...] = ()
    travel: bool = False


class Calendar(Protocol):
    def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        """Those that take time between the two moments, in order."""
        ...
