"""A person's requests: offered, shown, closed; what cannot be taken is answered at once."""

from dataclasses import replace

from bot.agents.people import doors, reminding
from bot.agents.people.answering import back
from bot.agents.people.feedback import lately
from bot.agents.people.leaving import absent, by_status
from bot.agents.people.ranking import passed
from bot.agents.people.routing import moment, route, told
from bot.playbook.schema import Playbook
from bot.streams.decision import NOTHING, Accept, Context, Decision, Fact, Link, Refuse
from bot.streams.effects import Effect, RefreshTask
from bot.streams.person.codes import RequestShown, ShowRequest
from bot.streams.person.delivery import RecordTaskPosted, TaskRouted
from bot.streams.person.person import (
    CloseTask,
    Inbox,
    OfferTask,
    Person,
    PersonSeen,
    RateRequest,
    RecordPerson,
    RequestRated,
    ShowAgain,
    TaskChanged,
    TaskClosed,
    TaskOffered,
    TaskPosted,
)
from bot.streams.person.settings import PresenceSeen

CHANGING = frozenset({"parked", "risk"})  # told once, and made anew when there is something new to it


def record(person: Person, command: RecordPerson, context: Context) -> Decision:
    known = person.profile
    if known == command.profile or (known is not None and known.updated > command.profile.updated):
        return NOTHING
    left = person.open if not command.profile.active else ()
    closed = tuple(TaskClosed(task_id=item.task.id, at=context.now) for item in left)
    answers = tuple(answer for item in left for answer in back(person, item.task, "nobody_there", context))
    seen, link = PersonSeen(profile=command.profile), (Link("slack.user", command.profile.user),)
    told = by_status(replace(person, profile=command.profile), command.profile, context)
    if told is None or not command.profile.active:
        return Accept((seen, *closed), answers, link)
    found = absent(replace(person, profile=command.profile), told, context)
    return Accept((seen, *found.facts), found.effects, link, found.deadlines)


def offer(person: Person, command: OfferTask, context: Context) -> Decision:
    """Somebody who left, or whom nobody knows, is no dead end: the deal hears of it and asks the next. So it is with
    who is away; her request waits in Home, and is told after all when there is nobody else."""
    task, book = command.task, context.playbook
    item = person.item(task.id)
    if item is not None and task.kind == "proposal":
        shown = (RefreshTask(task_id=task.id),) if item.ts else ()
        return Accept((TaskChanged(task=task),), shown) if item.task != task else NOTHING
    if item is not None and task.kind in CHANGING:
        changed = item.closed_at is None and item.task != task
        return Accept((TaskChanged(task=task),), (RefreshTask(task_id=task.id),)) if changed else NOTHING
    if item is not None:
        again = command.only_you and item.closed_at is None and not _told(person, task.id)
        return _tell(person, (), route(person, task, context.now, book), book) if again else NOTHING
    offered, later = TaskOffered(task=task, at=context.now), tuple(passed(person, task, context))
    if person.profile is None or not person.profile.active:
        return Accept(
            (offered, TaskClosed(task_id=task.id, at=context.now)), back(person, task, "nobody_there", context)
        )
    today = moment(person, context.now, book).at.date()
    if task.kind == "approval" and person.wishes.is_away(today) and not command.only_you:
        kept = TaskRouted(task_id=task.id, way="home", why="away", on=today)
        return Accept((offered, kept), back(person, task, "away", context))
    return _tell(person, (offered,), route(person, task, context.now, book), book, later)


def show_again(person: Person, command: ShowAgain, context: Context) -> Decision:
    item = person.item(command.task_id)
    if item is None or item.closed_at is not None or not item.ts:
        return NOTHING
    return Accept((TaskChanged(task=item.task),), (RefreshTask(task_id=command.task_id),))


def close(person: Person, command: CloseTask, context: Context) -> Decision:
    item = person.item(command.task_id)
    if item is None or item.closed_at is not None:
        return NOTHING
    book = context.playbook
    asks = not command.withdrawn and _asks(person, item, book) and not lately(person, context.now, book)
    closed = TaskClosed(task_id=command.task_id, at=context.now, asks=asks)
    shown = (RefreshTask(task_id=command.task_id), *reminding.refreshed(person, command.task_id))
    came_of_it = doors.answered(person, item, command.by, command.door, context)
    return Accept((closed, *came_of_it), shown)


def show(person: Person, command: ShowRequest, context: Context) -> Decision:
    """What stood before whoever came by the link of a mail: it is part of the decision's record."""
    item = person.item(command.task_id)
    if item is None or item.page == command.page or item.closed_at is not None:
        return NOTHING
    return Accept((RequestShown(task_id=command.task_id, page=command.page, at=context.now),))


def rate(person: Person, command: RateRequest, context: Context) -> Decision:
    """Hers alone, once, about a request that asked for it."""
    item = person.item(command.task_id)
    if person.profile is None or person.profile.user != command.actor:
        return Refuse("settings.not_yours")
    if item is None or not item.asks or item.clear is not None:
        return Refuse("command.stale")
    rated = RequestRated(task_id=command.task_id, clear=command.clear, at=context.now)
    return Accept((rated,), (RefreshTask(task_id=command.task_id),))


def _asks(person: Person, item: Inbox, book: Playbook) -> bool:
    """The first approval, and then one in so many."""
    closed = sum(1 for each in person.inbox if each.task.kind == "approval" and each.closed_at is not None)
    return item.task.kind == "approval" and closed % book.approvals.workload.ask_every == 0


def record_posted(person: Person, command: RecordTaskPosted, context: Context) -> Decision:
    posted = TaskPosted(task_id=command.task_id, channel=command.channel, ts=command.ts, card=command.card)
    seen = () if command.active is None else (PresenceSeen(active=command.active, at=context.now),)
    return Accept((posted, *seen))


def _tell(
    person: Person, facts: tuple[Fact, ...], routed: TaskRouted, book: Playbook, more: tuple[Effect, ...] = ()
) -> Decision:
    effects, deadlines = told(person, (routed,), book)
    return Accept((*facts, routed), (*effects, *more), deadlines=deadlines)


def _told(person: Person, task_id: str) -> bool:
    """In a message or by mail, or about to be: held back for a bundle."""
    item, mailed = person.item(task_id), person.doors.by_mail(task_id)
    return bool(item and item.ts) or mailed is not None or any(r.task_id == task_id for r in person.delivery.held)
