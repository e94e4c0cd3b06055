"""Rings for every stream that has something due: the belt under the doorbell, and what wakes deadlines."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Event

from bot.crashpoints import crashpoint
from bot.store.errors import Away

log = logging.getLogger(__name__)

EVERY_S = 0.5
FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 60.0


@dataclass
class Patience:
    """A stream that stays due is rung for ever less often, so that a stopped worker finds no mountain."""

    waiting: dict[str, tuple[float, float]] = field(default_factory=dict)

    def choose(self, due: Iterable[str], now: float) -> list[str]:
        ids = list(dict.fromkeys(due))
        self.waiting = {i: self.waiting[i] for i in ids if i in self.waiting}
        chosen = [i for i in ids if i not in self.waiting or self.waiting[i][0] <= now]
        for i in chosen:
            wait = min(self.waiting[i][1] * 2, LONGEST_WAIT_S) if i in self.waiting else FIRST_WAIT_S
            self.waiting[i] = (now + wait, wait)
        return chosen


def run(
    due: Callable[[], Iterable[str]],
    ring: Callable[[str], object],
    stop: Event,
    ours: Callable[[], bool],
    watch: Callable[[], object] = lambda: None,
) -> None:
    """Until `stop`. Of all clocks the one whose turn it is (`ours`) rings, and watches; the others wait."""
    patience = Patience()
    while not stop.is_set():
        if ours():
            for stream_id in patience.choose(_due(due), time.monotonic()):
                crashpoint("ring.before")
                ring(stream_id)
                crashpoint("ring.after")
            watch()
        stop.wait(EVERY_S)


def _due(due: Callable[[], Iterable[str]]) -> Iterable[str]:
    """While the database is away, nothing: what is due stays due."""
    try:
        return due()
    except Away as away:
        log.warning("nobody is rung for: %s", away)
        return ()
