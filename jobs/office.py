"""Of all clocks one acts, on whichever machine; and each process says that it lives. Both by the store."""

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from bot.store.errors import Away, LostRace
from bot.store.offices import CLOCK
from bot.store.transaction import Store

log = logging.getLogger(__name__)
TERM = timedelta(seconds=3)  # after which another clock takes over from one that says nothing
RENEWED = timedelta(seconds=1)
BEAT_S = 10.0
ALIVE = timedelta(seconds=35)


def me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass
class Election:
    """Called again and again: is the office ours at this moment? Nobody's, while the database is away."""

    store: Store
    clock: Callable[[], datetime]
    holder: str
    ours: bool = False
    asked_at: datetime | None = None

    def __call__(self) -> bool:
        now = self.clock()
        if self.asked_at is None or now - self.asked_at >= RENEWED:
            self.ours, self.asked_at = self._held(now), now
        return self.ours

    def leave(self) -> None:
        """So that the next need not wait for the end of the term."""
        if self.ours:
            self.ours = False
            with self.store.transaction() as tx:
                tx.offices.leave(CLOCK, self.holder)

    def _held(self, now: datetime) -> bool:
        try:
            with self.store.transaction() as tx:
                return tx.offices.hold(CLOCK, self.holder, now, now + TERM)
        except (Away, LostRace) as away:
            log.warning("nobody is elected: %s", away)
            return False


def beat(store: Store, clock: Callable[[], datetime], role: str, stop: Event) -> None:
    """Until `stop`; a beat that the database does not take is left out."""
    while True:
        now = clock()
        try:
            with store.transaction() as tx:
                tx.offices.beat(role, me(), now, now + ALIVE)
        except (Away, LostRace) as away:
            log.warning("a heartbeat is left out: %s", away)
        if stop.wait(BEAT_S):
            return
