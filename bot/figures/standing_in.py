"""What came of it that others decided in somebody's place: time won, decisions reversed, and a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.figures.decisions import Decision
from bot.figures.hours import business_minutes, zone_of
from bot.figures.workload import was_reversed
from bot.playbook.company import Calendar

MOST_REVERSED = 0.1


@dataclass(frozen=True, slots=True)
class StoodIn:
    """For one person: so many decisions, the business minutes that they came before she was back, what was reversed."""

    person: str
    decisions: int
    won_minutes: int
    reversed: int
    verdict: str


def stood_in(decided: Sequence[Decision], least: int, calendar: Calendar) -> tuple[StoodIn, ...]:
    theirs = [d for d in decided if d.asked != d.person and (d.moved in ("away", "passed_on") or d.lent)]
    people = dict.fromkeys(d.asked for d in theirs)
    return tuple(_of(who, [d for d in theirs if d.asked == who], decided, least, calendar) for who in people)


def _of(who: str, theirs: Sequence[Decision], every: Sequence[Decision], least: int, calendar: Calendar) -> StoodIn:
    won = sum(_won(d, calendar) for d in theirs)
    back = sum(was_reversed(d, every) for d in theirs)
    if len(theirs) < least:
        verdict = f"not enough data ({len(theirs)} of {least})"
    elif back > MOST_REVERSED * len(theirs):
        verdict = "too much of it was reversed: choose somebody else"
    else:
        verdict = "it keeps deals moving" if won else "it won no time"
    return StoodIn(who, len(theirs), won, back, verdict)


def _won(decision: Decision, calendar: Calendar) -> int:
    """Until the morning on which she is back; nothing when nobody knew."""
    if decision.back_on is None:
        return 0
    back = datetime.combine(decision.back_on, calendar.opens, zone_of(calendar))
    return business_minutes(decision.at, back, calendar) if back > decision.at else 0
