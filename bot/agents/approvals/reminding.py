"""When an approver is reminded, and of what: the one the deal waits on longest first, one new thing each time."""

from collections.abc import Mapping
from datetime import timedelta

from bot.agents.approvals.asking import reminder, task
from bot.agents.approvals.planning import DEFAULT_HOURS
from bot.figures.pace import expected
from bot.figures.reminding import Due, moments, now_due, record_of, told
from bot.figures.waiting import window
from bot.playbook.reminding import Tone
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.reminders import ApproverReminded, RemindApprover
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link
from bot.streams.effects import Effect
from bot.streams.ids import SYSTEM
from bot.streams.person.reminding import Remind, Reminder
from bot.streams.tell import tell, whoever

WAITS = timedelta(hours=1)  # between two looks, while she waits for an answer herself
RISING: tuple[Tone, ...] = ("gentle", "firm", "last")


def remind(deal: Deal, command: RemindApprover, context: Context) -> Decision:
    """Nobody is reminded of what is decided, waits for another, or will be priced anew."""
    approval = next((a for a in deal.approvals.due if a.id == command.approval), None)
    if approval is None or deal.signals.yes is None or deal.approvals.refused:
        return NOTHING
    if deal.asking_back.waits(approval.subject, approval.person):
        return Accept((), deadlines=(reminder(deal, approval, context.now + WAITS),))
    times = _times(deal, approval, context)
    later = next((reminder(deal, approval, due.at) for due in times if due.at > context.now), None)
    again = (later,) if later else ()
    sent = deal.reminders.of(approval.id, approval.person)
    due = now_due(times, [each.tone for each in sent], context.now)
    if due is None or deal.opening.paused or (due.tone == "gentle" and not _waits_longest(deal, approval)):
        return Accept((), deadlines=again)
    fact = _reminded(deal, approval, due.tone, context)
    return Accept((fact,), (_tell(deal, approval, fact),), deadlines=again)


def remind_now(deal: Deal, approval: Approval, context: Context) -> tuple[str, Accept] | None:
    """By the rep's word: who is reminded, and what follows. None when the last reminder has gone out."""
    sent = deal.reminders.of(approval.id, approval.person)
    tone: Tone | None = next((each for each in RISING if each not in [s.tone for s in sent]), None)
    if tone is None:
        return None
    fact = _reminded(deal, approval, tone, context)
    return approval.person, Accept((fact,), (_tell(deal, approval, fact),))


def news(deal: Deal, approval: Approval) -> Mapping[str, tuple[str, ...]]:
    """What can be told of the deal at this moment: of each, the words for it."""
    state = deal.approvals
    waiting = tuple(a.title for a in state.open if approval.id in state.waits_for[a.id])
    done = sum(1 for a in state.asked if state.yes(a) is not None)
    found = {
        "waits": waiting or ((deal.customer,) if len(state.open) == 1 else ()),
        "others": (str(done), str(len(state.asked))) if done else (),
        "date": (deal.opportunity.close_on.isoformat(),) if deal.opportunity else (),
        "instead": approval.others[:1],
    }
    return {name: words for name, words in found.items() if words}


def _times(deal: Deal, approval: Approval, context: Context) -> tuple[Due, ...]:
    """From when it came to her. Who has a record gets it by that."""
    book, time = context.playbook, window(deal, approval, context)
    rule, paces = book.approvals.rule(approval.rule), context.reads.paces
    usual = expected(rule, approval.person, 0, paces, book.approvals.pacing).minutes if rule else DEFAULT_HOURS * 60
    return moments(time, usual, book.reminders)


def _waits_longest(deal: Deal, approval: Approval) -> bool:
    """Of several at once, the one who is expected to be the last."""
    last = max(deal.approvals.due, key=lambda a: (a.expected_at or a.by_when, a.id))
    return last.id == approval.id


def _reminded(deal: Deal, approval: Approval, tone: Tone, context: Context) -> ApproverReminded:
    """With one thing that she was not told yet, of the kind that helped her before."""
    book, person = context.playbook.reminders, approval.person
    before = [sent.tells for sent in deal.reminders.of(approval.id, person)]
    record = record_of(person, context.reads.reminded, book)
    tells = told(news(deal, approval), before, record, f"{task(deal, approval).id}:{tone}", book)
    return ApproverReminded(approval=approval.id, person=person, tone=tone, tells=tells, at=context.now)


def _tell(deal: Deal, approval: Approval, fact: ApproverReminded) -> Effect:
    about = Reminder(task_id=task(deal, approval).id, tone=fact.tone, tells=fact.tells)
    command = Remind(stream_id=whoever("person"), actor=SYSTEM, about=about)
    return tell(Link("slack.user", approval.person), "person", command)
