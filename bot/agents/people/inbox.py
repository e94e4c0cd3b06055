"""A person's requests: offered, shown, closed; what cannot be taken is answered at once."""

from bot.streams.deal.approvals import AnswerOffer
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link
from bot.streams.effects import Effect, PostTask, RefreshTask, Tell
from bot.streams.ids import SYSTEM
from bot.streams.person.person import (
    CloseTask,
    OfferTask,
    Person,
    PersonSeen,
    RecordPerson,
    RecordTaskPosted,
    Task,
    TaskClosed,
    TaskOffered,
    TaskPosted,
)


def record(person: Person, command: RecordPerson, context: Context) -> Decision:
    if person.profile == command.profile:
        return NOTHING
    left = person.open if not command.profile.active else ()
    closed = tuple(TaskClosed(task_id=item.task.id, at=context.now) for item in left)
    answers = tuple(_back(item.task, context) for item in left)
    seen = PersonSeen(profile=command.profile)
    return Accept((seen, *closed), answers, (Link("slack.user", command.profile.user),))


def offer(person: Person, command: OfferTask, context: Context) -> Decision:
    """Somebody who left, or whom nobody knows, is no dead end: the deal hears of it and asks the next."""
    task = command.task
    if person.item(task.id) is not None:
        return NOTHING
    offered = TaskOffered(task=task, at=context.now)
    if person.profile is None or not person.profile.active:
        return Accept((offered, TaskClosed(task_id=task.id, at=context.now)), (_back(task, context),))
    return Accept((offered,), (PostTask(task_id=task.id),))


def close(person: Person, command: CloseTask, context: Context) -> Decision:
    item = person.item(command.task_id)
    if item is None or item.closed_at is not None:
        return NOTHING
    return Accept((TaskClosed(task_id=command.task_id, at=context.now),), (RefreshTask(task_id=command.task_id),))


def record_posted(person: Person, command: RecordTaskPosted, context: Context) -> Decision:
    return Accept((TaskPosted(task_id=command.task_id, channel=command.channel, ts=command.ts),))


def _back(task: Task, context: Context) -> Effect:
    reason = context.playbook.word("offer.nobody_there")
    answer = AnswerOffer(stream_id=task.deal, actor=SYSTEM, task=task.id, taken=False, reason=reason)
    return Tell(stream_id=task.deal, command=type(answer).__name__, body=answer.model_dump(mode="json"))
