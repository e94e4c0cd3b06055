"""What two weeks will bring, what would help, and what standing in was worth."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.figures.decisions import Decision
from bot.figures.standing_in import stood_in
from bot.figures.workload import View, Waiting, load_of, speed_of
from bot.streams.decision import Colleague
from tests.unit.approvals.desk import TUESDAY, colleague
from tests.unit.figures.deal import playbook

CALENDAR = playbook().calendars["dublin"]
RULES = playbook().approvals.workload


def decision(no: int, **more: Any) -> Decision:
    at = TUESDAY - timedelta(days=no)
    told: dict[str, Any] = dict(
        stream_id=f"deal:{no}", no=1, rule="payment-finance", role="finance", asked="T:priya", person="T:priya",
        way="own", moved="", lent="", asked_at=at - timedelta(hours=1), at=at, minutes=60, expected=240, low=90,
        high=600, yes=True, until_on=None,
    )  # fmt: skip
    return Decision(**(told | more))


def view(waiting: int = 0, decided: list[Decision] | None = None, late: bool = False) -> View:
    by_when = TUESDAY + timedelta(hours=-1 if late else 2)
    mine = tuple(Waiting("payment-finance", by_when, 10) for _ in range(waiting))
    return View(TUESDAY, RULES, (), {"T:priya": mine}, decided or [])


def load(view_: View, person: Colleague, *equals: Colleague) -> Any:
    return load_of(person, ("Finance",), (person, *equals), view_, CALENDAR)


def test_open_overdue_and_the_hours_that_are_left() -> None:
    found = load(view(3, late=True), colleague("T:priya"), colleague("T:omar"))
    assert (found.open, found.overdue, found.work, found.left) == (3, 3, 30, 8 * 60 + 30)


@pytest.mark.parametrize(("count", "known"), [(4, False), (5, True)])
def test_too_few_decisions_are_no_forecast(count: int, known: bool) -> None:
    days = load(view(1, [decision(n) for n in range(1, count + 1)]), colleague("T:priya")).days
    assert len(days) == 14
    assert (days[0].waits is not None) is known
    assert days[0].due == 1


def test_who_is_away_decides_nothing_so_what_waits_grows() -> None:
    decided = [decision(n) for n in range(1, 57)]
    away = colleague("T:priya", away=((date(2026, 11, 18), date(2026, 11, 27)),))
    gone, there = load(view(2, decided), away).days, load(view(2, decided), colleague("T:priya")).days
    assert gone[10].waits > there[10].waits + 5
    assert [day.away for day in gone[:3]] == [False, True, True]


def test_what_would_help() -> None:
    gone = colleague("T:priya", away=((date(2026, 11, 18), date(2026, 11, 27)),))
    assert load(view(), gone).advice == "add a deputy: nobody stands in from 18 Nov to 27 Nov"
    assert load(view(), gone, colleague("T:omar")).advice == ""
    late = view(2, late=True)
    assert load(late, colleague("T:priya"), colleague("T:omar")).advice == "move 2 to Omar"
    assert load(late, colleague("T:priya")).advice == "add a deputy: nobody else may decide what is late"
    many = [replace(decision(n), asked_at=TUESDAY - timedelta(days=n), no=k) for n in range(1, 50) for k in range(3)]
    flood = many[:150] + [decision(60 + n, stream_id="x") for n in range(8)]
    assert (
        "raise the auto lane"
        in load(view(8, [d for d in flood if d.at.weekday() < 5]), gone, colleague("T:omar")).advice
    )


def test_speed_counts_what_was_reversed() -> None:
    yes, no = decision(9, stream_id="deal:a"), decision(3, stream_id="deal:a", yes=False, person="T:omar")
    found = speed_of("T:priya", [yes, no, decision(5, minutes=20)])
    assert found is not None and (found.decided, found.minutes, found.reversed) == (2, 40, 1)
    assert speed_of("T:nobody", [yes]) is None


def test_standing_in_is_worth_the_hours_until_who_was_meant_is_back() -> None:
    friday = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
    one = decision(1, person="T:dana", moved="away", at=friday, back_on=date(2026, 11, 24))
    [found] = stood_in([one], 5, CALENDAR)
    assert (found.person, found.decisions, found.won_minutes) == ("T:priya", 1, 60 + 510)
    assert found.verdict == "not enough data (1 of 5)"
    [found] = stood_in([replace(one, stream_id=f"d{n}") for n in range(5)], 5, CALENDAR)
    assert found.verdict == "it keeps deals moving"
    backs = [replace(one, stream_id="d0", yes=False, at=friday + timedelta(days=9))]
    [found] = stood_in([*(replace(one, stream_id=f"d{n}") for n in range(5)), *backs], 5, CALENDAR)
    assert found.reversed == 1 and "reversed" in found.verdict
