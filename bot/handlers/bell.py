"""Tells the workers after the sender has its answer: what it waits for is the commit, not the queue."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from bot.crashpoints import crashpoint


class Bell:
    """One thread. A stream that waits to be rung for is rung for once, however often it changed meanwhile."""

    def __init__(self, ring: Callable[[str], object]) -> None:
        self._ring = ring
        self._waiting: set[str] = set()
        self._lock = Lock()
        self._hand = ThreadPoolExecutor(1, "bell")

    def ring(self, stream_id: str) -> None:
        with self._lock:
            if stream_id in self._waiting:
                return
            self._waiting.add(stream_id)
        self._hand.submit(self._once, stream_id)

    def _once(self, stream_id: str) -> None:
        """No longer waiting before it is rung for: a change from here on rings again."""
        with self._lock:
            self._waiting.discard(stream_id)
        self._ring(stream_id)
        crashpoint("receive.rung")
