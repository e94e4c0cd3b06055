"""Tells the workers after the sender has its answer: what it waits for is the commit, not the queue."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from time import monotonic

from bot.crashpoints import crashpoint

AFTER_S = 0.002  # until the sender has its answer
APART_S = 0.02  # one ring from the next: each costs as much as an acknowledgement


class Bell:
    """One thread. Streams that wait to be rung for are rung for together, and once, however often they changed."""

    def __init__(self, ring: Callable[..., object]) -> None:
        self._ring = ring
        self._waiting: set[str] = set()
        self._again_at = 0.0
        self._lock = Lock()
        self._hand = ThreadPoolExecutor(1, "bell")

    def ring(self, stream_id: str) -> None:
        with self._lock:
            on_its_way = bool(self._waiting)
            self._waiting.add(stream_id)
        if not on_its_way:
            self._hand.submit(self._all)

    def _all(self) -> None:
        """No longer waiting before they are rung for: a change from here on rings again."""
        Event().wait(max(AFTER_S, self._again_at - monotonic()))
        self._again_at = monotonic() + APART_S
        with self._lock:
            streams, self._waiting = sorted(self._waiting), set()
        self._ring(*streams)
        crashpoint("receive.rung")
