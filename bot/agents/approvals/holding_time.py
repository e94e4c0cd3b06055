"""An approver holds time in her calendar for one request: the next quarter of an hour that is open on her clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import get_args

from bot.figures.hours import add_business_hours
from bot.playbook.company import Calendar
from bot.streams.deal.approvals import Approval, ApprovalFact
from bot.streams.deal.deal import Deal
from bot.streams.deal.held_time import HoldTime, RecordFreed, TimeFreed, TimeHeld
from bot.streams.deal.withdrawing import asked_of
from bot.streams.decision import NOTHING, Accept, Context, Decision, Fact, Refuse
from bot.streams.effects import Effect
from bot.streams.tracking_effects import FreeTime, MailHold, TrackApprovals

QUARTER = timedelta(minutes=15)


def hold(deal: Deal, command: HoldTime, context: Context) -> Decision:
    """Once a request and person. It ends before the request's time is over, or there is no time left to hold."""
    approval = next((a for a in deal.approvals.due if a.id == command.approval), None)
    if approval is None or deal.signals.yes is None:
        return Refuse("approval.decided")
    if command.actor not in asked_of(deal, approval):
        return Refuse("approval.not_yours")
    if (held := deal.held_time.of(approval.id, command.actor)) is not None and held.ends_at > context.now:
        return Refuse("time.held")
    colleague = context.reads.colleague(command.actor)
    calendar = context.playbook.calendar_of(colleague.time_zone if colleague else "")
    length = timedelta(minutes=context.playbook.tracking.hold_minutes)
    starts_at = next_open(context.now + length, length, calendar)
    if starts_at + length > approval.by_when:
        return Refuse("time.none_left")
    fact = _held(deal, approval, command.actor, starts_at, length, context.now)
    return Accept((fact,), (MailHold(no=fact.no),))


def next_open(after: datetime, length: timedelta, calendar: Calendar) -> datetime:
    """The first full quarter of an hour, at or behind `after`, from which so long a time is open."""
    starts = _quarter(after, calendar)
    while add_business_hours(starts, length, calendar) != starts + length:
        starts = _quarter(starts + QUARTER, calendar)
    return starts


def _quarter(after: datetime, calendar: Calendar) -> datetime:
    opens = add_business_hours(after, timedelta(), calendar)
    behind = timedelta(minutes=opens.minute % 15, seconds=opens.second, microseconds=opens.microsecond)
    return opens + QUARTER - behind if behind else opens


def tracked(deal: Deal, facts: Iterable[Fact]) -> tuple[Effect, ...]:
    """What follows from facts of approvals: tasks in Salesforce say it, time that is no longer needed is given back."""
    if not any(isinstance(fact, get_args(ApprovalFact)) for fact in facts):
        return ()
    return (TrackApprovals(), *((FreeTime(),) if deal.held_time.kept else ()))


def needless(deal: Deal) -> tuple[TimeHeld, ...]:
    """Held for what is decided, is no longer asked, or lies before somebody else alone."""
    due = {a.id: asked_of(deal, a) for a in deal.approvals.due}
    return tuple(each for each in deal.held_time.kept if each.person not in due.get(each.approval, ()))


def record_freed(deal: Deal, command: RecordFreed, context: Context) -> Decision:
    kept = {each.no for each in deal.held_time.kept}
    facts = tuple(TimeFreed(no=no, at=context.now) for no in command.nos if no in kept)
    return Accept(facts) if facts else NOTHING


def _held(
    deal: Deal, approval: Approval, person: str, starts_at: datetime, length: timedelta, now: datetime
) -> TimeHeld:
    return TimeHeld(
        no=len(deal.held_time.held) + 1,
        approval=approval.id,
        person=person,
        starts_at=starts_at,
        ends_at=starts_at + length,
        at=now,
    )
