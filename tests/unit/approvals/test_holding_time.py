"""Time that an approver holds: the next open quarter of an hour on her clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agents.approvals.holding_time import next_open
from bot.figures.hours import add_business_hours
from tests.unit.people.somebody import playbook

QUARTER = timedelta(minutes=15)
BERLIN = playbook().calendar_of("Europe/Berlin")
TUESDAY = datetime(2026, 11, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "starts"),
    [
        ("09:14", "09:15"),
        ("09:15", "09:15"),
        ("09:15:01", "09:30"),
        ("03:00", "08:00"),  # nine o'clock in Berlin
        ("16:15", "16:15"),  # half past five in Berlin is the end
    ],
)
def test_the_next_full_quarter_that_is_open(after: str, starts: str) -> None:
    assert next_open(_at(after), QUARTER, BERLIN) == _at(starts)


def test_what_does_not_fit_before_the_end_of_the_day_is_tomorrow() -> None:
    assert next_open(_at("16:16"), QUARTER, BERLIN) == TUESDAY + timedelta(days=1, hours=8)


def test_after_hours_it_is_the_next_working_day() -> None:
    friday = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    assert next_open(friday, QUARTER, BERLIN) == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@given(st.integers(0, 400 * 24 * 3600))
def test_it_is_never_earlier_and_always_open(seconds: int) -> None:
    after = TUESDAY + timedelta(seconds=seconds)
    starts = next_open(after, QUARTER, BERLIN)
    assert starts >= after and (starts.minute % 15, starts.second, starts.microsecond) == (0, 0, 0)
    assert add_business_hours(starts, QUARTER, BERLIN) == starts + QUARTER


def _at(clock: str) -> datetime:
    hours, minutes, seconds = (int(part) for part in (clock + ":0").split(":")[:3])
    return TUESDAY + timedelta(hours=hours, minutes=minutes, seconds=seconds)
