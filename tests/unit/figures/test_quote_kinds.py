"""Amendments, co-terms and renewals: to the day, at the prices that were promised."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.changing import quote_of, stub
from bot.figures.problem import PriceProblem
from bot.streams.deal.asking import DealAsked
from bot.streams.money import total
from tests.unit.figures.deal import playbook

BEFORE = {
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "lines": [
        {"code": "FLEET", "quantity": 100, "unit_price": "40.00", "discount": 1000},
        {"code": "ROUTE", "quantity": 20, "unit_price": "25.50"},
    ],
}


def asked(kind: str, starts_on: str, lines: list[dict[str, object]], **more: object) -> DealAsked:
    made = {"kind": kind, "currency": "EUR", "starts_on": starts_on, "offered_on": "2026-11-17", "lines": lines}
    return DealAsked.model_validate({**made, "before": BEFORE, **more})


def totals(deal: DealAsked) -> list[tuple[str, int, str]]:
    return [(line.code, line.quantity, str(line.total)) for line in quote_of(deal, playbook()).lines]


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), (12, 0, 31)),
        (date(2026, 11, 21), date(2026, 12, 31), (1, 11, 31)),
        (date(2026, 12, 20), date(2026, 12, 31), (0, 12, 31)),
        (date(2027, 1, 31), date(2027, 2, 27), (1, 0, 31)),
        (date(2028, 2, 1), date(2028, 2, 28), (0, 28, 29)),
        (date(2027, 2, 1), date(2027, 2, 28), (1, 0, 31)),
    ],
)
def test_months_are_whole_and_the_rest_is_days(first: date, last: date, parts: tuple[int, int, int]) -> None:
    found = stub(first, last)
    assert (found.months, found.days) == parts[:2]
    assert found.days == 0 or found.month_days == parts[2]


def test_an_amendment_adds_and_credits_at_the_old_prices() -> None:
    """1 month and 11 of 31 days: 10 seats at 40.00 less 10%, and 5 vehicles at 25.50 back."""
    deal = asked("amendment", "2026-11-21", [{"code": "FLEET", "quantity": 110}, {"code": "ROUTE", "quantity": 15}])
    assert totals(deal) == [("FLEET", 10, "EUR 487.74"), ("ROUTE", -5, "EUR -172.74")]
    quote = quote_of(deal, playbook())
    assert str(quote.total) == "EUR 315.00"
    assert [(i.period_from, i.period_to, str(i.amount)) for i in quote.invoices] == [
        (date(2026, 11, 21), date(2026, 12, 31), "EUR 315.00")
    ]


def test_an_amendment_that_takes_everything_away_is_a_credit() -> None:
    deal = asked("amendment", "2026-12-01", [{"code": "FLEET", "quantity": 100}])
    assert totals(deal) == [("ROUTE", -20, "EUR -510.00")]


def test_a_co_term_ends_with_the_contract_at_the_price_of_the_day() -> None:
    deal = asked("co-term", "2026-12-20", [{"code": "FLEET", "quantity": 31}])
    assert totals(deal) == [("FLEET", 31, "EUR 504.00")]
    assert str(quote_of(deal, playbook()).arr) == "EUR 15,624.00"


def test_a_renewal_rises_by_no_more_than_the_playbook_says_and_never_above_the_list() -> None:
    """40.00 may become 42.00, which is the list; 25.50 is the list and stays."""
    deal = asked("renewal", "2027-01-01", [], months=12)
    quote = quote_of(deal, playbook())
    assert [(str(line.unit_price), line.discount) for line in quote.lines] == [("EUR 42.00", 1000), ("EUR 25.50", 0)]
    cheap = {**BEFORE, "lines": [{"code": "FLEET", "quantity": 100, "unit_price": "30.00"}]}
    (line,) = quote_of(asked("renewal", "2027-01-01", [], months=12, before=cheap), playbook()).lines
    assert str(line.unit_price) == "EUR 31.50"


@pytest.mark.parametrize(
    ("deal", "field"),
    [
        (asked("amendment", "2027-01-01", [{"code": "FLEET", "quantity": 1}]), "starts_on"),
        (asked("co-term", "2025-12-31", [{"code": "FLEET", "quantity": 1}]), "starts_on"),
        (asked("renewal", "2027-01-02", [], months=12), "starts_on"),
        (asked("renewal", "2027-01-01", [], months=12, before=None), "before"),
        (
            asked("amendment", "2026-12-01", [{"code": "FLEET", "quantity": 100}, {"code": "ROUTE", "quantity": 20}]),
            "lines",
        ),
    ],
)
def test_what_does_not_fit_the_contract_is_said(deal: DealAsked, field: str) -> None:
    with pytest.raises(PriceProblem) as problem:
        quote_of(deal, playbook())
    assert problem.value.field == field


@given(st.integers(0, 364), st.integers(0, 300), st.integers(0, 60))
def test_any_day_and_quantity_adds_up(day: int, fleet: int, route: int) -> None:
    starts = date(2026, 1, 1) + timedelta(days=day)
    wanted = [{"code": c, "quantity": n} for c, n in (("FLEET", fleet), ("ROUTE", route)) if n]
    if (fleet, route) == (100, 20):
        return
    quote = quote_of(asked("amendment", starts.isoformat(), wanted), playbook())
    assert total((line.total for line in quote.lines), "EUR") == quote.total
    assert total((invoice.amount for invoice in quote.invoices), "EUR") == quote.total
    assert quote.invoices[-1].period_to == date(2026, 12, 31)
