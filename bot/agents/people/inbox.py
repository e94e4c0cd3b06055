"""A person's requests: offered, shown, closed; what cannot be taken is answered at once."""

from typing import Literal

from bot.agents.people.routing import moment, route, told
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import AnswerOffer
from bot.streams.decision import NOTHING, Accept, Context, Decision, Fact, Link
from bot.streams.effects import Effect, RefreshTask, Tell
from bot.streams.ids import SYSTEM
from bot.streams.news.news import AskOwner
from bot.streams.person.delivery import TaskRouted
from bot.streams.person.person import (
    CloseTask,
    OfferTask,
    Person,
    PersonSeen,
    RecordPerson,
    RecordTaskPosted,
    Task,
    TaskChanged,
    TaskClosed,
    TaskOffered,
    TaskPosted,
)
from bot.streams.person.settings import PresenceSeen


def record(person: Person, command: RecordPerson, context: Context) -> Decision:
    known = person.profile
    if known == command.profile or (known is not None and known.updated > command.profile.updated):
        return NOTHING
    left = person.open if not command.profile.active else ()
    closed = tuple(TaskClosed(task_id=item.task.id, at=context.now) for item in left)
    answers = tuple(answer for item in left for answer in _back(item.task, "nobody_there", context))
    seen = PersonSeen(profile=command.profile)
    return Accept((seen, *closed), answers, (Link("slack.user", command.profile.user),))


def offer(person: Person, command: OfferTask, context: Context) -> Decision:
    """Somebody who left, or whom nobody knows, is no dead end: the deal hears of it and asks the next. So it is with
    who is away; her request waits in Home, and is told after all when there is nobody else."""
    task, book = command.task, context.playbook
    item = person.item(task.id)
    if item is not None and task.kind == "parked":
        changed = item.closed_at is None and item.task != task
        return Accept((TaskChanged(task=task),), (RefreshTask(task_id=task.id),)) if changed else NOTHING
    if item is not None:
        again = command.only_you and item.closed_at is None and not _told(person, task.id)
        return _tell(person, (), route(person, task, context.now, book), book) if again else NOTHING
    offered = TaskOffered(task=task, at=context.now)
    if person.profile is None or not person.profile.active:
        return Accept((offered, TaskClosed(task_id=task.id, at=context.now)), _back(task, "nobody_there", context))
    today = moment(person, context.now, book).at.date()
    if task.kind == "approval" and person.wishes.is_away(today) and not command.only_you:
        kept = TaskRouted(task_id=task.id, way="home", why="away", on=today)
        return Accept((offered, kept), _back(task, "away", context))
    return _tell(person, (offered,), route(person, task, context.now, book), book)


def close(person: Person, command: CloseTask, context: Context) -> Decision:
    item = person.item(command.task_id)
    if item is None or item.closed_at is not None:
        return NOTHING
    return Accept((TaskClosed(task_id=command.task_id, at=context.now),), (RefreshTask(task_id=command.task_id),))


def record_posted(person: Person, command: RecordTaskPosted, context: Context) -> Decision:
    posted = TaskPosted(task_id=command.task_id, channel=command.channel, ts=command.ts)
    seen = () if command.active is None else (PresenceSeen(active=command.active, at=context.now),)
    return Accept((posted, *seen))


def _tell(person: Person, facts: tuple[Fact, ...], routed: TaskRouted, book: Playbook) -> Decision:
    effects, deadlines = told(person, (routed,), book)
    return Accept((*facts, routed), effects, deadlines=deadlines)


def _told(person: Person, task_id: str) -> bool:
    """In a message, or about to be: held back for a bundle."""
    item = person.item(task_id)
    return bool(item and item.ts) or any(r.task_id == task_id for r in person.delivery.held)


def _back(task: Task, why: Literal["away", "nobody_there"], context: Context) -> tuple[Effect, ...]:
    if task.kind == "stale":
        return ()  # the next look around finds another owner
    if task.kind == "news":
        next_one = AskOwner(stream_id=task.deal, actor=SYSTEM)
        return (Tell(stream_id=task.deal, command="AskOwner", body=next_one.model_dump(mode="json")),)
    reason = context.playbook.word(f"offer.{why}")
    answer = AnswerOffer(
        stream_id=task.deal, actor=SYSTEM, task=task.id, taken=False, reason=reason, away=why == "away"
    )
    return (Tell(stream_id=task.deal, command=type(answer).__name__, body=answer.model_dump(mode="json")),)
