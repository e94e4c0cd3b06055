"""Waiting for what other processes do."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
EVERY_S = 0.05


def until(look: Callable[[], T | None], seconds: float, what: str) -> T:
    """The first truthy answer. TimeoutError names what was waited for."""
    end = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"after {seconds:.0f} s still waiting: {what}")
        time.sleep(EVERY_S)
