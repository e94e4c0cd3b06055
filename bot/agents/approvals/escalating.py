"""What is not decided by its time goes to the next who may; when nobody else may, the policy's owner is told."""

from bot.agents.approvals.asking import overdue, task
from bot.agents.approvals.choosing import fallback
from bot.agents.approvals.plan import house_of, moved_to, next_of
from bot.agents.approvals.planning import later
from bot.streams.deal.approvals import Approval, ApprovalOverdue
from bot.streams.deal.deal import Deal
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import PostNote
from bot.streams.tell import offer


def escalate(deal: Deal, command: ApprovalOverdue, context: Context) -> Decision:
    """Who had it keeps her right to decide; whoever is first decides. Each person is asked once."""
    approval = next((a for a in deal.approvals.due if a.id == command.approval), None)
    if approval is None or deal.signals.yes is None or deal.approvals.rejected is not None:
        return NOTHING
    if approval.by_when > context.now:
        return Accept((), deadlines=(overdue(deal, approval),))
    had = {approval.person, *(m.person for m in deal.approvals.moved if m.approval == approval.id)}
    found = next_of(deal, approval, context, had)
    if found is None:
        return _tell_owner(deal, approval, context)
    reason = context.playbook.word("offer.overdue")
    late = {"why": "overdue", "before": approval.person}
    moved = moved_to(approval, found, reason, context).model_copy(update=late)
    again = approval.model_copy(update={"by_when": later(approval, found.colleague, context)})
    note = PostNote(about="approval.moved", words={"title": approval.title, "reason": reason})
    asked = offer(found.person, task(deal, again))
    return Accept((moved,), (asked, note), deadlines=(overdue(deal, again),))


def _tell_owner(deal: Deal, approval: Approval, context: Context) -> Decision:
    owner = fallback(house_of(deal, approval, context), context)
    by = owner.person if owner else approval.person
    return Accept((), (PostNote(about="approval.late", words={"title": approval.title, "by": by}),))
