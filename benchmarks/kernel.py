"""The product's own kernel without its doors: a dispatcher and a relay on one database, and effects that do
nothing, so that only what makes it durable is measured."""

from datetime import timedelta
from typing import cast

from bot import wiring
from bot.store.transaction import Store
from bot.streams.effects import ReadOpportunity, RefreshCard
from jobs.effects.how import Desk, How, Repeat
from jobs.effects.table import EFFECTS
from jobs.relay import Relay
from tests.store.desk import address, desk, hint, mint, new_deal, opened

LEASE, DEADLINE = timedelta(seconds=60), timedelta(seconds=20)


class Kernel:
    """`call` is one hint of Salesforce's: a fact, the two effects that it owes, and that each of them is done."""

    steps = 2

    def __init__(self, url: str) -> None:
        for effect in (ReadOpportunity, RefreshCard):
            EFFECTS[effect] = How(lambda _work: None, Repeat.UPSERT, leaves=False)
        self.store: Store = opened(url)
        self.dispatcher = desk(self.store)
        self.relay = Relay(
            self.dispatcher, cast(Desk, None), wiring.system_clock().now, lambda _stream: None, LEASE, DEADLINE
        )

    def call(self, number: int) -> None:
        deal = new_deal()
        self.dispatcher.execute(hint(deal, f"006{number}"), mint(), address(f"006{number}"))
        self.relay.poke(deal)

    def close(self) -> None:
        self.store.close()
