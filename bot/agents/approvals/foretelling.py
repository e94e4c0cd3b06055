"""What is known of each open request, and so how likely all is decided in time, and what lowers that."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp, log

from bot.agents.approvals.planning import DEFAULT_HOURS
from bot.figures.deadline_risk import STEPS, Stage, at_once, by_stage, chance, without
from bot.figures.hours import business_minutes
from bot.figures.open_time import WHOLE, Lost, OpenTime
from bot.figures.pace import TENTH, expected
from bot.streams.deal.approvals import Approval, Expected
from bot.streams.deal.deal import Deal
from bot.streams.deal.risks import Factor, FactorKind
from bot.streams.decision import Context

LOST: tuple[Lost, ...] = ("away", "holiday", "event", "travel")
KINDS: tuple[FactorKind, ...] = (*LOST, "slow", "queue", "weekday")
WIDE = 0.8  # of a rule that the playbook no longer has


@dataclass(frozen=True, slots=True)
class Foretold:
    """`chance` from 0 to 1; `weakest` is the request that is least likely decided by then."""

    chance: float
    weakest: Approval
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    approval: Approval
    stage: Stage
    time: OpenTime
    queue: int


def foretold(deal: Deal, deadline: datetime, context: Context) -> Foretold | None:
    """None when nothing is open."""
    still = _in_order(deal)
    if not still:
        return None
    points = _points(context.now, deadline)
    known = [_known(deal, approval, points, context) for approval in still]
    stages = [each.stage for each in known]
    now, done = chance(stages), by_stage(stages)
    weakest = min(still, key=lambda a: (_own(stages, a.id), done[a.id][-1], a.id))
    found = sorted(_factors(deal, known, points, now, context), key=lambda f: (-f.by, f.kind, f.approval))
    named = tuple(f for f in found if f.by >= context.playbook.risks.named_from)
    return Foretold(now, weakest, named or (_little_time(now, weakest),))


def deadline_of(deal: Deal, context: Context) -> datetime:
    """When the last request is due, or the day ends on which the deal is to close, whichever is first."""
    last = max(approval.by_when for approval in deal.approvals.asked)
    if deal.opportunity is None:
        return last
    calendar = context.playbook.calendars[context.playbook.default_calendar]
    closes = datetime.combine(deal.opportunity.close_on, calendar.closes, last.tzinfo)
    return min(last, closes) if closes > context.now else last


def _in_order(deal: Deal) -> list[Approval]:
    """What a request waits for stands before it."""
    waits, left, found = deal.approvals.waits_for, list(deal.approvals.open), list[Approval]()
    while left:
        ready = [a for a in left if not set(waits[a.id]) & {each.id for each in left}] or left
        found += ready
        left = [a for a in left if a not in ready]
    return found


def _points(now: datetime, deadline: datetime) -> list[datetime]:
    whole = max(deadline - now, timedelta())
    return [now + whole * step / STEPS for step in range(STEPS + 1)]


def _known(deal: Deal, approval: Approval, points: Sequence[datetime], context: Context) -> _Known:
    """With those before whom it lies, too, once it is asked."""
    known = _alone(deal, approval, points, context)
    late = deal.approvals.holders(approval)[1:] if not known.stage.after else ()
    others = [approval.model_copy(update={"person": person}) for person in late]
    beside = tuple(_alone(deal, each, points, context).stage for each in others)
    return replace(known, stage=replace(known.stage, beside=beside))


def _alone(deal: Deal, approval: Approval, points: Sequence[datetime], context: Context) -> _Known:
    who, book = context.reads.colleague(approval.person), context.playbook
    calendar = book.calendar_of(who.time_zone if who else "")
    busy = tuple(each for each in context.reads.busy if who and each.of(who.email))
    time = OpenTime(calendar, who.away if who else (), busy, book.risks.travelling)
    waits = deal.approvals.waits_for[approval.id]
    since = _since(deal, approval, context) if not waits else None
    queue = max((who.open_tasks if who else 0) - 1, 0)
    length = _length(approval, queue, context)
    stage = Stage(
        id=approval.id,
        after=waits,
        minutes=length.minutes * _weekday(since, context),
        deviation=_deviation(length),
        passed=business_minutes(since, context.now, calendar) if since else 0,
        open=tuple(time.minutes(points)),
    )
    return _Known(approval, stage, time, queue)


def _since(deal: Deal, approval: Approval, context: Context) -> datetime:
    """When it came to her; of who had it before, when it was asked."""
    mine = [m.at for m in deal.approvals.moved if (m.approval, m.person) == (approval.id, approval.person) and m.at]
    return (mine[-1] if mine else deal.approvals.asked_at(approval)) or context.now


def _length(approval: Approval, queue: int, context: Context, person: str | None = None) -> Expected:
    rule, book = context.playbook.approvals.rule(approval.rule), context.playbook
    if rule is None:
        return Expected(minutes=DEFAULT_HOURS * 30, low=DEFAULT_HOURS * 10, high=DEFAULT_HOURS * 60)
    who = approval.person if person is None else person
    return expected(rule, who, queue, context.reads.paces, book.approvals.pacing)


def _deviation(length: Expected) -> float:
    """From the range in which eight of ten lie."""
    if length.low <= 0 or length.high <= length.low:
        return WIDE
    return log(length.high / length.low) / (2 * TENTH)


def _weekday(since: datetime | None, context: Context) -> float:
    """How much longer requests of that weekday take; few of them say little."""
    found = next((w for w in context.reads.weekdays if since is not None and w.day == since.weekday()), None)
    if found is None:
        return 1.0
    return exp(found.logs / (found.count + context.playbook.risks.weekday_trust))


def _own(stages: Sequence[Stage], name: str) -> float:
    """Of one alone, as if it waited for nobody."""
    return by_stage([replace(stage, after=()) for stage in stages if stage.id == name])[name][-1]


def _factors(
    deal: Deal, known: Sequence[_Known], points: Sequence[datetime], now: float, context: Context
) -> Iterator[Factor]:
    """Of each kind, by how much the chance of all would be better were it not for that."""
    stages = [each.stage for each in known]
    other = {each.stage.id: _otherwise(deal, each, points, context) for each in known}
    for kind in KINDS:
        touched = [each for each in known if kind in other[each.stage.id]]
        gain = without(stages, {each.stage.id: other[each.stage.id][kind] for each in touched}) - now
        alone = touched[0].approval if len(touched) == 1 else None
        if touched:
            yield _factor(kind, gain, alone)
    if any(stage.after for stage in stages):
        yield Factor(kind="order", by=_points_of(at_once(stages) - now))


def _otherwise(deal: Deal, of: _Known, points: Sequence[datetime], context: Context) -> Mapping[FactorKind, Stage]:
    """The request as it would be without each thing that lowers its chance."""
    stage, found = of.stage, dict[FactorKind, Stage]()
    for lost in LOST:
        minutes = tuple(of.time.minutes(points, ignoring=lost))
        if minutes[-1] > stage.open[-1]:
            found[lost] = replace(stage, open=minutes)
    usual, alone = _length(of.approval, of.queue, context, person=""), _length(of.approval, 0, context)
    day = _weekday(deal.approvals.asked_at(of.approval) if not stage.after else None, context)
    if usual.minutes * day < stage.minutes:
        found["slow"] = replace(stage, minutes=usual.minutes * day)
    if alone.minutes * day < stage.minutes:
        found["queue"] = replace(stage, minutes=alone.minutes * day)
    if day > 1:
        found["weekday"] = replace(stage, minutes=stage.minutes / day)
    return found


def _factor(kind: FactorKind, gain: float, approval: Approval | None) -> Factor:
    if approval is None:
        return Factor(kind=kind, by=_points_of(gain))
    return Factor(kind=kind, by=_points_of(gain), approval=approval.id, person=approval.person)


def _little_time(now: float, approval: Approval) -> Factor:
    return _factor("little_time", 1 - now, approval)


def _points_of(gain: float) -> int:
    return max(round(gain * WHOLE), 0)
