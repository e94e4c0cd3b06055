"""The policy's owner sets a request on another way, with a reason that everybody can read afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.agents.approvals.asking import task
from bot.agents.approvals.authority import chain_to
from bot.agents.approvals.deciding import after_yes
from bot.agents.approvals.house import house_of
from bot.streams.deal.approvals import Approval, ApprovalGranted, ApprovalMoved
from bot.streams.deal.deal import Deal
from bot.streams.deal.overrides import (
    ApprovalEnded,
    EndOverride,
    ExceptionGranted,
    GrantException,
    ReplaceApprover,
    WaiveApproval,
    WaiverAsked,
)
from bot.streams.deal.withdrawing import closed
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Refuse
from bot.streams.effects import PostNote, StartApprovals
from bot.streams.ids import SYSTEM
from bot.streams.tell import offer

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
Override = ReplaceApprover | WaiveApproval | GrantException


def replace_approver(deal: Deal, command: ReplaceApprover, context: Context) -> Decision:
    """Who takes over decides by her own authority: no owner can widen it."""
    found = _open(deal, command)
    if isinstance(found, Refuse):
        return found
    house = house_of(deal, found, context)
    to = house.person(command.to)
    if to is None or command.to == found.person or to.is_away(house.on):
        return Refuse("approval.cannot_take", field="person")
    if chain_to(found, command.to, house) != ():
        return Refuse("approval.cannot_take", field="person")
    moved = ApprovalMoved(
        approval=found.id,
        person=command.to,
        reason=command.reason,
        by=command.actor,
        why="replaced",
        at=context.now,
    )
    note = PostNote(
        about="approval.replaced", words={"title": found.title, "by": command.actor, "reason": command.reason}
    )
    return Accept((moved,), (*closed(deal, (found,)), offer(command.to, task(deal, found)), note))


def waive(deal: Deal, command: WaiveApproval, context: Context) -> Decision:
    """Two people, none of whom asked for the approval; the second one on the same package and the same request."""
    found = _open(deal, command)
    if isinstance(found, Refuse):
        return found
    if no := _until(command, context):
        return no
    first = next((w for w in deal.approvals.waivers if (w.subject, w.hash) == (found.subject, command.seen)), None)
    if first is None:
        told = command.model_dump(include={"approval", "reason", "until_on"})
        asked = WaiverAsked(**told, subject=found.subject, by=command.actor, at=context.now, hash=command.seen)
        words = {"title": found.title, "by": command.actor, "reason": command.reason}
        return Accept((asked,), (PostNote(about="approval.waiver_asked", words=words),))
    if first.by == command.actor:
        return Refuse("waiver.second_person")
    until = min(first.until_on, command.until_on)
    granted = _granted(found, command, context, first.reason or command.reason).model_copy(
        update={"way": "waiver", "chain": (first.by,), "until_on": until}
    )
    return _ending(after_yes(deal, found, granted, context), deal, granted, context)


def grant_exception(deal: Deal, command: GrantException, context: Context) -> Decision:
    """She decides it now, and for what comes until that day; so it takes her own authority."""
    found = _open(deal, command)
    if isinstance(found, Refuse):
        return found
    if no := _until(command, context):
        return no
    if chain_to(found, command.actor, house_of(deal, found, context)) != ():
        return Refuse("approval.beyond_authority")
    told = command.model_dump(include={"approval", "reason", "until_on"})
    fact = ExceptionGranted(**told, rule=found.rule, asked=found.asked, by=command.actor, at=context.now)
    granted = _granted(found, command, context, command.reason)
    granted = granted.model_copy(update={"way": "exception", "until_on": command.until_on})
    accepted = after_yes(deal, found, granted, context)
    return _ending(replace(accepted, facts=(fact, *accepted.facts)), deal, granted, context)


def end(deal: Deal, command: EndOverride, context: Context) -> Decision:
    """What is out for signature was approved when it left; nothing of it opens again."""
    today = context.now.date()
    over = [g for g in deal.approvals.granted if g.until_on is not None and g.until_on < today]
    if not over or deal.envelope.sent is not None:
        return NOTHING
    ended = tuple(ApprovalEnded(subject=g.subject, why="over", at=context.now) for g in over)
    made = deal.package.current
    return Accept(ended, (StartApprovals(version=made.version),) if made else ())


def _open(deal: Deal, command: Override) -> Approval | Refuse:
    approval = deal.approvals.approval(command.approval)
    if approval is None or command.seen != deal.package.hash or deal.signals.yes is None:
        return Refuse("package.changed")
    if command.actor in (approval.asked_by, deal.opening.rep):
        return Refuse("approval.own_request")
    if deal.approvals.yes(approval) or deal.approvals.no(approval):
        return Refuse("approval.decided")
    if deal.approvals.waits_for[approval.id]:
        return Refuse("approval.not_yet")
    return approval if command.reason.strip() else Refuse("reason.missing", field="reason")


def _until(command: WaiveApproval | GrantException, context: Context) -> Refuse | None:
    today = context.now.date()
    if not today <= command.until_on <= today + LONGEST:
        return Refuse("override.no_end", field="until_on")
    return None


def _granted(
    approval: Approval, command: WaiveApproval | GrantException, context: Context, reason: str
) -> ApprovalGranted:
    return ApprovalGranted(
        approval=approval.id,
        subject=approval.subject,
        by=command.actor,
        at=context.now,
        hash=command.seen,
        reason=reason,
    )


def _ending(accepted: Accept, deal: Deal, granted: ApprovalGranted, context: Context) -> Accept:
    assert granted.until_on is not None
    over = datetime.combine(granted.until_on + DAY, time(), UTC)
    end_of = Deadline(f"override.{granted.approval}", over, EndOverride(stream_id=deal.id, actor=SYSTEM))
    return replace(accepted, deadlines=(*accepted.deadlines, end_of))
