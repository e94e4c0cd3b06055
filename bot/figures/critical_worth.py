"""What priority was good for: critical deals that had it beside those that asked and never did; and how quickly all
others were decided while somebody had it, and at other times."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, sqrt
from statistics import median

from bot.figures.chances import wilson
from bot.figures.decisions import Decision
from bot.figures.hours import business_minutes
from bot.playbook.company import Calendar
from bot.playbook.critical import Critical

Z = 1.96  # of an interval that holds the true value 19 times of 20
BY_PEOPLE = ("own", "delegated")


@dataclass(frozen=True, slots=True)
class Asked:
    """One time with a place, from `given_at` to `left_at`; of a deal that never had one, a single row without. All
    else is the deal's: `in_time` is None until every approval is given."""

    stream_id: str
    no: int
    claimed_at: datetime
    given_at: datetime | None
    left_at: datetime | None
    asked_at: datetime | None
    approved_at: datetime | None
    in_time: bool | None
    won: bool
    hands: int
    by_hands: int


@dataclass(frozen=True, slots=True)
class Share:
    """`yes` of `of`; shares from 0 to 1, None: not enough data."""

    yes: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Took:
    """Business minutes of so many: the median and the interval of it; None: not enough data."""

    count: int
    minutes: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Side:
    deals: int
    in_time: Share
    won: Share
    took: Took


@dataclass(frozen=True, slots=True)
class CriticalWorth:
    """`pace`: how long others took at other times, by how long while somebody had priority; 1 is no difference.
    `hands` people were asked beside, `by_hands` requests were decided by them."""

    with_priority: Side
    without: Side
    others_during: Took
    others_else: Took
    pace: float | None
    hands: int
    by_hands: int


def worth(
    rows: Sequence[Asked],
    lost: Collection[str],
    decisions: Iterable[Decision],
    calendar: Calendar,
    rules: Critical,
) -> CriticalWorth:
    """`lost` are the deals of Salesforce's lost stage."""
    deals = {row.stream_id: row for row in rows}
    had = {row.stream_id for row in rows if row.given_at}
    mine = [d for d in decisions if d.way in BY_PEOPLE and d.stream_id not in had]
    meanwhile = {id(d) for d in mine if any(_within(row, d.asked_at) for row in rows)}
    one = took((d.minutes for d in mine if id(d) in meanwhile), rules.least)
    two = took((d.minutes for d in mine if id(d) not in meanwhile), rules.least)
    return CriticalWorth(
        with_priority=_side([deals[name] for name in sorted(had)], lost, calendar, rules.least),
        without=_side([deals[name] for name in sorted(set(deals) - had)], lost, calendar, rules.least),
        others_during=one,
        others_else=two,
        pace=two.minutes / one.minutes if one.minutes and two.minutes is not None else None,
        hands=sum(row.hands for row in deals.values()),
        by_hands=sum(row.by_hands for row in deals.values()),
    )


def _within(row: Asked, at: datetime) -> bool:
    return row.given_at is not None and row.given_at <= at and (row.left_at is None or at < row.left_at)


def took(minutes: Iterable[int], least: int) -> Took:
    """The interval is of the median, by the ranks between which it lies 19 times of 20, whatever the distribution."""
    found = sorted(minutes)
    count = len(found)
    if count < least or not count:
        return Took(count, None, None, None)
    half = Z * sqrt(count) / 2
    low, high = max(floor(count / 2 - half), 0), min(ceil(count / 2 + half), count - 1)
    return Took(count, round(median(found)), found[low], found[high])


def share(yes: int, of: int, least: int) -> Share:
    if of < least or not of:
        return Share(yes, of, None, None, None)
    low, high = wilson(yes / of, of, Z)
    return Share(yes, of, yes / of, low, high)


def _side(deals: Sequence[Asked], lost: Collection[str], calendar: Calendar, least: int) -> Side:
    over = [deal for deal in deals if deal.in_time is not None]
    ended = [deal for deal in deals if deal.won or deal.stream_id in lost]
    times = [
        business_minutes(deal.asked_at, deal.approved_at, calendar)
        for deal in deals
        if deal.asked_at and deal.approved_at and deal.approved_at >= deal.asked_at
    ]
    return Side(
        deals=len(deals),
        in_time=share(sum(deal.in_time is True for deal in over), len(over), least),
        won=share(sum(deal.won for deal in ended), len(ended), least),
        took=took(times, least),
    )
