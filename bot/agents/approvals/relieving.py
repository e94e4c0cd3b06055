"""Every few minutes each request is looked at: is it in a bottleneck, why, and what relief does the playbook allow?

Who may decide is asked of the same rule as ever, so that no relief gives authority; whoever had the request keeps her
right. What is escalated, or about to be, is left to that. In a deal of high risk nothing is asked at the same time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.agents.approvals.asking import asked_now, stuck_task, watched
from bot.agents.approvals.bottlenecks import Look
from bot.agents.approvals.choosing import Candidate, back, fallback
from bot.agents.approvals.deciding import begun
from bot.agents.approvals.escalating import row_of
from bot.agents.approvals.house import house_of
from bot.agents.approvals.plan import moved_to
from bot.figures.bottlenecks import Signs, Wait, absence, class_of, ends_at
from bot.figures.hours import add_business_hours, business_minutes
from bot.playbook.bottlenecks import POLICY, REP, BottleneckClass, Relief
from bot.playbook.wording import fill
from bot.streams.deal.approvals import ApprovalFreed
from bot.streams.deal.bottlenecks import WHO, BottleneckSeen, LookForBottlenecks
from bot.streams.deal.deal import Deal, fold
from bot.streams.deal.withdrawing import closed, told_no_more
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import Effect, PostNote
from bot.streams.tell import offer

FREE_OF_MOVING = frozenset({"parallelise"})  # what may be done besides an escalation


@dataclass(frozen=True, slots=True)
class Found:
    """The class that holds of a request, and all that is known of it."""

    kind: BottleneckClass
    look: Look
    signs: Signs
    since: datetime


def look(deal: Deal, command: LookForBottlenecks, context: Context) -> Decision:
    """Each class is relieved once of each request and of whom it waits on, and told once: nothing goes to and fro."""
    state = deal.approvals
    if not state.due or deal.signals.yes is None or state.refused:
        return NOTHING
    again = watched(deal, (each.person for each in state.due), context)
    if deal.opening.paused is not None:
        return Accept((), deadlines=again)
    made = Accept(())
    for approval in state.due:
        found = _relieved(Look(deal, approval, context), command.since)
        if found is not None:
            deal = fold(deal, found.facts)  # type: ignore[arg-type]
            made = _both(made, found)
    return replace(made, deadlines=(*made.deadlines, *again))


def _relieved(look: Look, since: datetime) -> Accept | None:
    """The first class that holds and of which something can be done."""
    signs, rules = look.signs(), look.context.playbook.bottlenecks
    done, told = look.deal.bottlenecks.seen(look.approval.id, look.approval.person)
    while (kind := class_of(signs, rules, done)) is not None:
        done = done | {kind.id}
        if _escalates(look) and kind.relief not in FREE_OF_MOVING:
            continue
        found = RELIEFS[kind.relief](Found(kind, look, signs, since))
        if found is not None and not (kind.id in told and _only_told(found)):
            return found
    return None


def _only_told(found: Accept) -> bool:
    return any(isinstance(fact, BottleneckSeen) and fact.relief == "recommend" for fact in found.facts)


def _escalates(look: Look) -> bool:
    """It went on by an escalation, or is about to."""
    if look.deal.escalations.of(look.approval.id):
        return True
    return look.time.at(row_of(look.deal, look.context).at) <= look.context.now


def _reassigned(found: Found) -> Accept | None:
    others = found.look.others
    return _moved(found, others[0]) if others else _recommended(found)


def _split(found: Found) -> Accept | None:
    """Her queue beyond a day's work, in turn to those who are free: one place each."""
    look = found.look
    if not look.free:
        return _recommended(found)
    return _moved(found, look.free[(look.place - look.decides_a_day - 1) % len(look.free)])


def _moved(found: Found, to: Candidate) -> Accept | None:
    """Only where that is expected to win enough."""
    look, context = found.look, found.look.context
    without = _without(found, to)
    won = business_minutes(to.ends_at, without, look.time.calendar) if without > to.ends_at else 0
    if won < context.playbook.bottlenecks.least_won_minutes:
        return None
    before = {"why": "bottleneck", "before": look.approval.person}
    moved = moved_to(look.approval, to, found.kind.says, context).model_copy(update=before)
    fact = _fact(found).model_copy(update={"to": to.person, "without_at": without, "takes": to.expected.minutes})
    asked, deadlines = asked_now(look.deal, ((look.approval, to.person),), context)
    gone = told_no_more(look.deal, look.approval) if look.may_decide else closed(look.deal, (look.approval,))
    note = PostNote(about="approval.moved", words={"title": look.approval.title, "reason": found.kind.says})
    return Accept((moved, fact), (*gone, *asked, note), deadlines=deadlines)


def _parallel(found: Found) -> Accept | None:
    look, context = found.look, found.look.context
    if not look.behind:
        return _recommended(found)
    rest = min(ends_at(context.now, Wait(0, look.rest), look.time.calendar), max(look.time.until, context.now))
    state = look.deal.approvals
    freed = [
        ApprovalFreed(approval=a.id, after=tuple(n for n in a.after if n not in state.waits_for[a.id]), at=context.now)
        for a in look.behind
    ]
    begins = tuple(begun(a, context) for a in look.behind)
    now = [a.model_copy(update={"by_when": b.by_when}) for a, b in zip(look.behind, begins, strict=True)]
    asked, deadlines = asked_now(look.deal, ((a, a.person) for a in now), context)
    takes = max(look.usual_of(a, a.person) for a in now)
    without = add_business_hours(rest, timedelta(minutes=takes), look.time.calendar)
    told = {"freed": tuple(a.id for a in now), "without_at": without, "takes": takes}
    notes = (PostNote(about="approval.freed", words={"title": a.title, "before": look.approval.title}) for a in now)
    return Accept((*freed, *begins, _fact(found).model_copy(update=told)), (*asked, *notes), deadlines=deadlines)


def _recommended(found: Found) -> Accept | None:
    """Put before whoever can do something about it; what is told once a month is only kept."""
    look, fact = (
        found.look,
        _fact(found).model_copy(update={"relief": "recommend", "advice": found.kind.advice, "does": found.kind.does}),
    )
    if found.kind.tells == "monthly":
        return Accept((fact,))
    owner = owner_of(found.kind, look)
    task = stuck_task(look.deal, look.approval, found.kind.id)
    note = PostNote(
        about="approval.stuck_in", words={"title": look.approval.title, "why": found.kind.says, "by": owner}
    )
    told: tuple[Effect, ...] = (offer(owner, task, only_you=True), note)
    return Accept((fact.model_copy(update={"owner": owner}),), told)


def owner_of(kind: BottleneckClass, look: Look) -> str:
    """Whose deal it is, who holds the role, or who may override the policy."""
    rep, context = look.deal.opening.rep, look.context
    if kind.owner == REP:
        return rep
    if kind.owner != POLICY:
        groups, today = context.playbook.groups_of(kind.owner), context.now.date()
        holders = [c for c in context.reads.colleagues if c.groups & groups and c.person != rep]
        found = min(holders, key=lambda c: (c.is_away(today), c.open_tasks, c.person), default=None)
        if found is not None:
            return found.person
    owner = fallback(house_of(look.deal, look.approval, context), context)
    return owner.person if owner else look.approval.person


def _without(found: Found, next_one: Candidate) -> datetime:
    """When it would be decided if nothing were done: never later than by whom it would go to when its time is over."""
    look, context = found.look, found.look.context
    who = context.reads.colleague(look.approval.person)
    begins, away = back(who, context.now, context) if who else (context.now, False)
    days = (look.place - 1) // look.decides_a_day
    stays = ends_at(begins, Wait(days, look.usual if away else look.rest), look.time.calendar)
    goes_on = max(look.time.at(row_of(look.deal, context).at), context.now)
    calendar = context.playbook.calendar_of(next_one.colleague.time_zone)
    escalated = add_business_hours(goes_on, timedelta(minutes=next_one.expected.minutes), calendar)
    return min(stays, escalated) if look.may_decide else escalated


def _fact(found: Found) -> BottleneckSeen:
    kind, look = found.kind, found.look
    words: dict[str, str] = {str(name): str(value) for name, value in found.signs.items()}
    words |= {"who": WHO, "a_day": str(look.decides_a_day), "evidence": "; ".join(look.approval.evidence)}
    words["absence"] = absence(found.signs["away_days"])
    return BottleneckSeen(
        bottleneck=kind.id,
        line=kind.line,
        approval=look.approval.id,
        rule=look.approval.rule,
        person=look.approval.person,
        cause=fill(kind.cause, words),
        signs={str(name): value for name, value in found.signs.items()},
        relief=kind.relief,
        since=found.since,
        at=look.context.now,
        how=kind.without,
    )


def _both(one: Accept, other: Accept) -> Accept:
    return Accept(
        (*one.facts, *other.facts), (*one.effects, *other.effects), deadlines=(*one.deadlines, *other.deadlines)
    )


RELIEFS: dict[Relief, Callable[[Found], Accept | None]] = {
    "reassign": _reassigned,
    "split": _split,
    "parallelise": _parallel,
    "recommend": _recommended,
}
