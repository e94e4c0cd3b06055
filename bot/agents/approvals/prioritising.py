"""A critical deal: it asks the company for one of the few places, and what follows when it has one, or yields it."""

from collections.abc import Iterator
from datetime import timedelta

from bot.agents.approvals.asking import overdue, task
from bot.agents.approvals.plan import next_of
from bot.figures.critical import claim_of
from bot.figures.hours import add_business_hours
from bot.figures.waiting import window
from bot.streams.company.priorities import Claim, ClaimPriority, EndPriority
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.priority import (
    AddHands,
    CameLater,
    ComeLater,
    CriticalMarked,
    EndLater,
    GivePriority,
    HandAdded,
    LaterOver,
    MarkCritical,
    PriorityClaimed,
    PriorityEnded,
    PriorityGiven,
    PriorityYielded,
    WeighPriority,
    YieldPriority,
    hands,
    weighing,
)
from bot.streams.deal.withdrawing import asked_of
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Link, Refuse
from bot.streams.effects import Effect, PostNote, Tell
from bot.streams.ids import COMPANY, SYSTEM
from bot.streams.person.person import RankTask, Task
from bot.streams.tell import close, offer, tell, whoever

DAY = timedelta(days=1)


def weigh(deal: Deal, command: WeighPriority, context: Context) -> Decision:
    """Its claim, as the deal is now; looked at again a day later, while somebody has still to decide."""
    found, before = claim_of(deal, context), deal.priority.claim
    again = (weighing(deal.id, context.now + DAY),)
    if isinstance(found, Claim):
        if found == before:
            return Accept((), deadlines=again)
        asked = ClaimPriority(stream_id=COMPANY, actor=SYSTEM, claim=found)
        return Accept((PriorityClaimed(claim=found),), (_tell(asked), *_ranked(deal, found.score)), deadlines=again)
    looks = again if found in ("ordinary", "unmarked") else ()
    if before is None:
        return Accept((), deadlines=looks)
    ended = PriorityEnded(why=found, at=context.now)
    over = EndPriority(stream_id=COMPANY, actor=SYSTEM, deal=deal.id, why=found)
    note = _note(deal, f"priority.over_{found}", {}) if deal.priority.held else ()
    done = (close(deal.opening.rep, place_task(deal, deal.priority.told).id),) if deal.priority.told else ()
    return Accept((ended,), (_tell(over), *_ranked(deal, 0), *note, *done), deadlines=looks)


def mark(deal: Deal, command: MarkCritical, context: Context) -> Decision:
    """Critical by a manager's word, or ordinary whatever the rows say. What is decided already needs no priority."""
    if not command.reason.strip():
        return Refuse("critical.no_reason")
    if deal.opportunity is None or (command.yes and deal.approvals.asked and not deal.approvals.open):
        return Refuse("critical.nothing_open")
    before = deal.priority.marked
    if before is not None and (before.yes, before.reason) == (command.yes, command.reason):
        return NOTHING
    fact = CriticalMarked(yes=command.yes, by=command.actor, reason=command.reason.strip(), at=context.now)
    words = {"by": command.actor, "reason": fact.reason}
    note = _note(deal, "priority.marked" if command.yes else "priority.unmarked", words)
    return Accept((fact,), note, deadlines=(weighing(deal.id, context.now),))


def give(deal: Deal, command: GivePriority, context: Context) -> Decision:
    """Its requests go first from now on, the next who may is asked earlier, and others may help at once."""
    claim = deal.priority.claim
    if claim is None or deal.priority.held:
        return NOTHING
    given = PriorityGiven(over=command.over, at=context.now)
    about = "priority.given_over" if command.over else "priority.given"
    note = _note(
        deal, about, {"why": claim.why, "over": command.over, "until": f"{claim.until_on.day} {claim.until_on:%b %Y}"}
    )
    looks = tuple(look for approval in deal.approvals.due for look in _looks(deal, approval, context))
    told = _owner(deal, f"Critical: {deal.customer}")
    return Accept((given,), (*_ranked(deal, claim.score, held=True), *note, *told), deadlines=looks)


def give_up(deal: Deal, command: YieldPriority, context: Context) -> Decision:
    if not deal.priority.held:
        return NOTHING
    fact = PriorityYielded(to=command.to, why=command.why, at=context.now)
    note = _note(deal, "priority.yielded", {"to": command.to, "why": command.why})
    told = _owner(deal, f"Yields to {command.to}: {deal.customer}")
    return Accept((fact,), (*_ranked(deal, 0), *note, *told))


def add_hands(deal: Deal, command: AddHands, context: Context) -> Decision:
    """At most so many for one deal, and nobody who has much to decide already: others wait on her, too."""
    rules = context.playbook.critical
    approval = next((a for a in deal.approvals.due if a.id == command.approval), None)
    helped = {hand.approval for hand in deal.priority.hands}
    if approval is None or not deal.priority.held or approval.id in helped or approval.stuck:
        return NOTHING
    open_ids = {each.id for each in deal.approvals.open}
    if sum(hand.approval in open_ids for hand in deal.priority.hands) >= rules.hands:
        return NOTHING
    busy = {c.person for c in context.reads.colleagues if c.open_tasks >= rules.hands_below_open}
    found = next_of(deal, approval, context, {*deal.approvals.holders(approval), *busy})
    if found is None:
        return NOTHING
    added = HandAdded(
        approval=approval.id, person=found.person, beside=approval.person, lent=found.lent, at=context.now
    )
    note = _note(deal, "priority.hands", {"title": approval.title, "to": found.person, "who": approval.person})
    return Accept((added,), (offer(found.person, task(deal, approval)), *note))


def come_later(deal: Deal, command: ComeLater, context: Context) -> Decision:
    """Its owner is told once of each critical deal, with her other news; nothing when it is decided by now."""
    known = any(each.of == command.of for each in deal.priority.later)
    approval = next((a for a in deal.approvals.open if a.id == command.approval), None)
    if approval is None or known or deal.priority.held:
        return NOTHING
    told = command.model_dump(include={"approval", "of", "first", "person"})
    who = context.reads.colleague(command.person)
    calendar = context.playbook.calendar_of(who.time_zone if who else "")
    hours = timedelta(hours=context.playbook.critical.waits_hours)
    end = Deadline(
        f"later.{command.of}",
        add_business_hours(context.now, hours, calendar) + DAY,
        EndLater(stream_id=deal.id, actor=SYSTEM, of=command.of),
    )
    fact = CameLater(**told, at=context.now)
    return Accept((fact,), (offer(deal.opening.rep, later_task(deal, fact)),), deadlines=(end,))


def end_later(deal: Deal, command: EndLater, context: Context) -> Decision:
    found = next((each for each in deal.priority.later if each.of == command.of), None)
    if found is None:
        return NOTHING
    return Accept((LaterOver(of=command.of, at=context.now),), (close(deal.opening.rep, later_task(deal, found).id),))


def later_task(deal: Deal, told: CameLater) -> Task:
    title = f"{deal.customer} comes after {told.first}"
    return Task(id=f"{deal.id}:later-{told.of}", deal=deal.id, kind="later", about=told.of, title=title)


def place_task(deal: Deal, no: int, title: str = "") -> Task:
    """News of the deal's place for its owner; the newest alone is open."""
    return Task(id=f"{deal.id}:place-{no}", deal=deal.id, kind="place", about=str(no), title=title)


def _owner(deal: Deal, title: str) -> tuple[Effect, ...]:
    """Told as she wants to be told; what she was told before is over."""
    no, rep = deal.priority.told, deal.opening.rep
    before = (close(rep, place_task(deal, no).id),) if no else ()
    return (*before, offer(rep, place_task(deal, no + 1, title)))


def _looks(deal: Deal, approval: Approval, context: Context) -> Iterator[Deadline]:
    """Beside her at once; and the next who may as soon as a critical deal's share of the time is over."""
    yield hands(deal.id, approval.id, context.now)
    at = window(deal, approval, context).at(context.playbook.critical.escalates_at)
    yield overdue(deal, approval, max(at, context.now))


def _ranked(deal: Deal, score: int, held: bool = False) -> Iterator[Effect]:
    """The requests that are out stand where they belong now; of a deal without a place they are ordinary ones."""
    if not held and not deal.priority.held:
        return
    for approval in deal.approvals.due:
        for who in asked_of(deal, approval):
            ranked = RankTask(
                stream_id=whoever("person"), actor=SYSTEM, task_id=task(deal, approval).id, priority=score
            )
            yield tell(Link("slack.user", who), "person", ranked)


def _note(deal: Deal, about: str, words: dict[str, str]) -> tuple[Effect, ...]:
    """For everybody in the deal's channel; its owner is named, so that she sees it."""
    if not deal.opening.channel:
        return ()
    return (PostNote(about=about, words={"rep": deal.opening.rep, **words}),)


def _tell(command: ClaimPriority | EndPriority) -> Tell:
    return Tell(stream_id=COMPANY, command=type(command).__name__, body=command.model_dump(mode="json"))
