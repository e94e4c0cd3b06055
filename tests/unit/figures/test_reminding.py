"""When an approver is reminded, and of what: boundaries, and what the record does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.reminding import Due, moments, now_due, record_of, told
from bot.figures.waiting import Window
from bot.streams.deal.reminders import ApproverReminded, outcomes
from bot.streams.decision import Reminded
from tests.unit.people.somebody import playbook

RULES, CALENDAR = playbook().reminders, playbook().calendars["dublin"]
NINE = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
EIGHT_HOURS = NINE + timedelta(hours=8)
DAY = Window(NINE, EIGHT_HOURS, CALENDAR)


def minutes_after(due: Due) -> int:
    return int((due.at - NINE).total_seconds() // 60)


@pytest.mark.parametrize(
    ("usual", "first"), [(0, 144), (143, 144), (144, 144), (145, 145), (287, 287), (288, 288), (289, 288), (9_999, 288)]
)
def test_the_first_comes_when_her_usual_time_is_over_from_30_to_60_percent_of_the_time(usual: int, first: int) -> None:
    found = moments(DAY, usual, RULES)
    assert [(due.tone, minutes_after(due)) for due in found] == [("gentle", first), ("firm", 384), ("last", 456)]


def test_a_request_without_time_has_none() -> None:
    assert moments(Window(EIGHT_HOURS, NINE, CALENDAR), 10, RULES) == ()


@pytest.mark.parametrize(
    ("minute", "sent", "tone"),
    [
        (143, [], None),
        (144, [], "gentle"),
        (144, ["gentle"], None),
        (384, ["gentle"], "firm"),
        (384, [], "firm"),
        (456, ["firm"], "last"),
        (456, ["last"], None),
        (9_999, ["gentle"], "last"),
    ],
)
def test_the_strongest_that_is_due_and_none_twice(minute: int, sent: list[str], tone: str | None) -> None:
    times = moments(DAY, 0, RULES)
    due = now_due(times, sent, NINE + timedelta(minutes=minute))  # type: ignore[arg-type]
    assert (due.tone if due else None) == tone


def keys(explores: bool) -> str:
    """A key whose hash does, or does not, fall into the share that explores."""
    news = {"waits": 1, "date": 1}
    record = {"waits": (50, 50), "date": (0, 0)}
    want = "date" if explores else "waits"
    return next(key for key in map(str, range(1_000)) if told(news, (), record, key, RULES) == want)


@pytest.mark.parametrize(
    ("record", "said", "found"),
    [
        ({}, (), "waits"),
        ({}, ("waits",), "date"),
        ({}, ("waits", "date"), "left"),
        ({"date": (9, 9)}, (), "waits"),
        ({"date": (10, 9)}, (), "date"),
        ({"date": (10, 5), "waits": (10, 6)}, (), "waits"),
        ({"date": (10, 6), "waits": (10, 5)}, (), "date"),
    ],
)
def test_what_moved_most_is_told_first_once_there_are_ten(
    record: dict[str, tuple[int, int]], said: tuple[str, ...], found: str
) -> None:
    assert told(("waits", "date"), said, record, keys(explores=False), RULES) == found


def test_one_in_ten_tries_what_was_tried_the_least() -> None:
    record = {"waits": (90, 90), "date": (10, 0)}
    tried = sum(told(("waits", "date"), (), record, str(n), RULES) == "date" for n in range(2_000))
    assert 140 <= tried <= 260, tried


@pytest.mark.parametrize(("minutes", "acted"), [(59, 1), (60, 1), (61, 0)])
def test_a_decision_within_the_hour_counts(minutes: int, acted: int) -> None:
    assert record_of("me", [Reminded("me", "date", 1, (minutes,))], RULES) == {"date": (1, acted)}


def test_her_own_record_goes_before_everybodys() -> None:
    others = Reminded("you", "waits", 40, (5,) * 40)
    assert record_of("me", [Reminded("me", "date", 10, (5,)), others], RULES) == {"date": (10, 1)}
    assert record_of("me", [Reminded("me", "date", 9, (5,)), others], RULES) == {"date": (9, 1), "waits": (40, 40)}


@given(st.lists(st.integers(0, 500), max_size=6), st.integers(0, 500))
def test_a_decision_counts_for_the_last_reminder_before_it_alone(at: list[int], decided: int) -> None:
    sent = [
        ApproverReminded(approval="a", person="p", tone="firm", tells=str(n), at=NINE + timedelta(minutes=m))
        for n, m in enumerate(sorted(set(at)))
    ]
    counted = [minutes for _, minutes in outcomes(sent, [("a", "p", NINE + timedelta(minutes=decided))])]
    assert sum(minutes is not None for minutes in counted) == any(m <= decided for m in at)
    assert all(minutes is None for _, minutes in outcomes(sent, [("a", "q", EIGHT_HOURS)]))
