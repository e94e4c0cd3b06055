"""When the managers' channel is told: on the clock of their place, on its working days only."""

from datetime import UTC, date, datetime, time, timedelta

from bot.figures.hours import is_working_day, zone_of
from bot.playbook.company import Calendar, TeamDigest
from bot.streams.company.company import Period

WEEK = timedelta(days=7)


def next_digest(period: Period, now: datetime, rule: TeamDigest, calendar: Calendar) -> datetime:
    """The first moment after `now`, in UTC."""
    return (_next_weekly if period == "weekly" else _next_daily)(now, rule, calendar)


def moment_of(period: Period, day: date, rule: TeamDigest, calendar: Calendar) -> datetime:
    return _at(day, rule.weekly_at if period == "weekly" else rule.at, calendar)


def day_of(at: datetime, calendar: Calendar) -> date:
    """The day that it is in the managers' place."""
    return at.astimezone(zone_of(calendar)).date()


def weekly_day(monday: date, rule: TeamDigest, calendar: Calendar) -> date | None:
    """The weekday that the playbook names, or the last working day before it in that week."""
    days = (monday + timedelta(days=n) for n in range(rule.weekly_on, -1, -1))
    return next((day for day in days if is_working_day(day, calendar)), None)


def _next_daily(now: datetime, rule: TeamDigest, calendar: Calendar) -> datetime:
    day = day_of(now, calendar)
    while _at(day, rule.at, calendar) <= now or not is_working_day(day, calendar):
        day += timedelta(days=1)
    return _at(day, rule.at, calendar)


def _next_weekly(now: datetime, rule: TeamDigest, calendar: Calendar) -> datetime:
    today = day_of(now, calendar)
    monday = today - timedelta(days=today.weekday())
    while True:
        day = weekly_day(monday, rule, calendar)
        if day is not None and _at(day, rule.weekly_at, calendar) > now:
            return _at(day, rule.weekly_at, calendar)
        monday += WEEK


def _at(day: date, hour: time, calendar: Calendar) -> datetime:
    return datetime.combine(day, hour, zone_of(calendar)).astimezone(UTC)
