"""Who must say yes: the policy's rules over the deal's facts, each with the person who may decide and why."""

from datetime import timedelta

from bot.agents.approvals.asking import closed, ready, task
from bot.agents.approvals.authority import may_decide
from bot.figures.clauses import granted
from bot.figures.conditions import Facts, explain, holds
from bot.figures.deal_facts import deal_facts
from bot.figures.hours import add_business_hours
from bot.playbook.conditions import FactName
from bot.playbook.selling import ApprovalRule
from bot.streams.deal.approvals import (
    AnswerOffer,
    Approval,
    ApprovalMoved,
    ApprovalsPlanned,
    PlanApprovals,
)
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.quote import Quote
from bot.streams.decision import NOTHING, Accept, Colleague, Context, Decision, Refuse
from bot.streams.effects import PostNote, PostPackage, PostPlan
from bot.streams.ids import digest
from bot.streams.tell import offer


def plan(deal: Deal, command: PlanApprovals, context: Context) -> Decision:
    made = deal.package.current
    if made is None or made.version != command.version or deal.signals.yes is None:
        return NOTHING
    wanted = tuple(_approvals(deal, made.contract, context))
    if any(not approval.person for approval in wanted):
        return Refuse("approvals.nobody")
    planned = ApprovalsPlanned(version=command.version, approvals=wanted, at=context.now)
    waiting = tuple(a for a in wanted if deal.approvals.yes(a) is None)
    shown = (PostPackage(version=command.version), PostPlan(version=command.version))
    if not waiting:
        facts, effects = ready(deal, context)
        return Accept((planned, *facts), (*shown, *effects))
    asked = tuple(offer(a.person, task(deal, a)) for a in waiting)
    return Accept((planned,), (*shown, *asked))


def answer_offer(deal: Deal, command: AnswerOffer, context: Context) -> Decision:
    """The one who was chosen cannot: the next who may is asked, and the plan says so."""
    approval = next((a for a in deal.approvals.open if task(deal, a).id == command.task), None)
    if command.taken or approval is None:
        return NOTHING
    others = tuple(_able(deal, approval, context, without=approval.person))
    if not others and command.away:
        kept = ApprovalMoved(approval=approval.id, person=approval.person, reason=command.reason)
        return Accept((kept,), (offer(approval.person, task(deal, approval), only_you=True),))
    if not others:
        return Refuse("approvals.nobody")
    person = _least_loaded(others).person
    moved = ApprovalMoved(approval=approval.id, person=person, reason=command.reason)
    note = PostNote(about="approval.moved", words={"title": approval.title, "reason": command.reason})
    left = closed(deal, (approval,)) if command.away else ()
    return Accept((moved,), (*left, offer(person, task(deal, approval)), note))


def _approvals(deal: Deal, contract: Contract, context: Context) -> list[Approval]:
    facts = deal_facts(deal, contract.quote, context)
    fired = [rule for rule in context.playbook.approvals.rules if holds(rule.when, facts)]
    return [_approval(deal, contract, rule, _why(rule, contract, facts), context) for rule in fired]


def _why(rule: ApprovalRule, contract: Contract, facts: Facts) -> str:
    asked = granted(contract.clauses, rule.role) if _of_clauses(rule) else ""
    return asked or explain(rule.when, facts)


def _of_clauses(rule: ApprovalRule) -> bool:
    return any(condition.fact is FactName.CLAUSE_GRANTS for condition in rule.when)


def _approval(deal: Deal, contract: Contract, rule: ApprovalRule, why: str, context: Context) -> Approval:
    draft = Approval(
        id=f"{contract.quote.version}-{rule.id}",
        rule=rule.id,
        kind=rule.kind,
        title=rule.title,
        line=rule.line,
        why=why,
        asked=_of(contract, rule.role) if _of_clauses(rule) else _asked(rule.kind, contract.quote),
        role=rule.role,
        person="",
        by_when=context.now,
        asked_by=deal.opening.rep,
    )
    given = deal.approvals.yes(draft)
    before = next((a for a in deal.approvals.asked if a.subject == draft.subject), None)
    able = _able(deal, draft, context)
    if given and before:
        return draft.model_copy(update={"person": before.person, "by_when": before.by_when})
    if not able:
        return draft
    chosen = _least_loaded(able)
    hours = timedelta(hours=rule.deadline_hours)
    by_when = add_business_hours(context.now, hours, context.playbook.calendar_of(chosen.time_zone))
    return draft.model_copy(update={"person": chosen.person, "by_when": by_when})


def _asked(kind: str, quote: Quote) -> int:
    """What the request is about, as one number: a change of it asks again."""
    numbers = {"discount": quote.discount, "payment": quote.payment_days, "margin": quote.margin}
    return numbers.get(kind, quote.total.minor)


def _of(contract: Contract, role: str) -> int:
    """The clauses that the role is asked to grant, as one number: other clauses ask again, another price does not."""
    return int(digest(*(f"{use.clause}:{use.rung}" for use in contract.clauses if use.granted_by == role))[:12], 16)


def _able(deal: Deal, approval: Approval, context: Context, without: str = "") -> list[Colleague]:
    """Of the role that the policy names; when it has nobody left, whoever else has the authority."""
    book, people = context.playbook, context.reads.colleagues
    others = (c for c in people if c.person not in (deal.opening.rep, without))
    able = [c for c in others if may_decide(approval, c.person, c.groups, book)]
    named = [c for c in able if c.groups & book.groups_of(approval.role)]
    return named or able


def _least_loaded(able: list[Colleague] | tuple[Colleague, ...]) -> Colleague:
    return min(able, key=lambda c: (c.open_tasks, c.person))
