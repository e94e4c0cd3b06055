"""What people may ask; each answer is read at one moment, and changes nothing."""

from dataclasses import dataclass

from bot.blocks.home_deals import DealRow
from bot.blocks.people import Known
from bot.figures.decisions import Decision
from bot.figures.pipeline import DealLine
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.store.errors import Erased
from bot.store.transaction import Store
from bot.streams.deal.deal import Deal
from bot.streams.decision import Colleague, Link
from bot.streams.person.person import Person


@dataclass(frozen=True, slots=True)
class Ask:
    store: Store
    playbook: Playbook
    code: str

    def deal(self, stream_id: str) -> Deal:
        """Raises Erased."""
        with self.store.snapshot() as tx:
            deal: Deal = tx.ledger.load(stream_id, self.code).state
            return deal

    def of_channel(self, channel: str) -> Deal | None:
        """The deal whose channel it is, ours or the customer's. Raises Erased."""
        with self.store.snapshot() as tx:
            stream = tx.links.stream_of(Link("slack.channel", channel))
            return tx.ledger.load(stream, self.code).state if stream is not None else None

    def shown(self, stream_id: str) -> tuple[Deal, Known]:
        """A deal, and everybody's name. Raises Erased."""
        with self.store.snapshot() as tx:
            return tx.ledger.load(stream_id, self.code).state, Known(tx.people.names())

    def deal_if_kept(self, stream_id: str) -> Deal | None:
        """None for a deal that was erased."""
        try:
            return self.deal(stream_id)
        except Erased:
            return None

    def stream_of(self, system: str, foreign_id: str) -> str | None:
        with self.store.snapshot() as tx:
            return tx.links.stream_of(Link(system, foreign_id))

    def known(self) -> Known:
        with self.store.snapshot() as tx:
            return Known(tx.people.names())

    def texts(self, stream_id: str) -> dict[str, str]:
        with self.store.snapshot() as tx:
            return tx.texts.of(stream_id)

    def may(self, person: str, permission: Permission) -> bool:
        with self.store.snapshot() as tx:
            return self.playbook.may(tx.people.groups(person), permission)

    def deciders(self) -> tuple[Colleague, ...]:
        """Everybody who may decide approvals, by name."""
        with self.store.snapshot() as tx:
            found = tx.people.colleagues()
        able = (c for c in found if self.playbook.may(c.groups, Permission.DECIDE_APPROVAL))
        return tuple(sorted(able, key=lambda c: (c.name, c.person)))

    def groups(self, person: str) -> frozenset[str]:
        with self.store.snapshot() as tx:
            return tx.people.groups(person)

    def find(self, words: str) -> list[DealRow]:
        with self.store.snapshot() as tx:
            return [row(line) for line in tx.deals.find(words)]

    def decisions(self, who: str, words: str, most: int) -> list[Decision]:
        """What was decided, for who may decide: reasons are not for everybody."""
        if not words or not self.may(who, Permission.DECIDE_APPROVAL):
            return []
        with self.store.snapshot() as tx:
            people = {user for user, name in tx.people.names().items() if words.casefold() in name.casefold()}
            return tx.decisions.find(words, people, most)

    def person(self, user: str) -> Person | None:
        stream = self.stream_of("slack.user", user)
        return self.person_if_kept(stream) if stream is not None else None

    def person_if_kept(self, stream_id: str) -> Person | None:
        """None for somebody who was erased."""
        try:
            with self.store.snapshot() as tx:
                person: Person = tx.ledger.load(stream_id, self.code).state
                return person
        except Erased:
            return None


def row(line: DealLine) -> DealRow:
    return DealRow(
        stream_id=line.stream_id,
        title=line.title,
        customer=line.customer,
        words=line.words,
        waits_on=line.waits_on,
        channel=line.channel,
        total=str(line.total),
    )
