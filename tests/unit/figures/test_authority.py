"""Each threshold of the policy at its boundary: one step within, exactly at it, one step beyond, for every role."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.figures.asked_facts import facts_of
from bot.figures.changing import quote_of
from bot.figures.quote_check import findings, needed
from bot.streams.deal.asking import DealAsked
from tests.unit.figures.deal import playbook

OFFERED = date(2026, 11, 17)
CALM = {
    "currency": "EUR",
    "months": 12,
    "starts_on": "2026-12-01",
    "offered_on": OFFERED.isoformat(),
    "country": "DE",
    "credit_limit": "2000000",
    "credit_checked_on": OFFERED.isoformat(),
    "credit_rating": "A",
    "lines": [{"code": "FLEET", "quantity": 100}],
}


def rules(**more: object) -> set[str]:
    asked = DealAsked.model_validate({**CALM, **more})
    quote = quote_of(asked, playbook())
    return {need.rule for need in needed(facts_of(asked, quote, playbook()), playbook())}


def off(discount: int, code: str = "FLEET") -> list[dict[str, object]]:
    return [{"code": code, "quantity": 100, "discount": discount}]


@pytest.mark.parametrize(
    ("role", "discount", "asks"),
    [
        ("rep", 999, set()),
        ("rep", 1000, set()),
        ("rep", 1001, {"discount-manager"}),
        ("sales-manager", 1500, set()),
        ("sales-manager", 1501, {"discount-vp"}),
        ("sales-vp", 2500, set()),
        ("sales-vp", 2501, {"discount-director"}),
        ("managing-director", 2501, set()),
        ("finance", 1001, {"discount-manager"}),
        ("csm", 1, set()),
    ],
)
def test_a_role_gives_what_its_own_limit_says(role: str, discount: int, asks: set[str]) -> None:
    assert rules(asked_by=role, lines=off(discount)) == asks


@pytest.mark.parametrize(
    ("role", "days", "asks"),
    [
        ("rep", 30, set()),
        ("rep", 31, {"payment-finance"}),
        ("rep", 90, {"payment-finance"}),
        ("rep", 91, {"payment-director"}),
        ("finance", 90, set()),
        ("finance", 91, {"payment-director"}),
        ("managing-director", 180, set()),
        ("managing-director", 181, {"payment-director"}),
    ],
)
def test_payment_terms(role: str, days: int, asks: set[str]) -> None:
    assert rules(asked_by=role, payment_days=days) == asks


@pytest.mark.parametrize(
    ("code", "discount", "below"),
    [
        ("FLEET", 4500, False),
        ("FLEET", 4501, True),
        ("COLDCHAIN", 4000, False),
        ("COLDCHAIN", 4001, True),
        ("ANALYTICS", 5000, False),
        ("ANALYTICS", 5001, True),
    ],
)
def test_the_floor_of_each_product(code: str, discount: int, below: bool) -> None:
    """Dies when a floor of pricing.yaml changes."""
    assert ("floor-director" in rules(asked_by="managing-director", lines=off(discount, code))) == below
    asked = DealAsked.model_validate({**CALM, "lines": off(discount, code)})
    assert (code in {found.field for found in findings(quote_of(asked, playbook()), playbook())}) == below


@pytest.mark.parametrize(("quantity", "asks"), [(992, False), (993, True)])
def test_the_size_of_the_order(quantity: int, asks: bool) -> None:
    """992 seats are EUR 499,968.00 a year, 993 are EUR 500,472.00."""
    assert ("amount-director" in rules(lines=[{"code": "FLEET", "quantity": quantity}])) == asks


@pytest.mark.parametrize(("limit", "asks"), [("50400.00", False), ("50399.99", True), (None, True)])
def test_the_credit_limit(limit: str | None, asks: bool) -> None:
    assert ("credit-limit" in rules(credit_limit=limit)) == asks


@pytest.mark.parametrize(("age", "asks"), [(90, False), (91, True), (None, True)])
def test_the_age_of_the_credit_check(age: int | None, asks: bool) -> None:
    day = None if age is None else OFFERED - timedelta(days=age)
    assert ("credit-stale" in rules(credit_checked_on=day)) == asks


@pytest.mark.parametrize(("country", "asks"), [("DE", False), ("CA", False), ("BR", True), ("", True)])
def test_where_we_sell(country: str, asks: bool) -> None:
    assert ("region-director" in rules(country=country)) == asks


@pytest.mark.parametrize(("quantity", "small"), [(57, True), (58, False)])
def test_the_least_order(quantity: int, small: bool) -> None:
    """58 at EUR 42.00 is EUR 2,436.00, 57 is EUR 2,394.00; the least is EUR 2,400."""
    asked = DealAsked.model_validate({**CALM, "months": 1, "lines": [{"code": "FLEET", "quantity": quantity}]})
    found = findings(quote_of(asked, playbook()), playbook())
    assert ("total" in {each.field for each in found}) == small
    assert playbook().pricing.least_order["EUR"] == Decimal(2400)


def test_the_margin_floor_counts_the_whole_deal() -> None:
    """A seat costs 12.00 of 42.00: at 28.57% off it keeps 59.99%, at 28.56% 60.01%."""
    assert "margin-director" not in rules(asked_by="managing-director", lines=off(2856))
    assert "margin-director" in rules(asked_by="managing-director", lines=off(2858))
