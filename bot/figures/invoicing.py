"""When what is invoiced: recurring lines yearly in advance, what is sold once with the first invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.streams.deal.quote import PlannedInvoice, PricedLine
from bot.streams.money import Money, allocate, total

YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day; `start` is its first month in the term. The last one may have `days` beyond its months."""

    first: date
    last: date
    start: int
    months: int
    days: int = 0


def years(starts_on: date, months: int, days: int = 0) -> tuple[Period, ...]:
    """Of the term; the last one may be short, and takes the days behind the whole months."""
    found = []
    for done in range(0, months or 1, YEAR):
        length = min(YEAR, months - done)
        over = days if done + length == months else 0
        first = starts_on + relativedelta(months=done)
        end = starts_on + relativedelta(months=done + length) + timedelta(days=over)
        found.append(Period(first, end - timedelta(days=1), done, length, over))
    return tuple(found)


def planned_invoices(
    lines: Sequence[PricedLine],
    starts_on: date,
    months: int,
    payment_days: int,
    days: int = 0,
    bill_shares: tuple[int, ...] = (),
) -> tuple[PlannedInvoice, ...]:
    """Net of tax. The lines of all invoices add up to the lines' totals exactly. `bill_shares`, one a year, say how
    much of what recurs is invoiced when; none: as the service runs."""
    periods = years(starts_on, months, days)
    shares = [(line, _shares(line, periods, bill_shares)) for line in lines]
    return tuple(
        _invoice(number, period, payment_days, [(line.code, parts[number - 1]) for line, parts in shares])
        for number, period in enumerate(periods, 1)
    )


def _shares(line: PricedLine, periods: tuple[Period, ...], bill_shares: tuple[int, ...]) -> tuple[Money, ...]:
    if line.one_off:
        nothing = Money.zero(line.total.currency)
        return (line.total, *(nothing for _ in periods[1:]))
    if len(bill_shares) == len(periods):
        return allocate(line.total, bill_shares)
    return allocate(line.total, [_weight(line, period) for period in periods])


def _weight(line: PricedLine, period: Period) -> int:
    """The line's part of the period, in days of its month."""
    end = line.from_month + line.months
    whole = min(end, period.start + period.months) - max(line.from_month, period.start)
    stub = line.days if period.days and end == period.start + period.months else 0
    return max(whole, 0) * line.month_days + stub


def _invoice(number: int, period: Period, payment_days: int, parts: list[tuple[str, Money]]) -> PlannedInvoice:
    sums: dict[str, Money] = {}
    for code, amount in parts:
        sums[code] = sums[code] + amount if code in sums else amount
    kept = tuple((code, amount) for code, amount in sums.items() if amount.minor)
    return PlannedInvoice(
        number=number,
        invoice_on=period.first,
        due_on=period.first + timedelta(days=payment_days),
        period_from=period.first,
        period_to=period.last,
        lines=kept,
        amount=total((amount for _, amount in parts), parts[0][1].currency),
    )
