"""When the managers are told: their clock, their working days, summer time, month ends."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.figures.digests import day_of, moment_of, next_digest, weekly_day
from bot.figures.timing import Timeline, median, steps, working_time, yes_to_signature
from bot.playbook.company import Calendar
from bot.playbook.loader import load
from bot.streams.money import Money
from bot.wiring import texts

PLAYBOOK = load(texts(Path(__file__).parents[3] / "playbook"))
RULE = PLAYBOOK.team_digest
DUBLIN, NEW_YORK = PLAYBOOK.calendars["dublin"], PLAYBOOK.calendars["new-york"]
TOKYO = Calendar.model_validate({"time_zone": "Asia/Tokyo", "opens": "09:00", "closes": "18:00", "country": "JP"})


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "calendar", "expected"),
    [
        ("2026-11-18 16:59:59", DUBLIN, "2026-11-18 17:00"),
        ("2026-11-18 17:00:00", DUBLIN, "2026-11-19 17:00"),
        ("2026-11-20 17:00:00", DUBLIN, "2026-11-23 17:00"),  # Friday, then Monday
        ("2026-10-23 16:00:00", DUBLIN, "2026-10-27 17:00"),  # a bank holiday, and summer time ends in between
        ("2026-03-27 17:00:00", DUBLIN, "2026-03-30 16:00"),  # summer time begins on Sunday
        ("2026-12-24 17:00:00", DUBLIN, "2026-12-28 17:00"),
        ("2026-12-31 17:00:00", DUBLIN, "2027-01-04 17:00"),  # the year ends
        ("2026-11-30 21:59:59", NEW_YORK, "2026-11-30 22:00"),
        ("2026-11-25 22:00:00", NEW_YORK, "2026-11-27 22:00"),  # Thanksgiving
        ("2026-11-18 07:59:59", TOKYO, "2026-11-18 08:00"),
        ("2026-11-18 20:00:00", TOKYO, "2026-11-19 08:00"),  # it is the 19th there already
    ],
)
def test_the_daily_one_comes_on_the_next_working_evening(now: str, calendar: Calendar, expected: str) -> None:
    assert next_digest("daily", utc(now), RULE, calendar) == utc(expected)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-16 00:00:00", "2026-11-20 16:00"),
        ("2026-11-20 15:59:59", "2026-11-20 16:00"),
        ("2026-11-20 16:00:00", "2026-11-27 16:00"),
        ("2026-12-21 09:00:00", "2026-12-24 16:00"),  # Friday is Christmas
        ("2026-12-24 16:00:00", "2026-12-31 16:00"),  # and then New Year
    ],
)
def test_the_weekly_one_comes_on_friday_or_the_working_day_before(now: str, expected: str) -> None:
    assert next_digest("weekly", utc(now), RULE, DUBLIN) == utc(expected)


def test_a_week_without_a_working_day_has_none() -> None:
    rule = RULE.model_copy(update={"weekly_on": 0})
    assert weekly_day(date(2026, 10, 26), rule, DUBLIN) is None
    assert next_digest("weekly", utc("2026-10-25 12:00"), rule, DUBLIN) == utc("2026-11-02 16:00")


def test_the_day_is_the_one_of_their_place() -> None:
    assert day_of(utc("2026-11-30 23:30"), TOKYO) == date(2026, 12, 1)
    assert day_of(utc("2026-12-01 03:00"), NEW_YORK) == date(2026, 11, 30)
    assert moment_of("daily", date(2026, 7, 1), RULE, DUBLIN) == utc("2026-07-01 16:00")


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-18 09:00", "2026-11-18 17:30", 8.5),
        ("2026-11-18 17:30", "2026-11-19 09:00", 0),
        ("2026-11-18 08:00", "2026-11-18 09:30", 0.5),
        ("2026-11-20 17:00", "2026-11-23 09:30", 1),  # over the weekend
        ("2026-10-23 16:00", "2026-10-27 10:00", 1.5),  # 17:00 to 17:30 in summer time, 09:00 to 10:00 in winter time
        ("2026-11-18 12:00", "2026-11-18 11:00", 0),
    ],
)
def test_only_open_hours_are_counted(start: str, end: str, hours: float) -> None:
    assert working_time(utc(start), utc(end), DUBLIN) == timedelta(hours=hours)


def walked(day: int, minutes: int) -> Timeline:
    """One whole way in one day, each step `minutes` longer than the one before it."""
    begins = datetime(2026, 11, day, 10, tzinfo=UTC)
    yes, made, ready, sent, signed = (begins + timedelta(minutes=minutes * n) for n in (0, 1, 3, 6, 10))
    whole = Money(minor=1, currency="EUR")
    return Timeline("deal:1", "C", "T:R", whole, "", None, yes, made, ready, sent, signed, signed, None)


def test_steps_are_medians_and_need_enough_deals() -> None:
    deals = [walked(16, 10), walked(17, 20), walked(18, 60)]
    assert steps(deals, [], DUBLIN, 4) == ()
    made = steps(deals, [walked(16, 30)], DUBLIN, 3)
    assert [step.title for step in made] == ["Drafting", "Approvals", "Sending", "Signatures"]
    assert [step.median // timedelta(minutes=1) for step in made] == [20, 40, 60, 80]
    assert made[3].before == timedelta(minutes=120)
    assert yes_to_signature(deals, DUBLIN) == timedelta(minutes=200)
    assert yes_to_signature([], DUBLIN) is None


@pytest.mark.parametrize(("spent", "expected"), [([3], 3), ([3, 1], 2), ([5, 1, 3], 3), ([4, 1, 3, 2], 2.5)])
def test_the_median(spent: list[int], expected: float) -> None:
    assert median([timedelta(hours=h) for h in spent]) == timedelta(hours=expected)
