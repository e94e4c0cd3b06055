"""/deal team: each approver's work, presence and two weeks ahead, what would help, and what standing in has brought."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.blocks.card import Block, Card, card, context, counted, divider, escape, header, moment, section
from bot.blocks.people import Known
from bot.figures.standing_in import StoodIn
from bot.figures.workload import Day, Load

SHOWN = 12
NONE_YET = "Nobody may decide approvals: give a role with approval.decide to somebody."


@dataclass(frozen=True, slots=True)
class Team:
    """The busiest first."""

    loads: tuple[Load, ...]
    stood_in: tuple[StoodIn, ...]
    known: Known
    now: datetime


def card_of(team: Team) -> Card:
    if not team.loads:
        return card(NONE_YET, section(NONE_YET))
    late, waits = sum(load.overdue for load in team.loads), sum(load.open for load in team.loads)
    more = len(team.loads) - SHOWN
    return card(
        f"{counted(len(team.loads), 'approver')}: {counted(waits, 'request')} open, {late} overdue.",
        header("Who decides approvals"),
        *(_load(load) for load in team.loads[:SHOWN]),
        context(f"and {more} more" if more > 0 else ""),
        divider() if team.stood_in else None,
        *_stood_in(team),
        context(f"As of {moment(team.now)}. Speed is shown to oneself and one's manager only."),
    )


def _load(load: Load) -> Block | None:
    mark = ":warning: " if load.overdue else ""
    who = f"{mark}*{escape(load.colleague.name)}*, {escape(', '.join(load.roles))}"
    late = f", *{load.overdue} overdue*" if load.overdue else ""
    first = f"{who}: {load.open} open{late}"
    there = f"Needs {_hours(load.work)}; {_hours(load.left)} left today{_away(load)}"
    advice = f":bulb: {escape(load.advice)}" if load.advice else ""
    return section(first, there, _ahead(load.days), advice, _own(load))


def _away(load: Load) -> str:
    absences = [f"{_day(first)} to {_day(last)}" for first, last in load.absences]
    return f"; away {', '.join(absences)}" if absences else ""


def _ahead(days: tuple[Day, ...]) -> str:
    """Day by day; a day without anything is left out."""
    if all(day.waits is None for day in days):
        due = [f"{_day(day.on)}: {day.due}" for day in days if day.due]
        told = f"due {', '.join(due)}" if due else "nothing is due"
        return f"Two weeks: {told}; not enough data for more"
    return f"Two weeks, waiting at the end of each day: {', '.join(map(_one, days))}"


def _one(day: Day) -> str:
    told = "away" if day.away else f"{day.waits or 0:.0f}"
    return f"{day.on:%-d %b} {told}"


def _own(load: Load) -> str:
    (clear, asked), (kept, over), speed = load.clear, load.kept, load.speed
    spent = f"median {_hours(speed.minutes)}, {speed.reversed} reversed" if speed else ""
    told = [
        f"{counted(speed.decided, 'decision')}, {spent}" if speed else "",
        f"{kept} of {over} yeses kept a quarter later" if over else "",
        f"{clear} of {asked} requests were clear" if speed and asked else "",
    ]
    found = "; ".join(part for part in told if part)
    return f"_{found}_" if found else ""


def _stood_in(team: Team) -> list[Block | None]:
    lines = [_stood(each, team.known) for each in team.stood_in[:SHOWN]]
    return [section("*In somebody's place*", *lines)] if lines else []


def _stood(each: StoodIn, known: Known) -> str:
    told = f"{escape(known.name(each.person))}: {counted(each.decisions, 'decision')} by others"
    return f"{told}, {_hours(each.won_minutes)} won, {each.reversed} reversed: {each.verdict}"


def _hours(minutes: int) -> str:
    whole = timedelta(minutes=minutes)
    hours, rest = divmod(int(whole.total_seconds()) // 60, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def _day(of: date) -> str:
    return f"{of:%-d %b}"
