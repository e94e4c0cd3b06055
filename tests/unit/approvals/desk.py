"""One priced deal of the example company, its people, and its rules, without anything around them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.agents.table import RULES
from bot.playbook.schema import Playbook
from bot.streams.deal import deal as deals
from bot.streams.deal.approvals import Approval, PlanApprovals
from bot.streams.deal.contract import BuiltFile, Signer
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import Opening
from bot.streams.deal.opportunity import Account, Opportunity
from bot.streams.deal.package import PackageAssembled, Terms, TermsSet
from bot.streams.deal.signals import SignalDetected, Signals
from bot.streams.decision import Accept, Colleague, Command, Context, Decision, Fact, Given, Pace, Reads, Refuse
from bot.streams.ids import digest
from bot.streams.money import Money
from bot.streams.queues import Queue, Tempo
from tests.unit.figures.deal import asked, contract, playbook

DEAL = "deal:01JD8Z00000000000000000001"
TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
GROUPS = {
    "T:maya": "reps",
    "T:sam": "sales-managers",
    "T:jonas": "sales-vps",
    "T:priya": "finance",
    "T:omar": "finance",
    "T:dana": "finance-deputies",
    "T:elena": "legal",
    "T:ines": "signatories",
    "T:tom": "solutions",
}


def colleague(person: str, **more: Any) -> Colleague:
    name = person.removeprefix("T:").title()
    base = Colleague(person, "", name, "", "", "Europe/Dublin", frozenset({GROUPS.get(person, "finance")}), 0)
    return replace(base, **more)


def _account(**more: Any) -> Account:
    told: dict[str, Any] = dict(
        id="001", name="Brightwater Freight GmbH", industry="Logistics", country="DE", street="", city="",
        postal_code="", vat_id="", employees=640, credit_rating="A", credit_limit=Money.parse("400000", "EUR"),
        credit_checked_on=TUESDAY.date(),
    )  # fmt: skip
    return Account(**(told | more))


def opportunity(**more: Any) -> Opportunity:
    quote = asked()
    told: dict[str, Any] = dict(
        id="006", name="Brightwater", stage="Negotiation", amount=quote.total, currency="EUR",
        close_on=TUESDAY.date() + timedelta(days=30), owner_email="", months=24, starts_on=quote.starts_on,
        payment_days=60, competitor="", deal_channel="", shared_channel="", modified_at="", modified_by="",
        account=_account(), lines=(), contacts=(),
    )  # fmt: skip
    return Opportunity(**(told | more))


def _signer(no: int, side: Any) -> Signer:
    return Signer(no=no, side=side, name="", title="", email="", order=no)


@dataclass
class Desk:
    """Gives commands to the deal's rules as dispatch does, at `now`; `facts` are all that were accepted."""

    book: Playbook = field(default_factory=playbook)
    people: dict[str, Colleague] = field(default_factory=lambda: {who: colleague(who) for who in GROUPS})
    now: datetime = TUESDAY
    deal: Deal = field(init=False)
    facts: list[Fact] = field(default_factory=list)
    offered: list[tuple[str, str]] = field(default_factory=list)
    paces: tuple[Pace, ...] = ()
    tempos: tuple[Tempo, ...] = ()
    elsewhere: dict[str, int] = field(default_factory=dict)  # how many of other deals wait on whom
    mint: Iterator[str] = field(default_factory=lambda: (f"ULID{n}" for n in count()))

    def __post_init__(self) -> None:
        said: dict[str, Any] = {
            "no": 1,
            "label": "commit",
            "conditions": (),
            "name": "Clara",
            "at": TUESDAY,
            "said": (),
        }
        yes = SignalDetected.model_construct(**said)
        opening = Opening(opportunity_id="006", opportunity=opportunity(), rep="T:maya", channel="C1")
        self.deal = Deal(DEAL, opening=opening, signals=Signals(detected=(yes,)))

    def package(self, discount: int | None = None, months: int = 24, **change: Any) -> None:
        """A new package of these terms, and its approvals planned."""
        version = self.deal.package.version + 1
        quote = asked(discount, months).model_copy(update={"version": version})
        both = tuple(_signer(no, side) for no, side in enumerate(("customer", "ours"), 1))
        made = contract(quote).model_copy(update={"version": version, "signers": both, **change})
        terms = Terms(discount=discount, payment_days=60, months=months)
        file = BuiltFile(template="quote", title="", number="", name="", hash=digest(made.digest), pages=1)
        self.apply(TermsSet(version=version, terms=terms, by="T:maya", at=self.now))
        self.apply(PackageAssembled(version=version, contract=made, files=(file,), at=self.now))
        accepted(self.give(PlanApprovals, actor="system", version=version))

    def opens(self, known: Opportunity) -> None:
        """It is that opportunity's deal from now on."""
        self.deal = replace(self.deal, opening=replace(self.deal.opening, opportunity=known))

    def give(self, kind: type[Command], actor: str, **told: Any) -> Decision:
        command = kind.model_validate({"stream_id": DEAL, "actor": actor, **told})
        permission, _, rule = RULES[kind]
        if actor != "system" and not self.book.may(self._groups(actor), permission):
            return Refuse("permission.missing")
        decision = rule(self.deal, command, self.context(actor))
        if isinstance(decision, Accept):
            for fact in decision.facts:
                self.apply(fact)
            for effect in decision.effects:
                if getattr(effect, "command", "") == "OfferTask":
                    self.offered.append((effect.foreign_id, effect.body["task"]["about"]))  # type: ignore[attr-defined]
        return decision

    def context(self, actor: str) -> Context:
        people = tuple(self.people.values())
        reads = Reads(colleagues=people, paces=self.paces, tempos=self.tempos, queues=self.queues)
        return Context(now=self.now, playbook=self.book, groups=self._groups(actor), reads=reads, mint=self.mint)

    @property
    def queues(self) -> tuple[Queue, ...]:
        """Those of other deals came first."""
        due = self.deal.approvals.due
        mine = {who: [a.id for a in due if a.person == who] for who in (*self.elsewhere, *(a.person for a in due))}
        first = {who: self.elsewhere.get(who, 0) for who in mine}
        return tuple(
            Queue(who, first[who] + len(ids), tuple((id, first[who] + no) for no, id in enumerate(ids, 1)))
            for who, ids in mine.items()
        )

    def apply(self, fact: Any) -> None:
        self.facts.append(fact)
        self.deal = deals.apply(self.deal, fact)

    def lend(self, giver: str, to: str, days: int = 3, **up_to: int) -> None:
        first = self.now.date()
        given = Given(f"d{giver}{to}", to, first, first + timedelta(days=days), tuple(up_to.items()))
        self.people[giver] = replace(self.people[giver], gives=(*self.people[giver].gives, given))

    def leaves(self, who: str, days: int = 3) -> None:
        first = self.now.date()
        self.people[who] = replace(self.people[who], away=((first, first + timedelta(days=days)),))

    def of(self, rule: str) -> Approval:
        return next(a for a in self.deal.approvals.asked if a.rule == rule)

    @property
    def seen(self) -> str:
        return self.deal.package.hash

    def _groups(self, actor: str) -> frozenset[str]:
        return self.people[actor].groups if actor in self.people else frozenset()


def accepted(decision: Decision) -> Accept:
    assert isinstance(decision, Accept), decision
    return decision


def refused(decision: Decision) -> str:
    assert not isinstance(decision, Accept), decision.facts
    return decision.reason
