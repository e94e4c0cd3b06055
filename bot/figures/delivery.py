"""When a customer is best reached: by their own pattern on their own clock, else by the customs of their country."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import list_supported_countries

from bot.figures.chances import wilson
from bot.figures.hours import is_working_day
from bot.playbook.company import Calendar
from bot.playbook.delivery import Customs, Deliveries
from bot.streams.deal.delivery import Slot, Timing

WHOLE = 10_000
STEP = timedelta(minutes=30)
LONGEST = timedelta(days=60)
DAY = timedelta(days=1)


def zone_of(customs: Customs, state: str) -> ZoneInfo:
    return ZoneInfo(customs.zones.get(state.casefold(), customs.time_zone))


def calendar_of(customs: Customs, country: str, state: str) -> Calendar:
    """With the holidays of the state where they are known, of the country, or of the nearest that we know."""
    known = list_supported_countries()
    place = country if country in known else "IE"
    part = state if state in known.get(place, ()) else ""
    zone = zone_of(customs, state).key
    hours = {"opens": customs.opens, "closes": customs.closes, "weekend": customs.weekend}
    return Calendar(time_zone=zone, country=place, subdivision=part, **hours)


def timing(
    moments: Sequence[datetime], by_mail: int, now: datetime, calendar: Calendar, customs: Customs, rules: Deliveries
) -> Timing:
    """`moments` are when they wrote, opened or answered; so many of them `by_mail`."""
    zone = ZoneInfo(calendar.time_zone)
    of = len(moments)
    hours = Counter(moment.astimezone(zone).hour for moment in moments)
    first, inside = _window(hours, customs, rules)
    known = of >= rules.at_least
    low, high = wilson(inside / of, of, rules.z_thousandths / 1000) if known else (0.0, 0.0)
    begins = max(time(first), customs.opens) if known else customs.best
    at = _next(now, begins, calendar, customs)
    other, _ = wilson((of - by_mail) / of, of, rules.z_thousandths / 1000) if known else (0.0, 0.0)
    return Timing(
        at=at,
        zone=calendar.time_zone,
        channel="slack" if known and other * WHOLE >= rules.slack_from else "mail",
        known=known,
        of=of,
        inside=inside,
        hour=begins.hour,
        low=round(low * WHOLE),
        high=round(high * WHOLE),
    )


def slots(now: datetime, theirs: Calendar, ours: Calendar, customs: Customs, rules: Deliveries) -> tuple[Slot, ...]:
    """On days after today, one a day, when both are at work and nobody is at lunch."""
    found: list[Slot] = []
    length = timedelta(minutes=rules.slot_minutes)
    for day in _days(now, theirs):
        start = next((at for at in _starts(day, theirs, customs, length) if _at_work(at, at + length, ours)), None)
        if start is not None:
            found.append(Slot(starts_at=start.astimezone(UTC), ends_at=(start + length).astimezone(UTC)))
        if len(found) == rules.slots:
            break
    return tuple(found)


def working_days_later(start: datetime, days: int, calendar: Calendar) -> datetime:
    """The same time of day there, so many of their working days on."""
    zone = ZoneInfo(calendar.time_zone)
    at, left = start.astimezone(zone), days
    while left > 0:
        at += DAY
        left -= is_working_day(at.date(), calendar)
    return at.astimezone(UTC)


def _window(hours: Counter[int], customs: Customs, rules: Deliveries) -> tuple[int, int]:
    """The hour at which the busiest window begins, within their day; of equal ones the first."""
    last = max(customs.closes.hour - rules.window_hours, customs.opens.hour)
    begins = range(customs.opens.hour, last + 1)
    inside = {first: sum(hours[first + more] for more in range(rules.window_hours)) for first in begins}
    best = max(inside.values())
    return next((first, count) for first, count in inside.items() if count == best)


def _next(now: datetime, begins: time, calendar: Calendar, customs: Customs) -> datetime:
    """The next time that it is so late there on a working day, outside of lunch and of an early end."""
    zone = ZoneInfo(calendar.time_zone)
    clock = customs.lunch_until if customs.lunch_from <= begins < customs.lunch_until else begins
    day = now.astimezone(zone).date()
    while True:
        at = datetime.combine(day, clock, zone)
        if at >= now and is_working_day(day, calendar) and not _over(at, customs):
            return at.astimezone(UTC)
        day += DAY
        if at - now > LONGEST:
            return at.astimezone(UTC)


def _over(at: datetime, customs: Customs) -> bool:
    ends = customs.early_ends.get(at.weekday())
    return ends is not None and at.time() >= ends


def _days(now: datetime, calendar: Calendar) -> Iterator[datetime]:
    """Midnights there of working days after today."""
    at = now.astimezone(ZoneInfo(calendar.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    for _ in range(LONGEST.days):
        at += DAY
        if is_working_day(at.date(), calendar):
            yield at


def _starts(day: datetime, calendar: Calendar, customs: Customs, length: timedelta) -> Iterator[datetime]:
    """The best hour first, then the rest of the day."""
    at = datetime.combine(day.date(), calendar.opens, day.tzinfo)
    end = datetime.combine(day.date(), customs.early_ends.get(day.weekday(), calendar.closes), day.tzinfo)
    every = []
    while at + length <= end:
        lunch = at.time() < customs.lunch_until and (at + length).time() > customs.lunch_from
        every += [] if lunch else [at]
        at += STEP
    yield from sorted(every, key=lambda start: (start.time() < customs.best, start))


def _at_work(start: datetime, end: datetime, calendar: Calendar) -> bool:
    zone = ZoneInfo(calendar.time_zone)
    begins, ends = start.astimezone(zone), end.astimezone(zone)
    inside = calendar.opens <= begins.time() and ends.time() <= calendar.closes and begins.date() == ends.date()
    return inside and is_working_day(begins.date(), calendar)
