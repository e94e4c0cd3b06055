"""When revenue is earned (IFRS 15): the price shared by standalone selling price, then spread over the service."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from bot.playbook.schema import Playbook
from bot.streams.deal.books import Recognised
from bot.streams.deal.contract import Contract
from bot.streams.deal.quote import PricedLine
from bot.streams.money import Money, allocate, digits


def schedule(contract: Contract, playbook: Playbook) -> tuple[Recognised, ...]:
    """By obligation and month; adds up to the contract's total exactly."""
    quote = contract.quote
    weights = [_standalone(line, contract, playbook) for line in quote.lines]
    shares = allocate(quote.total, weights)
    return tuple(
        part
        for line, share in zip(quote.lines, shares, strict=True)
        for part in _earned(line, share, contract, playbook)
    )


def _standalone(line: PricedLine, contract: Contract, playbook: Playbook) -> int:
    """The standalone selling price of the line, in minor units."""
    row = playbook.price_on(line.code, contract.quote.currency, contract.offered_on)
    tiered = playbook.tiers_on(line.code, contract.quote.currency, contract.offered_on)
    each = row.ssp if row and not tiered else line.unit_price.decimal()
    minor = Fraction(each * Decimal(10) ** digits(contract.quote.currency))
    return round(minor * line.quantity * line.term)


def _earned(line: PricedLine, share: Money, contract: Contract, playbook: Playbook) -> Iterator[Recognised]:
    starts_on = contract.quote.starts_on
    product = playbook.product_of(line.code)
    if product and product.obligation == "point_in_time":
        yield Recognised(code=line.code, month=_month(starts_on), amount=share)
        return
    months = product.delivery_months if product and line.one_off else contract.quote.months
    yield from _spread(line.code, share, starts_on, starts_on + relativedelta(months=months))


def _spread(code: str, share: Money, first: date, end: date) -> Iterator[Recognised]:
    """Evenly over the days; the running total is rounded, so the parts add up."""
    days, before, day = (end - first).days, Money.zero(share.currency), first
    while day < end:
        following = min((day.replace(day=1) + relativedelta(months=1)), end)
        until_now = share.times(Fraction((following - first).days, days))
        yield Recognised(code=code, month=_month(day), amount=until_now - before)
        before, day = until_now, following


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def last_day(month: str) -> date:
    """Of a month written 2026-12."""
    first = date.fromisoformat(f"{month}-01")
    return first + relativedelta(months=1) - timedelta(days=1)
