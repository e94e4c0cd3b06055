"""Transport time (signatures, deadlines, time to live) is the system's, never the business clock's."""

import time


def seconds() -> int:
    """Unix time, for signatures."""
    return time.time_ns() // 1_000_000_000


def ticks() -> float:
    """Seconds that only go forward, for time to live."""
    return time.monotonic()
