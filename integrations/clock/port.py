"""What we need of a clock."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC, never going back. The system's never calls out; a remote one does so at most every 0.2 s,
        waits for it no longer than a second, and else goes on from its last reading.
        """
        ...
