"""Yes and no to a request, by a person who may, on the package that she saw."""

from bot.agents.approvals.asking import closed, ready
from bot.agents.approvals.authority import may_decide, within
from bot.figures import reprice
from bot.streams.deal.approvals import Approval, ApprovalGranted, ApprovalRejected, Approve, Reject
from bot.streams.deal.deal import Deal
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.effects import PostNote
from bot.streams.tell import offer


def approve(deal: Deal, command: Approve, context: Context) -> Decision:
    approval = _decidable(deal, command, context)
    if isinstance(approval, Refuse):
        return approval
    granted = ApprovalGranted(
        approval=approval.id,
        subject=approval.subject,
        by=command.actor,
        at=context.now,
        hash=command.seen,
    )
    done = closed(deal, (approval,))
    if len(deal.approvals.open) > 1:
        return Accept((granted,), done)
    facts, effects = ready(deal, context)
    return Accept((granted, *facts), (*done, *effects))


def reject(deal: Deal, command: Reject, context: Context) -> Decision:
    """The rep is told why and what would make it a yes; the other requests wait for the new price."""
    approval = _decidable(deal, command, context)
    if isinstance(approval, Refuse):
        return approval
    if not command.reason.strip():
        return Refuse("reason.missing", field="reason")
    rejected = ApprovalRejected(
        approval=approval.id,
        by=command.actor,
        at=context.now,
        hash=command.seen,
        reason=command.reason,
        yes_if=command.yes_if,
    )
    again = reprice.asked(deal, approval.id)
    note = PostNote(about="approval.rejected", words={"title": approval.title, "by": command.actor})
    return Accept((rejected,), (*closed(deal, (approval,)), offer(deal.opening.rep, again), note))


def _decidable(deal: Deal, command: Approve | Reject, context: Context) -> Approval | Refuse:
    approval = deal.approvals.approval(command.approval)
    if approval is None or deal.signals.yes is None:
        return Refuse("package.changed")
    if command.actor in (approval.asked_by, deal.opening.rep):
        return Refuse("approval.own_request")
    rejected = deal.approvals.rejected
    if deal.approvals.yes(approval) or (rejected and rejected.approval == approval.id):
        return Refuse("approval.decided")
    if command.seen != deal.package.hash:
        return Refuse("package.changed")
    if may_decide(approval, command.actor, context.groups, context.playbook):
        return approval
    mine = command.actor == approval.person or within(approval, context.groups, context.playbook)
    return Refuse("approval.beyond_authority" if mine else "approval.not_yours")
