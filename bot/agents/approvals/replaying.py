"""A deal of the past under another policy: who would have been asked, how long it would have taken, what margin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.agents.approvals.plan import asker_of
from bot.agents.approvals.planning import plan_of, times_of
from bot.figures.reapproval import needs_of
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context, Reads
from bot.streams.money import Money


@dataclass(frozen=True, slots=True)
class Asked:
    """By rule, the role; what the policy grants by itself is left out. `takes` is until the last one is expected."""

    roles: tuple[tuple[str, str], ...]
    takes: timedelta


@dataclass(frozen=True, slots=True)
class Replayed:
    """`margin` in basis points and `total` of the deal as it was made; `before` and `after` under the two policies."""

    deal: str
    customer: str
    total: Money
    margin: int
    before: Asked
    after: Asked

    @property
    def dropped(self) -> tuple[tuple[str, str], ...]:
        return tuple(each for each in self.before.roles if each not in self.after.roles)

    @property
    def added(self) -> tuple[tuple[str, str], ...]:
        return tuple(each for each in self.after.roles if each not in self.before.roles)


def replay(deal: Deal, old: Playbook, new: Playbook, reads: Reads, now: datetime) -> Replayed | None:
    """None for a deal that had no package. Nothing of it is changed."""
    made = deal.package.current or deal.package.assembled
    if made is None or deal.opportunity is None:
        return None
    at = deal.approvals.planned.at if deal.approvals.planned else now
    quote = made.contract.quote
    return Replayed(
        deal=deal.id,
        customer=deal.customer,
        total=quote.total,
        margin=quote.margin,
        before=_asked(deal, made.contract, Context(now=at, playbook=old, reads=reads)),
        after=_asked(deal, made.contract, Context(now=at, playbook=new, reads=reads)),
    )


def _asked(deal: Deal, contract: Contract, context: Context) -> Asked:
    planned = plan_of(needs_of(deal, contract, context), asker_of(deal, contract, context), context)
    times = times_of(planned, context)
    ends = max((each.middle for each in times.values()), default=context.now)
    roles = tuple((each.approval.rule, each.approval.role) for each in planned if not each.approval.auto)
    return Asked(roles, ends - context.now)
