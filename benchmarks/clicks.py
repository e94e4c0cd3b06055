"""From an approver's press to the card that says what became of it, while a thousand approvals wait: a dozen customers
have agreed, and as many copies of such a deal as it takes lie beside them, all before the same approver.

`python -m benchmarks.clicks` (two minutes)
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from benchmarks.office import AT_ONCE, Office, everybody_known, opened
from benchmarks.results import record, summary
from bot import wiring
from bot.agents.approvals.asking import task
from bot.store.kinds import read_fact
from bot.store.stamp import Stamp
from bot.store.transaction import Transaction
from bot.streams.deal.deal import Deal
from bot.streams.decision import Fact, Link, Reads
from bot.streams.ids import SYSTEM, stream_id
from bot.streams.person.person import TaskOffered
from sandbox.situations import rush
from sandbox.slack.entities import Message
from sandbox.slack.people import People
from sandbox.town import Town
from sandbox.wait import until
from sandbox.walk import JONAS, Walk, buttons

OPEN = 1_000
BUYERS = rush.NAMES[:12]  # no more requests are told one by one in a day
TOLD = 9  # at the least: of ten one goes by mail, to learn whether she decides sooner there
DISCOUNT = "22"  # percent: more than a rep may give
APPROVE = "approval.approve"
THINKS_S = 0.3
PATIENCE_S = 120


def measure() -> dict[str, Any]:
    with opened(Town) as town:
        town.start()
        return _measured(Walk(town))


def _measured(walk: Walk) -> dict[str, Any]:
    everybody_known(walk.town)
    for number, name in enumerate(BUYERS):
        _agrees(walk, number, name)
    until(lambda: len(_asked(walk.people)) >= TOLD, PATIENCE_S, "the requests are there")
    waiting = Crowd(Office(walk.town)).fill(OPEN)
    pressed = [_press(walk.people, message) for message in _asked(walk.people)]
    return {"open": waiting, **summary(pressed, sum(pressed) / 1000)}


def _agrees(walk: Walk, number: int, name: str) -> None:
    town = walk.town
    buyer, channel, opportunity = rush.arrive(town, number, name)
    for line in town.org.records("OpportunityLineItem"):
        if line["OpportunityId"] == opportunity:
            town.org.update("OpportunityLineItem", line["Id"], {"Discount": DISCOUNT})
    town.org.update("Opportunity", opportunity, {"StageName": "Negotiation"})
    until(lambda: rush.introduced(town, channel), PATIENCE_S, f"the introduction to {name}")
    time.sleep(THINKS_S)
    town.people.say(buyer, channel, rush.YES[0])


def _asked(people: People) -> list[Message]:
    return [message for message in people.dm(JONAS) if APPROVE in buttons(message)]


def _press(people: People, message: Message) -> float:
    """Milliseconds until the request no longer asks."""
    time.sleep(THINKS_S)
    began = time.perf_counter()
    people.press(JONAS, message.channel, message.ts, APPROVE)
    until(lambda: message.ts not in {other.ts for other in _asked(people)}, PATIENCE_S, "the card says so")
    return (time.perf_counter() - began) * 1000


@dataclass(frozen=True)
class Crowd:
    """Deals beside those of the sandbox: the facts of one of them under ids of their own, and who is asked there."""

    office: Office

    def fill(self, wanted: int) -> int:
        """How many approvals wait then."""
        store = self.office.dispatcher.store
        with store.snapshot() as tx:
            first, *others = self._deals(tx)
            facts = [read_fact(first.id, entry.body) for entry in tx.ledger.entries(first.id)]
        copies = range(_waiting((first, *others)), wanted, _waiting((first,)))
        for at in range(0, len(copies), AT_ONCE):
            store.run(partial(self._copies, len(copies[at : at + AT_ONCE]), facts))
        with store.snapshot() as tx:
            return _waiting(self._deals(tx))

    def _deals(self, tx: Transaction) -> list[Deal]:
        return [tx.ledger.load(id, self.office.dispatcher.code).state for id in tx.ledger.streams("deal")]

    def _copies(self, number: int, facts: list[Fact], tx: Transaction) -> None:
        for _ in range(number):
            self._copy(tx, facts)

    def _copy(self, tx: Transaction, facts: list[Fact]) -> None:
        code, stamp = self.office.dispatcher.code, self._stamp()
        head = tx.ledger.load(stream_id("deal", wiring.mint()), code)
        deal: Deal = tx.ledger.append(head, facts, stamp).state
        tx.project_now(deal)
        tx.project_later(deal)
        for approval in deal.approvals.open:
            person = tx.ledger.load(str(tx.links.stream_of(Link("slack.user", approval.person))), code)
            offered = TaskOffered(task=task(deal, approval), at=stamp.at)
            tx.project_now(tx.ledger.append(person, [offered], stamp).state)

    def _stamp(self) -> Stamp:
        dispatcher = self.office.dispatcher
        return Stamp(
            actor=SYSTEM,
            at=datetime.now(UTC),
            cause=f"copy:{wiring.mint()}",
            code=dispatcher.code,
            playbook=dispatcher.playbook.digest,
            relied=Reads(),
        )


def _waiting(deals: Iterable[Deal]) -> int:
    return sum(len(deal.approvals.open) for deal in deals)


if __name__ == "__main__":
    record("clicks", measure())
