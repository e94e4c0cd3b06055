"""Commission by the compensation plans: net of tax, marginal above the quota, overlays on top."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from bot.playbook.finance import CompensationPlan
from bot.playbook.schema import Playbook
from bot.streams.deal.books import Credit
from bot.streams.deal.contract import Contract
from bot.streams.money import Money, digits

WHOLE = 10_000


def credits(
    contract: Contract, people: Mapping[str, tuple[str, str]], attained: Money, playbook: Playbook
) -> tuple[Credit, ...]:
    """`people`: role -> (person, name). `attained`: what counted towards the rep's quota this year before this deal."""
    return tuple(
        _credit(plan, *people[plan.role], contract, attained)
        for plan in playbook.compensation.plans
        if plan.role in people
    )


def _credit(plan: CompensationPlan, person: str, name: str, contract: Contract, attained: Money) -> Credit:
    base = contract.quote.total if plan.base == "total" else contract.quote.invoices[0].amount
    amount = commission(plan, base, attained)
    return Credit(person=person, name=name, role=plan.role, base=base, rate=plan.rate, amount=amount, line=plan.line)


def commission(plan: CompensationPlan, base: Money, attained: Money) -> Money:
    """Each slice of the base at the rate of its attainment; rounded once, at the end."""
    parts = (Fraction(slice_) * Fraction(rate, WHOLE) for slice_, rate in _slices(plan, base, attained))
    return Money(minor=round(sum(parts, Fraction(0))), currency=base.currency)


def _slices(plan: CompensationPlan, base: Money, attained: Money) -> Iterator[tuple[int, int]]:
    quota = plan.quota_per_year.get(base.currency)
    if quota is None or not plan.accelerators:
        yield base.minor, plan.rate
        return
    whole = int(quota * 10 ** digits(base.currency))
    edges = [(whole * a.from_attainment // WHOLE, a.rate) for a in plan.accelerators]
    start, end, rate = attained.minor, attained.minor + base.minor, plan.rate
    for edge, above in edges:
        yield max(min(end, edge) - start, 0), rate
        start, rate = max(start, min(end, edge)), above
    yield end - start, rate
