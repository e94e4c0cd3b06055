"""Business hours: the hours of one place, without its nights, weekends and holidays."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from bot.playbook.company import Calendar


def add_business_hours(start: datetime, hours: timedelta, calendar: Calendar) -> datetime:
    """The moment, in UTC, when so many open hours have passed since the aware `start`."""
    zone = ZoneInfo(calendar.time_zone)
    day, left, now = start.astimezone(zone).date(), hours, start
    while True:
        if is_working_day(day, calendar):
            opens = datetime.combine(day, calendar.opens, zone).astimezone(UTC)
            closes = datetime.combine(day, calendar.closes, zone).astimezone(UTC)
            begin = max(opens, now.astimezone(UTC))
            if begin + left <= closes:
                return begin + left
            left -= max(closes - begin, timedelta())
        day += timedelta(days=1)


def business_minutes(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Whole open minutes between two aware moments."""
    zone = ZoneInfo(calendar.time_zone)
    day, last, open_for = start.astimezone(zone).date(), end.astimezone(zone).date(), timedelta()
    while day <= last:
        if is_working_day(day, calendar):
            opens = datetime.combine(day, calendar.opens, zone)
            closes = datetime.combine(day, calendar.closes, zone)
            open_for += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return int(open_for.total_seconds() // 60)


def zone_of(calendar: Calendar) -> ZoneInfo:
    return ZoneInfo(calendar.time_zone)


def is_working_day(day: date, calendar: Calendar) -> bool:
    return day.weekday() not in calendar.weekend and not is_holiday(day, calendar)


def is_holiday(day: date, calendar: Calendar) -> bool:
    return day in _holidays(calendar.country, calendar.subdivision, day.year)


@lru_cache(maxsize=64)
def _holidays(country: str, subdivision: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
