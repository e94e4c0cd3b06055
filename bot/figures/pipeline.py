"""Open deals as a manager counts them: by state, with sums that add up per currency, and what needs somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playbook.company import Attention
from bot.streams.money import Money, total

OVER = frozenset({"won", "handed_over"})
# In the order of the way that a deal goes; every state that is not over stands in exactly one group.
GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Listening", frozenset({"listening", "signal"})),
    ("Drafting", frozenset({"drafting", "step"})),
    ("Waiting on approvals", frozenset({"approvals", "rejected"})),
    ("Ready to send", frozenset({"ready"})),
    ("Out for signature", frozenset({"signing", "closing"})),
    ("Stopped or in trouble", frozenset({"paused", "held", "trouble", "checks", "expired"})),
)


@dataclass(frozen=True, slots=True)
class DealLine:
    """`state` is a short key, `words` the same in a sentence; `waits_on` a team:user id, a name, or nobody."""

    stream_id: str
    customer: str
    title: str
    rep: str
    state: str
    waits_on: str
    since: datetime | None
    total: Money
    channel: str
    words: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """A request that should have been decided by `by_when`, and on whom it waits."""

    deal: str
    person: str
    by_when: datetime


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    deals: tuple[DealLine, ...]
    sums: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """`kind` says what is wrong; `days` since when, in whole days; `who` may be a team:user id or a name."""

    deal: DealLine
    kind: str
    days: int
    who: str


def sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One exact sum a currency, in the order of their codes; amounts of two currencies are never added."""
    found = tuple(amounts)
    codes = sorted({amount.currency for amount in found})
    return tuple(total((a for a in found if a.currency == code), code) for code in codes)


def is_open(deal: DealLine) -> bool:
    return deal.state not in OVER


def by_state(deals: Sequence[DealLine]) -> tuple[Group, ...]:
    """Empty groups are left out; a state that no group knows counts as listening."""
    named = {state: title for title, states in GROUPS for state in states}
    first = GROUPS[0][0]
    made = ((title, tuple(d for d in deals if named.get(d.state, first) == title)) for title, _ in GROUPS)
    return tuple(Group(title, mine, sums(d.total for d in mine)) for title, mine in made if mine)


def needs(deals: Sequence[DealLine], overdue: Sequence[Overdue], rule: Attention, now: datetime) -> tuple[Need, ...]:
    """What only gets worse by waiting, worst first: no way on, then late decisions, then late signatures, then
    what nobody sends or resumes. Within a kind the one that waits longest."""
    late = {item.deal: item for item in sorted(overdue, key=lambda o: o.by_when, reverse=True) if item.by_when < now}
    found = [need for deal in deals if (need := _need(deal, late.get(deal.stream_id), rule, now)) is not None]
    order = ("stuck", "decision", "signature", "unsent", "stopped")
    return tuple(sorted(found, key=lambda n: (order.index(n.kind), -n.days, n.deal.customer, n.deal.stream_id)))


def _need(deal: DealLine, late: Overdue | None, rule: Attention, now: datetime) -> Need | None:
    waited = now - deal.since if deal.since else timedelta()
    days = waited // timedelta(days=1)
    if deal.state in ("trouble", "checks", "held", "rejected", "expired"):
        return Need(deal, "stuck", days, deal.waits_on or deal.rep)
    if late is not None:
        return Need(deal, "decision", (now - late.by_when) // timedelta(days=1), late.person)
    limits = {
        "signing": ("signature", timedelta(days=rule.signature_days)),
        "ready": ("unsent", timedelta(hours=rule.unsent_hours)),
        "paused": ("stopped", timedelta(hours=rule.stopped_hours)),
    }
    kind, limit = limits.get(deal.state, ("", timedelta.max))
    return Need(deal, kind, days, deal.waits_on) if kind and waited > limit else None
