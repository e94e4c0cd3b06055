"""Compares, every few seconds, what is wrong with what the operators were told. Killed anywhere, it looks again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.dispatch import Dispatcher
from bot.questions.troubles import troubles
from bot.store.errors import Away, LostRace
from bot.streams.company.troubles import NoticeTroubles, changed, live
from bot.streams.ids import COMPANY, SYSTEM

EVERY = timedelta(seconds=2)


@dataclass
class Watch:
    """`clock` is transport time."""

    dispatcher: Dispatcher
    clock: Callable[[], datetime]
    ring: Callable[[str], object]
    looked_at: datetime | None = None

    def __call__(self) -> None:
        now = self.clock()
        if self.looked_at is not None and now - self.looked_at < EVERY:
            return
        self.looked_at = now
        try:
            self.look(now)
        except (Away, LostRace):
            return  # the next look sees the same

    def look(self, now: datetime) -> None:
        dispatcher = self.dispatcher
        with dispatcher.store.snapshot() as tx:
            found = troubles(tx, dispatcher.playbook, now)
            company = tx.ledger.load(COMPANY, dispatcher.code).state
        if changed(live(company.troubles), found) == ((), ()):
            return
        dispatcher.execute(
            NoticeTroubles(stream_id=COMPANY, actor=SYSTEM, troubles=found), f"watch:{dispatcher.mint()}"
        )
        self.ring(COMPANY)
