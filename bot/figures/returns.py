"""What a purchase returns: benefits that the playbook has a source for, against all that is invoiced in the term."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from bot.playbook.papers import Benefit
from bot.playbook.schema import Playbook
from bot.streams.deal.quote import PricedLine, Quote
from bot.streams.money import Money, total

YEAR = 12
WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Assumption:
    """One benefit of one line: `amount` is that of the whole term."""

    line: PricedLine
    benefit: Benefit
    per_month: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class ContractYear:
    """`no` counts from 1; a last year may be shorter."""

    no: int
    cost: Money
    returned: Money

    @property
    def net(self) -> Money:
        return self.returned - self.cost


@dataclass(frozen=True, slots=True)
class Returns:
    """`share` is the net return as basis points of the cost. `month` is the first in which all that the term costs has
    come back; none when it does not within the term. `uncounted` are products that no source has a figure for."""

    assumptions: tuple[Assumption, ...]
    years: tuple[ContractYear, ...]
    cost: Money
    returned: Money
    share: int
    month: int | None
    uncounted: tuple[str, ...]

    @property
    def net(self) -> Money:
        return self.returned - self.cost


def returns(quote: Quote, playbook: Playbook) -> Returns | None:
    """None: no product has a figure in the quote's currency, so there is not enough data to say anything."""
    counted = tuple(_assumptions(quote, playbook))
    if not counted or quote.total.minor <= 0:
        return None
    monthly = [_in_month(counted, month, quote.currency) for month in range(1, quote.months + 1)]
    whole = total(monthly, quote.currency)
    known = {assumption.line.name for assumption in counted}
    others = (line.name for line in quote.lines if not line.one_off and line.name not in known)
    return Returns(
        assumptions=counted,
        years=tuple(_years(quote, monthly)),
        cost=quote.total,
        returned=whole,
        share=round(Fraction((whole - quote.total).minor * WHOLE, quote.total.minor)),
        month=_paid_back(quote.total, monthly),
        uncounted=tuple(dict.fromkeys(others)),
    )


def _assumptions(quote: Quote, playbook: Playbook) -> Iterator[Assumption]:
    for line in quote.lines:
        product = playbook.product_of(line.code)
        offering = playbook.papers.offerings.get(product.code) if product else None
        for benefit in offering.benefits if offering and not line.one_off else ():
            if quote.currency in benefit.per_month:
                each = Money.parse(str(benefit.per_month[quote.currency]), quote.currency)
                months = _months(line, benefit)
                yield Assumption(line, benefit, each, each.times(line.quantity * len(months)))


def _months(line: PricedLine, benefit: Benefit) -> range:
    """Of the term, counted from 1, in which the line runs and its benefit has begun."""
    return range(max(line.from_month + 1, benefit.from_month), line.from_month + line.months + 1)


def _in_month(counted: tuple[Assumption, ...], month: int, currency: str) -> Money:
    running = (a for a in counted if month in _months(a.line, a.benefit))
    return total((a.per_month.times(a.line.quantity) for a in running), currency)


def _years(quote: Quote, monthly: list[Money]) -> Iterator[ContractYear]:
    for first in range(0, quote.months, YEAR):
        no = first // YEAR + 1
        cost = total(
            (i.amount for i in quote.invoices if _year_of(quote.starts_on, i.period_from) == no), quote.currency
        )
        yield ContractYear(no, cost, total(monthly[first : first + YEAR], quote.currency))


def _year_of(starts_on: date, day: date) -> int:
    return relativedelta(day, starts_on).years + 1


def _paid_back(cost: Money, monthly: list[Money]) -> int | None:
    come = 0
    for month, amount in enumerate(monthly, 1):
        come += amount.minor
        if come >= cost.minor:
            return month
    return None
