"""Prices to the cent, and what has none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.price import Ask, price
from bot.figures.problem import PriceProblem
from bot.streams.deal.quote import AskedLine
from bot.streams.money import total
from tests.unit.figures.deal import LINES, OFFERED, STARTS, asked, playbook


@pytest.mark.parametrize(
    ("discount", "whole", "invoices", "margin"),
    [
        (0, "EUR 288,140.00", ("EUR 148,820.00", "EUR 139,320.00"), "69.4"),
        (1000, "EUR 260,276.00", ("EUR 134,888.00", "EUR 125,388.00"), "66.1"),
        (1800, "EUR 237,984.80", ("EUR 123,742.40", "EUR 114,242.40"), "63.0"),
        (None, "EUR 226,839.20", ("EUR 118,169.60", "EUR 108,669.60"), "61.2"),
    ],
)
def test_the_example_is_exact(discount: int | None, whole: str, invoices: tuple[str, ...], margin: str) -> None:
    quote = asked(discount)
    assert str(quote.total) == whole
    assert tuple(str(invoice.amount) for invoice in quote.invoices) == invoices
    assert str(quote.cost) == "EUR 88,000.00"
    assert f"{quote.margin / 100:.4f}"[:4] == margin


codes = st.sampled_from(["FLEET", "ROUTE", "DRIVER", "COLDCHAIN", "ONBOARD", "INTEGR", "ANALYTICS"])
lines = st.lists(st.tuples(codes, st.integers(10, 999)), min_size=1, max_size=6)


@given(lines, st.integers(1, 61), st.integers(0, 10_000))
def test_the_invoices_add_up_to_every_line(chosen: list[tuple[str, int]], months: int, discount: int) -> None:
    wanted = tuple(AskedLine(code=code, quantity=quantity, discount=0) for code, quantity in chosen)
    quote = asked(discount, months, wanted)
    assert total((i.amount for i in quote.invoices), "EUR") == quote.total
    assert total((line.total for line in quote.lines), "EUR") == quote.total
    assert all(total((m for _, m in i.lines), "EUR") == i.amount for i in quote.invoices)


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (Ask(1, "EUR", (), 24, STARTS, 30, None, OFFERED), "Products"),
        (Ask(1, "EUR", LINES, 0, STARTS, 30, None, OFFERED), "Term"),
        (Ask(1, "CHF", LINES, 24, STARTS, 30, None, OFFERED), "FLEET"),
        (Ask(1, "EUR", LINES, 24, STARTS, 30, None, date(2019, 1, 1)), "FLEET"),
        (Ask(1, "EUR", (AskedLine(code="WINGS", quantity=1, discount=0),), 24, STARTS, 30, None, OFFERED), "WINGS"),
        (Ask(1, "EUR", (AskedLine(code="DRIVER", quantity=4, discount=0),), 24, STARTS, 30, None, OFFERED), "DRIVER"),
        (Ask(1, "EUR", (AskedLine(code="ONBOARD", quantity=1, discount=1),), 24, STARTS, 30, None, OFFERED), "ONBOARD"),
    ],
    ids=["no lines", "no term", "currency", "too early", "unknown", "below the minimum", "never discounted"],
)
def test_what_has_no_price_says_what_to_do(ask: Ask, field: str) -> None:
    with pytest.raises(PriceProblem) as problem:
        price(ask, playbook())
    assert problem.value.field == field
    assert problem.value.advice


def test_the_price_of_the_day_is_taken() -> None:
    old = price(Ask(1, "EUR", LINES[:1], 12, STARTS, 30, 0, date(2025, 12, 31)), playbook())
    new = price(Ask(1, "EUR", LINES[:1], 12, STARTS, 30, 0, date(2026, 1, 1)), playbook())
    assert (str(old.lines[0].unit_price), str(new.lines[0].unit_price)) == ("EUR 39.00", "EUR 42.00")
