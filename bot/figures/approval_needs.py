"""Which yes a deal needs, in which order, and what exactly each one is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.figures.clauses import granted
from bot.figures.conditions import Facts, explain, holds
from bot.playbook.approving import ApprovalKind, ApprovalRule, Approvals
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import ClauseUse
from bot.streams.deal.quote import Quote
from bot.streams.ids import digest


@dataclass(frozen=True, slots=True)
class Need:
    """One yes of one person: the `seat` of a rule that asks for several. `asked` is what it is about as one number,
    `content` the hash of all that it is about; `after` the needs that come first; `auto` the policy line that grants
    it without a person."""

    rule: ApprovalRule
    seat: int
    why: str
    asked: int
    content: str
    after: tuple[str, ...] = ()
    auto: str = ""

    @property
    def id(self) -> str:
        return self.rule.id if self.seat == 1 else f"{self.rule.id}-{self.seat}"


@dataclass(frozen=True, slots=True)
class Needs:
    """In an order in which they can be decided; `risk` is the line that lets no two be decided at once."""

    all: tuple[Need, ...]
    risk: str = ""


def needs(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], book: Playbook) -> Needs:
    policy = book.approvals
    fired = [rule for rule in policy.rules if holds(rule.when, facts)]
    risk = next((row.line for row in policy.high_risk if holds(row.when, facts)), "")
    seats = [
        Need(
            rule=rule,
            seat=seat,
            why=_why(rule, clauses, facts),
            asked=_asked(rule, quote, clauses),
            content=_content(rule, facts, quote, clauses),
            auto="" if risk else _lane(rule, facts, policy),
        )
        for rule in _in_order(fired, policy)
        for seat in range(1, rule.quorum + 1)
    ]
    return Needs(tuple(_chained(seats) if risk else _waiting(seats, policy)), risk)


def before(rule: ApprovalRule, fired: Iterable[ApprovalRule], policy: Approvals) -> tuple[str, ...]:
    """The fired rules that it waits for, also by way of rules that are not asked this time."""
    wanted, seen, asked = {rule.id for rule in fired}, {rule.id}, list(rule.after)
    found: list[str] = []
    while asked:
        name = asked.pop(0)
        if name in seen or (other := policy.rule(name)) is None:
            continue
        seen.add(name)
        if name in wanted:
            found.append(name)
        else:
            asked += other.after
    return tuple(found)


def _in_order(fired: list[ApprovalRule], policy: Approvals) -> list[ApprovalRule]:
    """As the policy has them, but nobody before whom she waits for."""
    waits = {rule.id: set(before(rule, fired, policy)) for rule in fired}
    left, done = list(fired), list[ApprovalRule]()
    while left:
        ids = {rule.id for rule in done}
        ready = next((rule for rule in left if waits[rule.id] <= ids), left[0])
        left.remove(ready)
        done.append(ready)
    return done


def _waiting(seats: list[Need], policy: Approvals) -> list[Need]:
    fired = [need.rule for need in seats]
    after = {rule.id: before(rule, fired, policy) for rule in fired}
    return [replace(s, after=tuple(o.id for o in seats if o.rule.id in after[s.rule.id])) for s in seats]


def _chained(seats: list[Need]) -> list[Need]:
    return [replace(seat, after=tuple(other.id for other in seats[:at])[-1:]) for at, seat in enumerate(seats)]


def _lane(rule: ApprovalRule, facts: Facts, policy: Approvals) -> str:
    fitting = (lane.line for lane in policy.auto if rule.kind in lane.kinds and holds(lane.when, facts))
    return next(fitting, "")


def _why(rule: ApprovalRule, clauses: Sequence[ClauseUse], facts: Facts) -> str:
    asked = granted(clauses, rule.role) if of_clauses(rule) else ""
    return asked or explain(rule.when, facts)


def of_clauses(rule: ApprovalRule) -> bool:
    return any(condition.fact is FactName.CLAUSE_GRANTS for condition in rule.when)


def _asked(rule: ApprovalRule, quote: Quote, clauses: Sequence[ClauseUse]) -> int:
    if of_clauses(rule):
        return int(_of_role(rule.role, clauses)[:12], 16)
    numbers = {"discount": quote.discount, "payment": quote.payment_days, "margin": quote.margin}
    return numbers.get(rule.kind, quote.total.minor)


def _of_role(role: str, clauses: Sequence[ClauseUse]) -> str:
    """The clauses that the role is asked to grant: other clauses ask again, another price does not."""
    return digest(*(f"{use.clause}:{use.rung}" for use in clauses if use.granted_by == role))


Part = Callable[[Facts, Quote, Sequence[ClauseUse], ApprovalRule], Iterable[object]]


def _prices(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], rule: ApprovalRule) -> Iterable[object]:
    return ((line.code, line.plan, line.quantity, line.discount) for line in quote.lines)


def _payment(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], rule: ApprovalRule) -> Iterable[object]:
    return quote.payment_days, quote.months, len(quote.invoices)


def _wording(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], rule: ApprovalRule) -> Iterable[object]:
    if of_clauses(rule):
        return (_of_role(rule.role, clauses),)
    return facts.get(FactName.STANDARD_CLAUSES), *((use.clause, use.rung) for use in clauses)


def _credit(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], rule: ApprovalRule) -> Iterable[object]:
    return quote.total, facts.get(FactName.CREDIT_RATING), facts.get(FactName.ABOVE_CREDIT_LIMIT)


def _margin(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], rule: ApprovalRule) -> Iterable[object]:
    return quote.margin, quote.total, *((line.code, line.discount) for line in quote.lines)


def _size(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], rule: ApprovalRule) -> Iterable[object]:
    return quote.total, quote.months, facts.get(FactName.COMPLEXITY)


def _place(facts: Facts, quote: Quote, clauses: Sequence[ClauseUse], rule: ApprovalRule) -> Iterable[object]:
    named = (FactName.COUNTRY, FactName.HOSTING, FactName.PERSONAL_DATA)
    return *(facts.get(name) for name in named), *sorted({line.code for line in quote.lines})


PARTS: Mapping[ApprovalKind, Part] = {
    "discount": _prices,
    "payment": _payment,
    "legal": _wording,
    "credit": _credit,
    "margin": _margin,
    "amount": _size,
    "region": _place,
    "compliance": _place,
}


def _content(rule: ApprovalRule, facts: Facts, quote: Quote, clauses: Sequence[ClauseUse]) -> str:
    """What a yes is for; as long as this is the same, it holds, whatever else changes."""
    parts = PARTS[rule.kind](facts, quote, clauses, rule)
    return digest(quote.currency, *map(str, parts))
