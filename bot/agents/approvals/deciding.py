"""Yes and no to a request, by a person who may, on the package that she saw."""

from dataclasses import replace
from datetime import timedelta

from bot.agents.approvals import feedback
from bot.agents.approvals.asking import asked_now, look_at, ready, task
from bot.agents.approvals.authority import chain_to, within
from bot.agents.approvals.house import house_of
from bot.agents.approvals.looking_back import later
from bot.figures import reprice
from bot.figures.doors import by_mail
from bot.figures.hours import add_business_hours, business_minutes
from bot.playbook.company import Calendar
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import (
    Approval,
    ApprovalAsked,
    ApprovalGranted,
    ApprovalMoved,
    ApprovalRejected,
    Approve,
    PassOn,
    Reject,
)
from bot.streams.deal.asking_back import ApproveAt, AskBack
from bot.streams.deal.deal import Deal
from bot.streams.deal.priority import weighing
from bot.streams.deal.withdrawing import closed
from bot.streams.decision import Accept, Context, Deadline, DecidedBy, Decision, Refuse
from bot.streams.effects import PostNote
from bot.streams.money import Money
from bot.streams.tell import offer

Chain = tuple[str, ...]
Asks = Approve | Reject | PassOn | AskBack | ApproveAt


def approve(deal: Deal, command: Approve, context: Context) -> Decision:
    found = decidable(deal, command, context)
    if isinstance(found, Refuse):
        return found
    approval, chain = found
    if _too_large(deal, command.door, context):
        return Refuse("approval.not_by_mail")
    if _too_quick(deal, approval, context):
        return Refuse("approval.too_quick")
    total = amount_wanted(deal, context.playbook)
    if total is not None and command.typed != total:
        return Refuse("approval.amount_differs" if command.typed else "approval.amount_wanted", field="amount")
    granted = ApprovalGranted(
        approval=approval.id,
        subject=approval.subject,
        by=command.actor,
        at=context.now,
        hash=command.seen,
        way="delegated" if chain else "own",
        chain=chain,
        minutes=_took(deal, approval, context),
        door=command.door,
    )
    decided = after_yes(deal, approval, granted, context)
    over = len(deal.approvals.open) == 1
    asked = feedback.asked(deal, approval, command.actor, over, context)
    return replace(decided, effects=(*asked, *decided.effects))


def amount_wanted(deal: Deal, playbook: Playbook) -> Money | None:
    """The total that she types before her yes counts; None below what the policy says."""
    made, above = deal.package.current, playbook.approvals.typed_above
    if made is None:
        return None
    total = made.contract.quote.total
    limit = above.get(total.currency)
    return total if limit is None or total.decimal() > limit else None


def after_yes(deal: Deal, approval: Approval, granted: ApprovalGranted, context: Context) -> Accept:
    """What waited for it alone is asked now; when nothing is left, the package may be sent."""
    done = closed(deal, (approval,), by=granted.by, door=granted.door)
    if len(deal.approvals.open) == 1:
        facts, effects = ready(deal, context)
        return Accept((granted, *facts), (*done, *effects), deadlines=_looks(deal, context))
    waits = deal.approvals.waits_for
    freed = [a for a in deal.approvals.open if waits[a.id] == (approval.id,)]
    begun_now = tuple(begun(a, context) for a in freed)
    now = [a.model_copy(update={"by_when": fact.by_when}) for a, fact in zip(freed, begun_now, strict=True)]
    asked, deadlines = asked_now(deal, ((a, a.person) for a in now), context)
    return Accept((granted, *begun_now), (*done, *asked), deadlines=(*deadlines, later(deal, context)))


def _looks(deal: Deal, context: Context) -> tuple[Deadline, ...]:
    """Nothing is open any more: a critical deal has no use for its place."""
    place = (weighing(deal.id, context.now),) if deal.priority.claim else ()
    return later(deal, context), look_at(deal, context), *place


def begun(approval: Approval, context: Context) -> ApprovalAsked:
    """Its time begins when it is asked, and is as long as it was to be."""
    calendar = _calendar(approval, context)
    begins = approval.begins_at or context.now
    minutes = business_minutes(begins, approval.by_when, calendar)
    by_when = add_business_hours(context.now, timedelta(minutes=minutes), calendar)
    return ApprovalAsked(approval=approval.id, at=context.now, by_when=by_when)


def _took(deal: Deal, approval: Approval, context: Context) -> int:
    since = deal.approvals.asked_at(approval) or context.now
    return business_minutes(since, context.now, _calendar(approval, context))


def _calendar(approval: Approval, context: Context) -> Calendar:
    who = context.reads.colleague(approval.person)
    return context.playbook.calendar_of(who.time_zone if who else "")


def reject(deal: Deal, command: Reject, context: Context) -> Decision:
    """The rep is told why and what would make it a yes; the other requests wait for the new price."""
    found = decidable(deal, command, context)
    if isinstance(found, Refuse):
        return found
    approval, _ = found
    if _too_large(deal, command.door, context):
        return Refuse("approval.not_by_mail")
    if not command.reason.strip():
        return Refuse("reason.missing", field="reason")
    rejected = ApprovalRejected(
        approval=approval.id,
        by=command.actor,
        at=context.now,
        hash=command.seen,
        reason=command.reason,
        yes_if=command.yes_if,
        minutes=_took(deal, approval, context),
        door=command.door,
    )
    again = reprice.asked(deal, approval.id)
    note = PostNote(about="approval.rejected", words={"title": approval.title, "by": command.actor})
    asked = feedback.asked(deal, approval, command.actor, True, context)
    told = (
        *asked,
        *closed(deal, (approval,), by=rejected.by, door=rejected.door),
        offer(deal.opening.rep, again),
        note,
    )
    return Accept((rejected,), told, deadlines=_looks(deal, context))


def pass_on(deal: Deal, command: PassOn, context: Context) -> Decision:
    """This one request goes to somebody else, with the authority of who passes it on: hers, never more."""
    found = decidable(deal, command, context)
    if isinstance(found, Refuse):
        return found
    approval, chain = found
    house, passed = house_of(deal, approval, context), deal.approvals.passed_on(approval, command.actor)
    to = house.person(command.to)
    if to is None or to.is_away(house.on) or command.to in (command.actor, *chain):
        return Refuse("approval.cannot_take", field="person")
    if (found_way := chain_to(approval, command.to, house, {**passed, command.to: command.actor})) is None:
        return Refuse("approval.cannot_take", field="person")
    moved = ApprovalMoved(
        approval=approval.id,
        person=command.to,
        reason=command.reason,
        by=command.actor,
        lent=found_way,
        why="passed_on",
        at=context.now,
    )
    note = PostNote(about="approval.moved", words={"title": approval.title, "reason": command.reason or "passed on"})
    left = closed(deal, (approval,)) if approval.person != command.to else ()
    return Accept((moved,), (*left, offer(command.to, task(deal, approval)), note))


def _too_quick(deal: Deal, approval: Approval, context: Context) -> bool:
    """Of a deal of high risk nobody decides before the look that the policy wants."""
    planned, since = deal.approvals.planned, deal.approvals.asked_at(approval)
    if planned is None or not planned.risk or since is None:
        return False
    return context.now - since < timedelta(minutes=approval.look_minutes)


def _too_large(deal: Deal, door: DecidedBy, context: Context) -> bool:
    """To be decided by mail."""
    made = deal.package.current
    return door == "mail" and not by_mail(made.contract.quote.total if made else None, context.playbook.doors)


def decidable(deal: Deal, command: Asks, context: Context) -> tuple[Approval, Chain] | Refuse:
    """The one check of authority: may she decide this very request, of the package that she saw, and by whose right?"""
    approval = deal.approvals.approval(command.approval)
    if approval is None or deal.signals.yes is None:
        return Refuse("package.changed")
    if command.actor in (approval.asked_by, deal.opening.rep):
        return Refuse("approval.own_request")
    if deal.approvals.yes(approval) or deal.approvals.no(approval):
        return Refuse("approval.decided")
    if command.seen != deal.package.hash:
        return Refuse("package.changed")
    if deal.approvals.waits_for[approval.id]:
        return Refuse("approval.not_yet")
    house = house_of(deal, approval, context)
    if command.actor in house.barred:
        return Refuse("approval.once")
    chain = chain_to(approval, command.actor, house, deal.approvals.passed_on(approval, command.actor))
    if chain is not None:
        return approval, chain
    mine = command.actor == approval.person or within(approval, context.groups, context.playbook)
    return Refuse("approval.beyond_authority" if mine else "approval.not_yours")
