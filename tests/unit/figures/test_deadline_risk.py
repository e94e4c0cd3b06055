"""How likely all is decided in time: laws of chance, who works when, levels at their edges, and what came of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.deadline_risk import Stage, at_once, by_stage, chance, without
from bot.figures.foretelling_worth import Told, worth
from bot.figures.hours import business_minutes
from bot.figures.open_time import OpenTime
from bot.streams.busy import Busy
from tests.unit.people.somebody import playbook

RULES = playbook().risks
HAMBURG = playbook().calendar_of("Europe/Berlin")
TUESDAY = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
POINTS = 9


def stage(name: str, minutes: float, open_: float, passed: float = 0, after: tuple[str, ...] = ()) -> Stage:
    return Stage(name, after, minutes, 0.7, passed, tuple(open_ * n / (POINTS - 1) for n in range(POINTS)))


STAGES = st.builds(
    lambda minutes, open_, passed: stage("a", minutes, open_, passed),
    st.floats(1, 5_000),
    st.floats(0, 5_000),
    st.floats(0, 5_000),
)


def test_half_of_all_are_decided_by_the_middle() -> None:
    assert chance([stage("a", 240, 240)]) == pytest.approx(0.5)


def test_two_at_once_are_both_in_time_as_often_as_each_times_the_other() -> None:
    one, other = stage("a", 240, 480), stage("b", 120, 480)
    assert chance([one, other]) == pytest.approx(chance([one]) * chance([other]))


@given(STAGES, st.floats(0, 1_000))
def test_a_chance_never_leaves_its_bounds_and_more_time_never_lowers_it(one: Stage, more: float) -> None:
    longer = replace(one, open=tuple(minutes * (1 + more) for minutes in one.open))
    assert 0 <= chance([one]) <= chance([longer]) + 1e-9 <= 1 + 1e-9
    done = by_stage([one])["a"]
    assert all(earlier <= later + 1e-9 for earlier, later in zip(done, done[1:], strict=False))


@given(st.floats(10, 1_000), st.floats(10, 1_000), st.floats(1, 2_000))
def test_waiting_for_another_never_helps_and_a_second_person_never_harms(a: float, b: float, open_: float) -> None:
    one, other = stage("a", a, open_), stage("b", b, open_, after=("a",))
    assert chance([one, other]) <= at_once([one, other]) + 1e-9
    helped = replace(one, beside=(stage("a", b, open_),))
    assert without([one], {"a": helped}) >= chance([one]) - 1e-9


@pytest.mark.parametrize(
    ("chance_", "level"), [(10_000, ""), (7_000, ""), (6_999, "watch"), (5_000, "watch"), (4_999, "late"), (0, "late")]
)
def test_the_level_at_its_edges(chance_: int, level: str) -> None:
    assert RULES.level(chance_) == level


@given(st.integers(0, 14 * 24 * 60), st.integers(0, 14 * 24 * 60))
def test_without_anything_taken_it_is_the_business_time(start: int, length: int) -> None:
    begins, ends = TUESDAY + timedelta(minutes=start), TUESDAY + timedelta(minutes=start + length)
    assert OpenTime(HAMBURG).minutes([begins, ends])[-1] == pytest.approx(
        business_minutes(begins, ends, HAMBURG), abs=1
    )


def test_what_takes_time_is_taken_once_and_named_alone() -> None:
    points = [TUESDAY, TUESDAY + timedelta(hours=6)]
    event = Busy(TUESDAY + timedelta(hours=1), TUESDAY + timedelta(hours=3))
    fair = Busy(TUESDAY, TUESDAY + timedelta(hours=6), "jonas@x.example", travel=True)
    assert OpenTime(HAMBURG, busy=(event, event)).minutes(points)[-1] == 240
    both = OpenTime(HAMBURG, busy=(event, fair), travelling=4_000)
    assert both.minutes(points)[-1] == 240 * 0.4
    assert both.minutes(points, ignoring="travel")[-1] == 240
    assert both.minutes(points, ignoring="event")[-1] == 360 * 0.4
    assert fair.of("jonas@x.example") and not fair.of("priya@x.example") and event.of("priya@x.example")
    away = OpenTime(HAMBURG, away=((date(2026, 11, 17), date(2026, 11, 17)),))
    assert (away.minutes(points)[-1], away.minutes(points, ignoring="away")[-1]) == (0, 360)
    christmas = [datetime(2026, 12, 25, 9, tzinfo=UTC), datetime(2026, 12, 25, 11, tzinfo=UTC)]
    assert OpenTime(HAMBURG).minutes(christmas)[-1] == 0
    assert OpenTime(HAMBURG).minutes(christmas, ignoring="holiday")[-1] == 120


def told(plan: str, chance_: int, held: bool | None, warned: bool = False, done: tuple[str, ...] = ()) -> Told:
    return Told(plan, chance_, "late" if warned else "", warned, held, TUESDAY, TUESDAY, ("event",), done)


def test_what_came_of_it_is_counted_by_plan_and_the_first_chance_is_judged() -> None:
    rows = [
        told("a", 8_000, True),
        told("b", 6_000, False),
        told("b", 3_000, False, warned=True),
        told("c", 4_000, True, warned=True, done=("remind",)),
        told("d", 9_000, None),
    ]
    found = worth(rows)
    assert (found.plans, found.held, found.late, found.warned, found.warned_late) == (3, 2, 1, 2, 1)
    assert (found.false_alarms, found.mitigated, found.mitigated_held) == (0, 1, 1)
    assert found.brier == pytest.approx((0.04 + 0.36 + 0.36) / 3)
    assert found.always == pytest.approx(2 / 9)
    assert found.right == pytest.approx(1 / 3)
    assert found.factors == (("event", 2),)
    assert worth([]).brier is None
