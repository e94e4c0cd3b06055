"""Thresholds of the policy, one step below and one above; and the clock of business hours."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.figures.conditions import explain, holds
from bot.figures.hours import add_business_hours
from bot.playbook.conditions import FactName
from tests.unit.figures.deal import playbook

OWN = {FactName.DISCOUNT_WITHIN_OWN: False, FactName.PAYMENT_WITHIN_OWN: False}


def fired(**facts: Any) -> set[str]:
    known = {FactName(name): value for name, value in facts.items()}
    calm: dict[FactName, Any] = {
        FactName.DISCOUNT: 0,
        FactName.PAYMENT_DAYS: 30,
        FactName.MARGIN: 7000,
        FactName.BELOW_FLOOR: False,
        FactName.TOTAL: 1,
        FactName.CURRENCY: "EUR",
        FactName.REGIONS: frozenset({"home", "eu"}),
        FactName.STANDARD_CLAUSES: True,
        FactName.ABOVE_CREDIT_LIMIT: False,
        FactName.CREDIT_AGE_DAYS: 1,
        FactName.CREDIT_RATING: "A",
    }
    return {rule.id for rule in playbook().approvals.rules if holds(rule.when, {**calm, **OWN, **known})}


@pytest.mark.parametrize(
    ("discount", "rules"),
    [
        (1000, set()),
        (1001, {"discount-manager"}),
        (1500, {"discount-manager"}),
        (1501, {"discount-vp"}),
        (2500, {"discount-vp"}),
        (2501, {"discount-director"}),
    ],
)
def test_one_tier_decides_each_discount(discount: int, rules: set[str]) -> None:
    assert fired(discount=discount) == rules


@pytest.mark.parametrize(
    ("days", "rules"),
    [(30, set()), (31, {"payment-finance"}), (90, {"payment-finance"}), (91, {"payment-director"})],
)
def test_one_tier_decides_each_payment_term(days: int, rules: set[str]) -> None:
    assert fired(payment_days=days) == rules


@pytest.mark.parametrize(("margin", "asks"), [(6000, False), (5999, True)])
def test_the_margin_floor(margin: int, asks: bool) -> None:
    assert ("margin-director" in fired(margin=margin)) == asks


def test_what_is_not_known_is_asked() -> None:
    assert "credit-limit" in fired(above_credit_limit=None)


def test_an_explanation_names_fact_and_limit() -> None:
    rule = next(r for r in playbook().approvals.rules if r.id == "discount-vp")
    assert (
        explain(rule.when, {FactName.DISCOUNT: 2200, **OWN}) == "discount 22% is above 15%; beyond the rep's own limit"
    )


@pytest.mark.parametrize(
    ("zone", "start", "hours", "expected"),
    [
        ("Europe/Dublin", "2026-11-17T09:00", 4, "2026-11-17T13:00"),
        ("Europe/Dublin", "2026-11-17T16:00", 4, "2026-11-18T11:30"),
        ("Europe/Dublin", "2026-11-20T17:00", 1, "2026-11-23T09:30"),
        ("Europe/Berlin", "2026-10-02T15:00", 2, "2026-10-05T08:30"),  # 3 October is a holiday, on a Saturday
        ("Europe/Dublin", "2026-10-23T16:00", 1, "2026-10-27T09:30"),  # the clocks change, and Monday is a holiday
        ("Europe/Dublin", "2026-11-21T12:00", 1, "2026-11-23T10:00"),
    ],
)
def test_business_hours_skip_nights_weekends_and_holidays(zone: str, start: str, hours: int, expected: str) -> None:
    calendar = playbook().calendar_of(zone)
    began = datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert add_business_hours(began, timedelta(hours=hours), calendar).strftime("%Y-%m-%dT%H:%M") == expected
