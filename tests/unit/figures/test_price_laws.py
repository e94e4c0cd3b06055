"""What holds for every quote there can be, in every currency, with every tier, ramp and discount."""

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.price import Ask, price
from bot.figures.quote_check import findings, floor_of
from bot.playbook.pricing import GIVEN
from bot.playbook.schema import Playbook
from bot.streams.deal.quote import AskedLine, Quote, RampStep
from bot.streams.money import digits, total
from tests.unit.figures.deal import OFFERED, STARTS, playbook

CURRENCIES = ("EUR", "USD", "JPY", "KWD")
CODES = ("FLEET", "ROUTE", "DRIVER", "COLDCHAIN", "ONBOARD", "INTEGR", "ANALYTICS", "ARCHIVE", "TACHO", "MESSAGES")
ONCE = ("ONBOARD", "INTEGR")


@cache
def worldwide() -> Playbook:
    """Our book, with the euro's figures also in a currency without decimals and in one with three."""
    book = playbook()
    rows = [row for row in book.prices if row.currency == "EUR"]
    tiers = [row for row in book.tiers if row.currency == "EUR"]
    more = [r.model_copy(update={"currency": c, **_in(c, r.price, r.cost)}) for c in CURRENCIES[2:] for r in rows]
    steps = [
        t.model_copy(update={"currency": c, "price": _of(c, t.price), "flat": _of(c, t.flat)})
        for c in CURRENCIES[2:]
        for t in tiers
    ]
    return book.model_copy(update={"prices": (*book.prices, *more), "tiers": (*book.tiers, *steps)})


def _of(currency: str, amount: Decimal) -> Decimal:
    return (amount * 100).quantize(Decimal(1)) if currency == "JPY" else amount + Decimal("0.001")


def _in(currency: str, each: Decimal, cost: Decimal) -> dict[str, Decimal]:
    return {"price": _of(currency, each), "ssp": _of(currency, each), "cost": _of(currency, cost)}


@st.composite
def lines(draw: st.DrawFn) -> tuple[AskedLine, ...]:
    made = []
    for code in draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=7)):
        ramp = () if code in ONCE else draw(st.sampled_from([(), (RampStep(from_month=1, quantity=777),)]))
        off = 0 if code == "ONBOARD" else draw(st.integers(0, 4000))
        made.append(AskedLine(code=code, quantity=draw(st.integers(10, 3000)), discount=off, ramp=ramp))
    return tuple(made)


@st.composite
def asks(draw: st.DrawFn) -> Ask:
    return Ask(
        version=1,
        currency=draw(st.sampled_from(CURRENCIES)),
        lines=draw(lines()),
        months=draw(st.integers(2, 61)),
        starts_on=STARTS,
        payment_days=30,
        discount=None,
        offered_on=OFFERED,
        order=draw(st.integers(0, 2000)),
        gives=frozenset(draw(st.sets(st.sampled_from(["volume", "term"])))),
        promotions=draw(st.sampled_from([(), ("analytics-2026",)])),
        bundles=draw(st.sampled_from([(), (("DEPOT", 1),)])),
        days=draw(st.integers(0, 30)),
        month_days=31,
    )


@given(asks())
def test_the_sum_of_lines_and_of_invoices_is_the_total(ask: Ask) -> None:
    quote = price(ask, worldwide())
    assert total((line.total for line in quote.lines), ask.currency) == quote.total
    assert total((i.amount for i in quote.invoices), ask.currency) == quote.total
    billed: Counter[str] = Counter()
    sold: Counter[str] = Counter()
    for invoice in quote.invoices:
        billed.update({code: money.minor for code, money in invoice.lines})
        assert total((money for _, money in invoice.lines), ask.currency) == invoice.amount
    for line in quote.lines:
        sold.update({line.code: line.total.minor})
    assert +billed == +sold


@given(asks())
def test_a_line_is_unit_price_by_quantity_by_term_less_its_discount(ask: Ask) -> None:
    for line in price(ask, worldwide()).lines:
        assert line.list_total == line.unit_price.times(line.quantity * line.term)
        kept = Fraction(10_000 - line.discount, 10_000)
        assert line.total == line.unit_price.times(line.quantity * line.term * kept)
        assert sum(deduction.points for deduction in line.deductions) == line.discount


@given(asks())
def test_discounts_stand_in_the_order_of_the_rule(ask: Ask) -> None:
    order = worldwide().pricing.stacking.order
    for line in price(ask, worldwide()).lines:
        places = [order.index(deduction.kind) for deduction in line.deductions]
        assert places == sorted(places)


@given(asks())
def test_one_currency_and_its_minor_units(ask: Ask) -> None:
    quote = price(ask, worldwide())
    for line in quote.lines:
        assert {line.unit_price.currency, line.list_total.currency, line.total.currency} == {ask.currency}
    assert -quote.total.decimal().as_tuple().exponent == digits(ask.currency)  # type: ignore[operator]


@given(asks())
def test_what_the_book_gives_breaks_no_floor(ask: Ask) -> None:
    """Only what a person asks for can: then it is found."""
    book = worldwide()
    mild = replace(ask, order=0, lines=tuple(line.model_copy(update={"discount": 0}) for line in ask.lines))
    for line in price(mild, book).lines:
        assert 10_000 - line.discount >= floor_of(line, book)
    quote = price(ask, book)
    given = [sum(d.points for d in line.deductions if d.kind in GIVEN) for line in quote.lines]
    assert max(given) <= book.pricing.stacking.given_up_to + 1
    broken = {line.code for line in quote.lines if 10_000 - line.discount < floor_of(line, book)}
    assert broken == {found.field for found in findings(quote, book)} & set(CODES)


@given(asks(), st.randoms())
def test_the_order_of_lines_changes_nothing(ask: Ask, chance: object) -> None:
    shuffled = list(ask.lines)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = price(ask, worldwide()), price(replace(ask, lines=tuple(shuffled)), worldwide())
    assert (one.total, one.list_total, one.cost, one.margin, one.arr) == (
        other.total,
        other.list_total,
        other.cost,
        other.margin,
        other.arr,
    )
    assert Counter(line.model_dump_json() for line in one.lines) == Counter(
        line.model_dump_json() for line in other.lines
    )


@given(asks())
def test_pricing_again_changes_nothing(ask: Ask) -> None:
    once = price(ask, worldwide())
    assert price(ask, worldwide()) == once
    assert Quote.model_validate_json(once.model_dump_json()) == once


def test_currencies_are_never_mixed() -> None:
    eur, usd = (
        price(
            Ask(1, c, (AskedLine(code="FLEET", quantity=1, discount=0),), 1, STARTS, 30, None, OFFERED), playbook()
        ).total
        for c in ("EUR", "USD")
    )
    with pytest.raises(ValueError, match="USD is not EUR"):
        eur + usd


def test_the_day_of_the_offer_decides() -> None:
    lines = (AskedLine(code="FLEET", quantity=1, discount=0),)
    found = [
        price(Ask(1, "EUR", lines, 1, STARTS, 30, None, day), playbook()).total.minor
        for day in (date(2025, 12, 31), date(2026, 1, 1))
    ]
    assert found == [3900, 4200]
