"""When a person is not to be disturbed: her quiet hours, and the days on which she does not work."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.figures.hours import is_working_day
from bot.playbook.company import Calendar

DAY = timedelta(days=1)


def local(now: datetime, time_zone: str, calendar: Calendar) -> datetime:
    """On the person's own clock; who has no zone that exists lives by the calendar's."""
    try:
        return now.astimezone(ZoneInfo(time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        return now.astimezone(ZoneInfo(calendar.time_zone))


def quiet_until(at: datetime, begins: time, ends: time, calendar: Calendar) -> datetime | None:
    """The end, in UTC, of the quiet time that `at` (in the person's zone) is in; None when she may be disturbed."""
    end = at
    while (later := _step(end, begins, ends, calendar)) > end:
        end = later
    return end.astimezone(UTC) if end > at else None


def next_morning(at: datetime, begins: time, ends: time, calendar: Calendar) -> datetime:
    """The first moment after this day, in UTC, at which she may be disturbed."""
    midnight = _midnight(at + DAY)
    return quiet_until(midnight, begins, ends, calendar) or midnight.astimezone(UTC)


def _step(at: datetime, begins: time, ends: time, calendar: Calendar) -> datetime:
    if not is_working_day(at.date(), calendar):
        return _midnight(at + DAY)
    clock = at.time()
    if begins < ends:
        return _on(at, ends) if begins <= clock < ends else at
    if clock < ends:
        return _on(at, ends)
    return _on(at + DAY, ends) if clock >= begins else at


def _on(day: datetime, clock: time) -> datetime:
    return datetime.combine(day.date(), clock, day.tzinfo)


def _midnight(day: datetime) -> datetime:
    return _on(day, time())
