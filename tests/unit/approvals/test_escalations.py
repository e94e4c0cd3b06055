"""Which row of the playbook holds when, what escalations were good for, and what a playbook may not say."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from bot.figures.conditions import holds
from bot.figures.escalation_worth import Escalated, worth
from bot.playbook.conditions import FactName
from bot.playbook.escalating import Escalations
from tests.unit.people.somebody import playbook

RULES = playbook().escalations
AT = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def row_for(**facts: Any) -> str:
    known = {"currency": "EUR", "competitor": "", "total": 50_000, "days_to_close": 30} | facts
    told = {FactName(name): value for name, value in known.items()}
    return next(row.id for row in RULES.rows if holds(row.when, told))


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        ({}, "late"),
        ({"competitor": "RouteWise"}, "late"),
        ({"competitor": "RouteWise", "total": 99_999, "days_to_close": 10}, "late"),
        ({"competitor": "RouteWise", "total": 100_000, "days_to_close": 10}, "competitor"),
        ({"competitor": "RouteWise", "total": 100_000, "days_to_close": 11}, "late"),
        ({"total": 500_000}, "late"),
        ({"total": 500_001}, "large"),
        ({"total": 430_001, "currency": "GBP"}, "large"),
        ({"days_to_close": 3}, "late"),
        ({"days_to_close": 2}, "closing-soon"),
    ],
)
def test_the_first_row_that_holds(facts: dict[str, Any], row: str) -> None:
    assert row_for(**facts) == row


def made(count: int, minutes: int | None = None, took: int | None = None, row: str = "large") -> list[Escalated]:
    by = "b" if minutes is not None else ""
    return [Escalated(row, 1, "a", "b", AT, 192, 240, minutes, took, by)] * count


@pytest.mark.parametrize(
    ("rows", "share", "later"),
    [
        (made(9, 10, 200), None, None),
        (made(10, 240, 200), 1.0, None),
        (made(10, 241, 200), 0.0, (9_000, 10, 10)),
        (made(5, 240, 200) + made(5, 241, 215), 0.5, None),
        (made(4, 240, 200) + made(6, 241, 216), 0.4, (9_000, 4, 10)),
        (made(4, 240, 200) + made(6), 0.4, (9_000, 4, 10)),
        (made(10, 241, 200, "late"), 0.0, None),  # it comes at the end of the time already
    ],
)
def test_a_row_that_helps_rarely_is_proposed_later_with_what_that_would_have_spared(
    rows: list[Escalated], share: float | None, later: tuple[int, int, int] | None
) -> None:
    found = next(each for each in worth(rows, RULES) if each.made)
    assert found.share == share
    assert (found.later and (found.later.at, found.later.spared, found.later.of)) == later


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"id": "late", "line": "L: l", "when": [], "at": 10_000}] * 2, "stands twice"),
        ([{"id": "late", "line": "L", "when": [{"fact": "lines", "count": 1}], "at": 10_000}], "end with a row"),
        ([{"id": a, "line": "L", "when": [], "at": 10_000} for a in ("first", "second")], "make it the last"),
        ([{"id": "late", "line": "L", "when": [], "at": 999}], "greater than or equal to 1000"),
    ],
)
def test_a_playbook_that_forgets_a_request_is_none(rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Escalations.model_validate({"helped_minutes": 1, "least": 1, "helps_from": 5_000, "rows": rows})
