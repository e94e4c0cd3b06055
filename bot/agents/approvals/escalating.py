"""What takes too much of its time goes to the next who may, by the playbook's rows; when nobody else may, the policy's
owner is told. Nobody gets authority by it that she has not: who may is asked of the same rule as ever."""

from datetime import timedelta

from bot.agents.approvals.asking import late_task, overdue, share_of, task
from bot.agents.approvals.choosing import Candidate, fallback
from bot.agents.approvals.house import house_of
from bot.agents.approvals.plan import moved_to, next_of
from bot.agents.approvals.planning import later
from bot.figures.conditions import holds
from bot.figures.deal_facts import deal_facts
from bot.figures.hours import add_business_hours
from bot.figures.waiting import Window, window
from bot.playbook.escalating import WHOLE, EscalationRow
from bot.streams.deal.approvals import Approval, ApprovalOverdue
from bot.streams.deal.deal import Deal
from bot.streams.deal.escalations import ApprovalEscalated
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import PostNote
from bot.streams.tell import offer

SOONER = "sooner"  # the row of what the rep asks for before it is late
AGAIN = timedelta(hours=1)  # of a deal that is paused


def escalate(deal: Deal, command: ApprovalOverdue, context: Context) -> Decision:
    """Who had it keeps her right to decide; whoever is first decides. Each person is asked once."""
    approval = next((a for a in deal.approvals.due if a.id == command.approval), None)
    if approval is None or deal.signals.yes is None or deal.approvals.refused:
        return NOTHING
    time, row = window(deal, approval, context), row_of(deal, context)
    at = time.at(share_of(deal, row.at, context))
    if deal.opening.paused is not None:
        at = max(at, context.now + AGAIN)
    if at > context.now:
        return Accept((), deadlines=(overdue(deal, approval, at),))
    if deal.escalations.told(approval.id):
        return NOTHING
    found = next_of(deal, approval, context, had_by(deal, approval))
    if found is None and time.at(row.at) > context.now:
        return Accept((), deadlines=(overdue(deal, approval, time.at(row.at)),))  # not late yet, and nobody else may
    if found is None:
        return _tell_owner(deal, approval, row, time, context)
    return _ask_beside(deal, approval, row, time, found, context)


def ask_sooner(deal: Deal, approval: Approval, context: Context) -> tuple[str, Accept] | None:
    """Before its time is over, by the rep's word: the next who may, and what follows. None when nobody else may."""
    found = next_of(deal, approval, context, had_by(deal, approval))
    if found is None:
        return None
    row = EscalationRow(id=SOONER, line=context.playbook.risks.sooner, when=(), at=WHOLE)
    return found.person, _ask_beside(deal, approval, row, window(deal, approval, context), found, context)


def had_by(deal: Deal, approval: Approval) -> frozenset[str]:
    """Everybody who has it, or had it."""
    moved = (person for m in deal.approvals.moved if m.approval == approval.id for person in (m.person, m.before))
    return frozenset({approval.person, *moved, *deal.priority.hands_of(approval.id)} - {""})


def row_of(deal: Deal, context: Context) -> EscalationRow:
    """The first that holds for the deal as it is now; the last one always does."""
    rows, made = context.playbook.escalations.rows, deal.package.current
    facts = deal_facts(deal, made.contract.quote, context) if made else {}
    return next((row for row in rows if holds(row.when, facts)), rows[-1])


def _ask_beside(
    deal: Deal, approval: Approval, row: EscalationRow, time: Window, found: Candidate, context: Context
) -> Accept:
    late = {"why": "overdue", "before": approval.person}
    moved = moved_to(approval, found, row.says, context).model_copy(update=late)
    until = later(approval, found.colleague, context)
    fact = _fact(deal, approval, row, time, context).model_copy(update={"to": found.person, "until": until})
    asked = offer(found.person, task(deal, approval.model_copy(update={"by_when": until})))
    note = PostNote(about="approval.moved", words={"title": approval.title, "reason": row.says})
    share = timedelta(minutes=fact.whole * row.at // 10_000)
    calendar = context.playbook.calendar_of(found.colleague.time_zone)
    again = overdue(deal, approval, min(until, add_business_hours(context.now, share, calendar)))
    return Accept((moved, fact), (asked, note), deadlines=(again,))


def _tell_owner(deal: Deal, approval: Approval, row: EscalationRow, time: Window, context: Context) -> Decision:
    """She may put somebody in the approver's place, or waive the step, with a reason: all of it is listed."""
    found = fallback(house_of(deal, approval, context), context)
    owner = found.person if found else approval.person
    fact = _fact(deal, approval, row, time, context).model_copy(update={"owner": owner})
    note = PostNote(about="approval.late", words={"title": approval.title, "by": owner})
    return Accept((fact,), (note, offer(owner, late_task(deal, approval), only_you=True)))


def _fact(deal: Deal, approval: Approval, row: EscalationRow, time: Window, context: Context) -> ApprovalEscalated:
    return ApprovalEscalated(
        approval=approval.id,
        row=row.id,
        line=row.line,
        level=len(deal.escalations.of(approval.id)) + 1,
        before=approval.person,
        used=time.used(context.now),
        whole=time.whole,
        at=context.now,
    )
