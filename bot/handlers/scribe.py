"""Writes down what was heard: all that came while it wrote what came before is one transaction, and one wait for the
disk."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from bot.dispatch import Heard
from bot.store.together import MOST


class Scribe:
    """One thread, in the order of the telling. `write` writes all of what it is given, or nothing and raises."""

    def __init__(self, write: Callable[[Sequence[Heard]], None]) -> None:
        self._write = write
        self._waiting: list[tuple[Heard, Future[None]]] = []
        self._writes = False
        self._lock = Lock()
        self._hand = ThreadPoolExecutor(1, "scribe")

    def hear(self, heard: Heard) -> "Future[None]":
        """Done when it is written, for good; else it raises what kept it from that."""
        told: Future[None] = Future()
        with self._lock:
            self._waiting.append((heard, told))
            idle, self._writes = not self._writes, True
        if idle:
            self._hand.submit(self._all)
        return told

    def _all(self) -> None:
        while some := self._next():
            self._together(some)

    def _next(self) -> list[tuple[Heard, "Future[None]"]]:
        with self._lock:
            some, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            self._writes = bool(some)
        return some

    def _together(self, some: list[tuple[Heard, "Future[None]"]]) -> None:
        """What fails together is tried one by one: nobody is refused for another's sake."""
        try:
            self._write([heard for heard, _ in some])
        except Exception as problem:  # noqa: BLE001 - whoever waits for it raises it
            if len(some) == 1:
                some[0][1].set_exception(problem)
            else:
                for each in some:
                    self._together([each])
        else:
            for _, told in some:
                told.set_result(None)
