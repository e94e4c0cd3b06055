"""What makes two deals alike, and what the policy lets one offer instead."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.figures.chances import Proposed
from bot.figures.fixes import fix_of
from bot.figures.precedents import likeness
from bot.streams.decision import PastDeal
from bot.wiring import playbook_in

BOOK = playbook_in(Path(__file__).parents[3] / "playbook")
ASKED = Proposed(
    total=100_000, discount=2_000, months=24, payment_days=30, industry="Logistics", competitor="Routewise"
)
SAME = PastDeal("1", "", "Logistics", "EUR", 100_000, 2_000, 30, True, 9, "2026-01-01", 24, "Routewise")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, 10_000),
        ({"industry": "Retail"}, 7_500),
        ({"competitor": "routewise"}, 10_000),
        ({"competitor": ""}, 9_000),
        ({"total": 800_000}, 7_500),
        ({"total": 12_500}, 7_500),
        ({"total": 1_000_000}, 7_500),
        ({"total": 0}, 7_500),
        ({"discount": 500}, 7_500),
        ({"discount": 2_750}, 8_750),
        ({"discount": 5_000}, 7_500),
        ({"payment_days": 60}, 9_500),
        ({"payment_days": 90}, 9_000),
        ({"months": 60}, 9_500),
        ({"months": 0}, 9_750),
        ({"won": False, "days": 300}, 10_000),
    ],
)
def test_each_likeness_counts_as_the_playbook_weighs_it(change: dict[str, object], expected: int) -> None:
    assert likeness(ASKED, replace(SAME, **change), BOOK.precedents) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "says"), [("discount-manager", "10% off"), ("discount-vp", "15% off")])
def test_the_cheapest_way_out_is_the_most_that_the_rule_does_not_ask_about(rule: str, says: str) -> None:
    of = BOOK.approvals.rule(rule)
    assert of is not None
    fix = fix_of(of, (), BOOK)
    assert fix is not None
    assert fix.says == says
