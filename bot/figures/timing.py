"""How long a deal's steps take, in working hours: medians, never averages, and nothing from too few."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.figures.hours import is_working_day, zone_of
from bot.playbook.company import Calendar
from bot.streams.money import Money

STEPS: tuple[tuple[str, str, str], ...] = (
    ("Drafting", "yes_at", "made_at"),
    ("Approvals", "made_at", "ready_at"),
    ("Sending", "ready_at", "sent_at"),
    ("Signatures", "sent_at", "signed_at"),
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """When a deal passed each step; None when it has not. `stage_at` is when Salesforce last changed."""

    stream_id: str
    customer: str
    rep: str
    total: Money
    stage: str
    stage_at: datetime | None
    yes_at: datetime | None
    made_at: datetime | None
    ready_at: datetime | None
    sent_at: datetime | None
    signed_at: datetime | None
    won_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """The median of `count` deals, and of the period before."""

    title: str
    median: timedelta
    count: int
    before: timedelta | None = None


def signed_between(deals: Sequence[Timeline], start: datetime, end: datetime) -> tuple[Timeline, ...]:
    return tuple(d for d in deals if d.signed_at is not None and start < d.signed_at <= end)


def lost_between(deals: Sequence[Timeline], lost: str, start: datetime, end: datetime) -> tuple[Timeline, ...]:
    found = (d for d in deals if d.stage == lost and d.won_at is None)
    return tuple(d for d in found if d.stage_at is not None and start < d.stage_at <= end)


def yes_to_signature(deals: Sequence[Timeline], calendar: Calendar) -> timedelta | None:
    spent = [working_time(d.yes_at, d.signed_at, calendar) for d in deals if d.yes_at and d.signed_at]
    return median(spent) if spent else None


def steps(deals: Sequence[Timeline], before: Sequence[Timeline], calendar: Calendar, least: int) -> tuple[Step, ...]:
    """In the order of the way; none at all when fewer than `least` deals went through every step."""
    made = [_step(title, begin, end, deals, before, calendar) for title, begin, end in STEPS]
    known = tuple(step for step in made if step is not None)
    return known if len(known) == len(STEPS) and min(step.count for step in known) >= least else ()


def working_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """The open hours between two aware moments; none when the end is not the later one."""
    zone = zone_of(calendar)
    day, last, spent = start.astimezone(zone).date(), end.astimezone(zone).date(), timedelta()
    while day <= last:
        if is_working_day(day, calendar):
            opens = datetime.combine(day, calendar.opens, zone).astimezone(UTC)
            closes = datetime.combine(day, calendar.closes, zone).astimezone(UTC)
            spent += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return spent


def median(spent: Sequence[timedelta]) -> timedelta:
    """Of an even number the mean of the two in the middle."""
    ordered, middle = sorted(spent), len(spent) // 2
    return ordered[middle] if len(spent) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _step(
    title: str, begin: str, end: str, deals: Sequence[Timeline], before: Sequence[Timeline], calendar: Calendar
) -> Step | None:
    now, then = _spent(deals, begin, end, calendar), _spent(before, begin, end, calendar)
    return Step(title, median(now), len(now), median(then) if then else None) if now else None


def _spent(deals: Sequence[Timeline], begin: str, end: str, calendar: Calendar) -> list[timedelta]:
    pairs = ((getattr(deal, begin), getattr(deal, end)) for deal in deals)
    return [working_time(first, last, calendar) for first, last in pairs if first and last]
