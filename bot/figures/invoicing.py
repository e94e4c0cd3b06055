"""When what is invoiced: recurring lines yearly in advance, what is sold once with the first invoice."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.streams.deal.quote import PlannedInvoice, PricedLine
from bot.streams.money import Money, allocate, total

YEAR = 12


def years(starts_on: date, months: int) -> tuple[tuple[date, date, int], ...]:
    """(first day, last day, months) of each year of the term; the last one may be short."""
    found = []
    for done in range(0, months, YEAR):
        length = min(YEAR, months - done)
        first = starts_on + relativedelta(months=done)
        found.append((first, starts_on + relativedelta(months=done + length) - timedelta(days=1), length))
    return tuple(found)


def planned_invoices(
    lines: Sequence[PricedLine], starts_on: date, months: int, payment_days: int
) -> tuple[PlannedInvoice, ...]:
    """Net of tax. The lines of all invoices add up to the lines' totals exactly."""
    periods = years(starts_on, months)
    weights = [length for _, _, length in periods]
    shares = [(line, _shares(line, weights)) for line in lines]
    return tuple(
        _invoice(number, period, payment_days, [(line.code, parts[number - 1]) for line, parts in shares])
        for number, period in enumerate(periods, 1)
    )


def _shares(line: PricedLine, weights: list[int]) -> tuple[Money, ...]:
    if not line.one_off:
        return allocate(line.total, weights)
    nothing = Money.zero(line.total.currency)
    return (line.total, *(nothing for _ in weights[1:]))


def _invoice(
    number: int, period: tuple[date, date, int], payment_days: int, parts: list[tuple[str, Money]]
) -> PlannedInvoice:
    first, last, _ = period
    kept = tuple((code, amount) for code, amount in parts if amount.minor)
    return PlannedInvoice(
        number=number,
        invoice_on=first,
        due_on=first + timedelta(days=payment_days),
        period_from=first,
        period_to=last,
        lines=kept,
        amount=total((amount for _, amount in parts), parts[0][1].currency),
    )
