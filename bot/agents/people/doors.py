"""By which door a request goes to its person, and what came of each notification."""

from datetime import datetime

from bot.figures.doors import Chosen, by_mail, choose
from bot.figures.hours import business_minutes
from bot.playbook.company import Calendar
from bot.playbook.schema import Playbook
from bot.streams.decision import Context, DecidedBy
from bot.streams.person.doors import RequestAnswered, Sent
from bot.streams.person.person import Inbox, Person, Task
from bot.streams.person.settings import Settings


def doors_of(person: Person, task: Task, settings: Settings, at: datetime, book: Playbook) -> Chosen:
    """Her own choice always wins; what is urgent comes as a message, too. Only what she may decide by mail goes there
    without her having asked for mail."""
    urgent = is_urgent(person, task, at, book)
    if settings.door == "mail":
        return Chosen(("mail", "message") if urgent else ("mail",), "preference")
    if settings.door != "quickest":
        return Chosen(("message",), "preference" if settings.door == "message" else "urgent")
    if urgent:
        return Chosen(("message",), "urgent")
    mailable = task.kind == "approval" and by_mail(task.worth, book.doors) and person.profile and person.profile.email
    offered = tuple(door for door in book.doors.offered if door == "message" or mailable)
    return choose(person.doors.sent, offered or ("message",), person.id, book.doors)


def is_urgent(person: Person, task: Task, at: datetime, book: Playbook) -> bool:
    """Little time is left, or the deal is critical."""
    if task.kind == "approval" and task.priority:
        return True
    if task.kind != "approval" or task.by_when is None:
        return False
    left = business_minutes(at, task.by_when, _calendar(person, book))
    return left < book.doors.urgent_minutes


def answered(person: Person, item: Inbox, by: str, door: DecidedBy, context: Context) -> tuple[RequestAnswered, ...]:
    """She decided: it counts for the door that she came by, or else for the newest notification. Nobody, or somebody
    else: it counts against what she was told only when her time is over."""
    waiting = person.doors.waiting(item.task.id)
    hers = person.profile is not None and by == person.profile.user
    late = item.task.by_when is not None and context.now >= item.task.by_when
    moved = _moved(waiting, door) if hers and waiting else None
    calendar = _calendar(person, context.playbook)
    return tuple(
        RequestAnswered(
            no=sent.no,
            how="acted" if sent == moved else "missed" if late and not hers else "overtaken",
            minutes=business_minutes(sent.at, context.now, calendar),
            at=context.now,
        )
        for sent in waiting
    )


def _moved(waiting: tuple[Sent, ...], door: DecidedBy) -> Sent:
    by_mail_ = [sent for sent in waiting if (sent.door == "mail") == (door == "mail")]
    return (by_mail_ or list(waiting))[-1]


def _calendar(person: Person, book: Playbook) -> Calendar:
    return book.calendar_of(person.profile.time_zone if person.profile else "")
