"""Who must say yes: the policy's rules over the deal's facts, each with the person who may decide and why."""

from collections.abc import Iterable
from dataclasses import replace

from bot.agents.approvals.asking import asked_now, ready, seen_at, task
from bot.agents.approvals.beforehand import said_before
from bot.agents.approvals.choosing import Candidate, Choice, Setting, back_on, choose
from bot.agents.approvals.house import house_of
from bot.agents.approvals.planning import DEFAULT_HOURS, Asker, Planned, plan_of
from bot.figures.reapproval import needs_of
from bot.playbook.approving import ApprovalRule
from bot.streams.deal.approvals import (
    POLICY,
    AnswerOffer,
    Approval,
    ApprovalGranted,
    ApprovalMoved,
    ApprovalsPlanned,
    PlanApprovals,
)
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.overrides import ApprovalEnded
from bot.streams.deal.priority import weighing
from bot.streams.deal.withdrawing import closed
from bot.streams.decision import NOTHING, Accept, Context, Decision, Fact, Refuse
from bot.streams.effects import Effect, PostNote, PostPackage, PostPlan
from bot.streams.tell import offer

RISING = frozenset({"discount", "payment", "amount"})  # where less than what was granted is less of a risk


def plan(deal: Deal, command: PlanApprovals, context: Context) -> Decision:
    made = deal.package.current
    if made is None or made.version != command.version or deal.signals.yes is None:
        return NOTHING
    needs = needs_of(deal, made.contract, context)
    deal, ended = _without_own(deal, context)
    kept = {a.subject: a for a in reversed(deal.approvals.asked) if deal.approvals.yes(a) is not None}
    planned = plan_of(needs, asker_of(deal, made.contract, context), context, kept)
    if any(not each.approval.person for each in planned):
        return Refuse("approvals.nobody")
    wanted = tuple(each.approval for each in planned)
    told = command.model_dump(include={"version", "support"})
    fact = ApprovalsPlanned(**told, approvals=wanted, at=context.now, risk=needs.risk)
    refused = {no.approval for no in deal.approvals.still_refused(made.version, wanted)}
    given = tuple(y for each in wanted if each.id not in refused and (y := _given(deal, each, made.hash, context)))
    facts = (*ended, fact, *given, *_elsewhere(planned, context))
    shown = (PostPackage(version=command.version), PostPlan(version=command.version))
    done = {yes.approval for yes in given}
    open_ids = {a.id for a in wanted if a.id not in done and deal.approvals.yes(a) is None}
    if not open_ids:
        more, effects = ready(deal, context)
        look_again = (weighing(deal.id, context.now),) if deal.priority.claim else ()
        return Accept((*facts, *more), (*shown, *effects), deadlines=look_again)
    left = [each for each in planned if each.approval.id in open_ids - refused]
    due = [each for each in left if not open_ids & set(each.approval.after)]
    asked, deadlines = asked_now(deal, ((each.approval, person_of(each)) for each in due), context)
    look = weighing(deal.id, context.now)
    return Accept(facts, (*shown, *asked, *_notes(planned)), deadlines=(*deadlines, look))


def asker_of(deal: Deal, contract: Contract, context: Context) -> Asker:
    """An urgent deal gives its approvers the share of the time that the policy says."""
    urgent, opportunity = context.playbook.approvals.urgent, deal.opportunity
    days = (opportunity.close_on - context.now.date()).days if opportunity else urgent.days
    share = urgent.share_of_deadline // 100 if 0 <= days < urgent.days else 100
    return Asker(deal.opening.rep, contract.quote.total, f"{contract.quote.version}-", share)


def answer_offer(deal: Deal, command: AnswerOffer, context: Context) -> Decision:
    """The one who was chosen cannot: the next who may is asked, and the plan says so."""
    approval = next((a for a in deal.approvals.due if task(deal, a).id == command.task), None)
    if command.taken or approval is None or command.person not in ("", approval.person):
        return NOTHING
    found = next_of(deal, approval, context, {approval.person})
    if found is None and command.away:
        kept = ApprovalMoved(approval=approval.id, person=approval.person, reason=command.reason, at=context.now)
        seen = (seen_at(deal, context.now, context),)
        return Accept((kept,), (offer(approval.person, task(deal, approval), only_you=True),), deadlines=seen)
    if found is None:
        return Refuse("approvals.nobody")
    moved = moved_to(approval, found, command.reason, context).model_copy(
        update={
            "why": "away" if command.away else "",
            "before": approval.person,
            "back_on": back_on(approval.person, context),
        }
    )
    note = PostNote(about="approval.moved", words={"title": approval.title, "reason": command.reason})
    left = closed(deal, (approval,)) if command.away else ()
    return Accept((moved,), (*left, offer(found.person, task(deal, approval)), note))


def next_of(deal: Deal, approval: Approval, context: Context, without: Iterable[str]) -> Candidate | None:
    """Who else may decide this request and is there; the policy's owner when nobody may and somebody must know."""
    choice = choice_of(deal, approval, context, without)
    if choice is None or choice.taken.away or choice.stuck:
        return None
    return choice.taken


def choice_of(deal: Deal, approval: Approval, context: Context, without: Iterable[str]) -> Choice | None:
    rule = context.playbook.approvals.rule(approval.rule) or _as_asked(approval)
    house = house_of(deal, approval, context)
    return choose(approval, Setting(rule, context.now, house, context, {}, frozenset(without)))


def moved_to(approval: Approval, to: Candidate, reason: str, context: Context) -> ApprovalMoved:
    return ApprovalMoved(approval=approval.id, person=to.person, reason=reason, lent=to.lent, at=context.now)


def person_of(planned: Planned) -> str:
    return planned.choice.taken.person if planned.choice else planned.approval.person


def _elsewhere(planned: Iterable[Planned], context: Context) -> Iterable[Fact]:
    """Whom the policy means is away: somebody stands in for her from the beginning."""
    for each in planned:
        if each.choice is not None and each.choice.taken is not each.choice.first:
            reason = context.playbook.word("offer.away")
            moved = moved_to(each.approval, each.choice.taken, reason, context)
            first = each.choice.first.person
            yield moved.model_copy(update={"why": "away", "before": first, "back_on": back_on(first, context)})


def _notes(planned: Iterable[Planned]) -> Iterable[Effect]:
    for each in planned:
        if each.choice is not None and each.choice.stuck:
            yield PostNote(about="approval.stuck", words={"title": each.approval.title, "by": each.approval.person})


def _without_own(deal: Deal, context: Context) -> tuple[Deal, tuple[ApprovalEnded, ...]]:
    """A yes of who owns the deal by now is none: the deal went to her after she gave it."""
    own = deal.approvals.own(deal.opening.rep)
    left = tuple(grant for grant in deal.approvals.granted if grant not in own)
    ended = tuple(ApprovalEnded(subject=grant.subject, why="own_deal", at=context.now) for grant in own)
    return replace(deal, approvals=replace(deal.approvals, granted=left)), ended


def _given(deal: Deal, approval: Approval, seen: str, context: Context) -> ApprovalGranted | None:
    """By the policy itself, or by an exception that covers it; None where a person decides, or has."""
    if deal.approvals.yes(approval) is not None:
        return None
    yes = ApprovalGranted(
        approval=approval.id,
        subject=approval.subject,
        by=POLICY,
        at=context.now,
        hash=seen,
        way="policy",
        reason=approval.auto,
    )
    if approval.auto:
        return yes
    if (before := said_before(deal, approval, seen, context)) is not None:
        return before
    today, rep = context.now.date(), deal.opening.rep
    standing = (e for e in deal.approvals.exceptions if e.covers(approval.rule, approval.asked, today) and e.by != rep)
    found = next(standing, None) if approval.kind in RISING else None
    if found is None:
        return None
    told = {"by": found.by, "way": "exception", "reason": found.reason, "until_on": found.until_on}
    return yes.model_copy(update=told)


def _as_asked(approval: Approval) -> ApprovalRule:
    """A request of a rule that the policy has no more is decided as it was asked."""
    return ApprovalRule.model_construct(
        id=approval.rule,
        kind="amount",
        title=approval.title,
        line=approval.line,
        when=(),
        role=approval.role,
        deadline_hours=DEFAULT_HOURS,
        look_minutes=max(approval.look_minutes, 1),
    )
