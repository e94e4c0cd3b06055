"""The clock of the machine."""

from datetime import UTC, datetime
from time import CLOCK_REALTIME, clock_gettime


class SystemClock:
    def now(self) -> datetime:
        """Aware, UTC."""
        return datetime.fromtimestamp(clock_gettime(CLOCK_REALTIME), UTC)
