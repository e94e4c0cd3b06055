"""What waits on each approver, when she is there, what two weeks will bring, and what would help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from bot.figures.decisions import Decision
from bot.figures.hours import business_minutes, is_working_day, zone_of
from bot.playbook.approving import Workload
from bot.playbook.company import Calendar
from bot.streams.decision import Colleague

DAY, WEEK = timedelta(days=1), timedelta(days=7)
AHEAD = 14
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open request: of which rule, and until when."""

    rule: str
    by_when: datetime | None
    look_minutes: int


@dataclass(frozen=True, slots=True)
class Day:
    """`due` of what is open now, `new` expected; `waits` at its end. None: not enough data."""

    on: date
    away: bool
    due: int
    new: float | None
    waits: float | None


@dataclass(frozen=True, slots=True)
class Speed:
    """Her own, for herself and her manager: median business minutes, and what was reversed of what she granted."""

    decided: int
    minutes: int
    reversed: int


@dataclass(frozen=True, slots=True)
class Load:
    """`left` are the open hours of her day, in minutes, `work` what her open requests take at least."""

    colleague: Colleague
    roles: tuple[str, ...]
    open: int
    overdue: int
    left: int
    work: int
    days: tuple[Day, ...]
    advice: str
    speed: Speed | None = None
    kept: tuple[int, int] = (0, 0)  # so many of her yeses are kept a quarter later, of so many whose deal is over
    clear: tuple[int, int] = (0, 0)  # so many requests were found clear, of so many that were asked about

    @property
    def absences(self) -> tuple[tuple[date, date], ...]:
        last = self.days[-1].on if self.days else date.max
        first = self.days[0].on if self.days else date.min
        return tuple(away for away in sorted(self.colleague.away) if away[1] >= first and away[0] <= last)


@dataclass(frozen=True, slots=True)
class View:
    """The moment, the approvers, what waits on each and what was decided in the weeks before."""

    now: datetime
    rules: Workload
    people: Sequence[Colleague]
    waiting: dict[str, tuple[Waiting, ...]]
    decided: Sequence[Decision]


def load_of(
    person: Colleague, roles: tuple[str, ...], equals: Sequence[Colleague], view: View, calendar: Calendar
) -> Load:
    mine = view.waiting.get(person.person, ())
    today = view.now.astimezone(zone_of(calendar)).date()
    midnight = datetime.combine(today + DAY, datetime.min.time(), zone_of(calendar))
    days = forecast(person, mine, view, calendar)
    return Load(
        colleague=person,
        roles=roles,
        open=len(mine),
        overdue=sum(1 for each in mine if each.by_when is not None and each.by_when < view.now),
        left=0 if person.is_away(today) else business_minutes(view.now, midnight, calendar),
        work=sum(each.look_minutes for each in mine),
        days=days,
        advice=advice(person, mine, equals, days, view),
    )


def forecast(person: Colleague, mine: Sequence[Waiting], view: View, calendar: Calendar) -> tuple[Day, ...]:
    """Each day brings what its weekday brought on average; she decides as many as on her days of the weeks before."""
    zone = zone_of(calendar)
    first = view.now.astimezone(zone).date()
    decided = [d for d in view.decided if d.person == person.person]
    enough = len(decided) >= view.rules.least_decisions
    per_day = len(decided) / max(_working(first, view.rules.weeks_back, calendar), 1)
    waits, found = float(len(mine)), list[Day]()
    for on in (first + n * DAY for n in range(AHEAD)):
        working, away = is_working_day(on, calendar), person.is_away(on)
        new = sum(d.asked_at.astimezone(zone).weekday() == on.weekday() for d in decided) / view.rules.weeks_back
        waits = max(waits + new - (per_day if working and not away else 0.0), 0.0)
        due = sum(1 for each in mine if each.by_when and each.by_when.astimezone(zone).date() == on)
        found.append(Day(on, away, due, new if enough else None, waits if enough else None))
    return tuple(found)


def advice(
    person: Colleague, mine: Sequence[Waiting], equals: Sequence[Colleague], days: Sequence[Day], view: View
) -> str:
    """The first that applies; empty when nothing has to change."""
    others = [c for c in equals if c.person != person.person]
    away = [day for day in days if day.away]
    there = [c for c in others if not any(c.is_away(day.on) for day in away)]
    if away and not there and not any(_runs(person, day.on) for day in away):
        return f"add a deputy: nobody stands in from {away[0].on:%-d %b} to {away[-1].on:%-d %b}"
    late = [each for each in mine if each.by_when is not None and each.by_when < view.now]
    free = min(others, key=lambda c: (c.open_tasks, c.person), default=None)
    if late and free is not None and free.open_tasks < len(mine):
        return f"move {len(late)} to {free.name}"
    if late and not others:
        return "add a deputy: nobody else may decide what is late"
    if (rule := _always_granted(person, view)) and _grows(days):
        return f"raise the auto lane: {rule} was granted nearly always"
    return "share the work: it grows faster than it is decided" if _grows(days) else ""


def speed_of(person: str, decided: Sequence[Decision]) -> Speed | None:
    mine = [d for d in decided if d.person == person]
    if not mine:
        return None
    return Speed(len(mine), round(median(d.minutes for d in mine)), sum(was_reversed(d, decided) for d in mine))


def was_reversed(decision: Decision, every: Sequence[Decision]) -> bool:
    """Granted, and later refused in the same deal by the same rule."""
    return decision.yes and any(
        (d.stream_id, d.rule) == (decision.stream_id, decision.rule) and d.at > decision.at and not d.yes for d in every
    )


def _working(today: date, weeks: int, calendar: Calendar) -> int:
    return sum(is_working_day(today - n * DAY, calendar) for n in range(1, 7 * weeks + 1))


def _runs(person: Colleague, on: date) -> bool:
    return any(given.from_on <= on <= given.until_on for given in person.gives)


def _grows(days: Sequence[Day]) -> bool:
    first, last = (days[0].waits, days[-1].waits) if days else (None, None)
    return first is not None and last is not None and last > max(2 * first, 3.0)


def _always_granted(person: Colleague, view: View) -> str:
    mine = [d for d in view.decided if d.person == person.person]
    for rule in dict.fromkeys(d.rule for d in mine):
        same = [d for d in mine if d.rule == rule]
        if len(same) >= view.rules.least_decisions and sum(d.yes for d in same) >= SURE * len(same):
            return rule
    return ""
