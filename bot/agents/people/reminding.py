"""A person's own rule on reminders: never of what is decided, in quiet hours, above her budget, or twice at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.agents.people.routing import Moment, moment, spent
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Refuse
from bot.streams.effects import Effect, MailRequests
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Person
from bot.streams.person.reminding import (
    PutOffReminder,
    RecordReminderPosted,
    Remind,
    Reminder,
    ReminderHeld,
    ReminderPosted,
    RequestReminded,
    SendReminders,
)
from bot.streams.reminder_effects import PostReminder, RefreshReminder

STRENGTH = ("gentle", "firm", "last")


def remind(person: Person, command: Remind, context: Context) -> Decision:
    held = person.reminding.holds(command.about.task_id)
    if not _waits(person, command.about.task_id) or (held is not None and held.by_herself):
        return NOTHING
    return _now_or_later(person, command.about, context)


def send_held(person: Person, command: SendReminders, context: Context) -> Decision:
    """One message for all that were held: the strongest of them; it names the others, too."""
    mine = [each for each in person.reminding.held if _waits(person, each.about.task_id)]
    due = [each for each in mine if each.until <= context.now]
    if not due:
        return Accept((), deadlines=_wake(person, mine, context.now)) if mine else NOTHING
    first = max(due, key=lambda each: (STRENGTH.index(each.about.tone), each.about.task_id))
    return _now_or_later(person, first.about, context)


def put_off(person: Person, command: PutOffReminder, context: Context) -> Decision:
    if person.profile is None or person.profile.user != command.actor:
        return Refuse("settings.not_yours")
    if not _waits(person, command.task_id):
        return Refuse("approval.decided")
    until = moment(person, context.now, context.playbook).morning.astimezone(UTC)
    about = Reminder(task_id=command.task_id, tone="firm", tells="left")
    held = ReminderHeld(about=about, until=until, by_herself=True)
    shown = tuple(RefreshReminder(no=each.no) for each in person.reminding.about(command.task_id))
    return Accept((held,), shown, deadlines=_wake(person, [*_others(person, about), held], context.now))


def record_posted(person: Person, command: RecordReminderPosted, context: Context) -> Decision:
    """Decided while it was on its way: what stands there is made anew at once."""
    posted = ReminderPosted(no=command.no, channel=command.channel, ts=command.ts)
    sent = person.reminding.message(command.no)
    late = sent is not None and not _waits(person, sent.about.task_id)
    return Accept((posted,), (RefreshReminder(no=command.no),) if late else ())


def refreshed(person: Person, task_id: str) -> tuple[Effect, ...]:
    """Of a request that is closed: what reminded of it says so."""
    return tuple(RefreshReminder(no=each.no) for each in person.reminding.about(task_id))


def _now_or_later(person: Person, about: Reminder, context: Context) -> Decision:
    here, now = moment(person, context.now, context.playbook), context.now
    others = _others(person, about)
    if here.settings.door in ("home", "digest"):
        return Accept((), deadlines=_wake(person, others, now))
    if (until := _until(person, about, here, context)) is not None:
        held = ReminderHeld(about=about, until=until.astimezone(UTC))
        return Accept((held,), deadlines=_wake(person, [*others, held], now))
    if spent(person, here):
        return Accept((), deadlines=_wake(person, others, now))
    no = person.reminding.count + 1
    told = RequestReminded(no=no, about=about, on=here.at.date(), at=now)
    return Accept((told,), (_message(about, no, here),), deadlines=_wake(person, others, now))


def _until(person: Person, about: Reminder, here: Moment, context: Context) -> datetime | None:
    """A gentle one that finds the day's budget spent is left out; the others wait for the morning. What she was not
    told of yet, because it is held for a bundle, she is not reminded of before that."""
    if (ends := here.quiet) is not None:
        return ends
    if about.tone != "gentle" and spent(person, here):
        return here.morning
    apart = timedelta(minutes=context.playbook.reminders.apart_minutes)
    again = max((at + apart for at in _told_at(person, about)), default=context.now)
    return again if again > context.now else None


def _told_at(person: Person, about: Reminder) -> Iterator[datetime]:
    """When she was, or will be, told of what waits on her."""
    if person.reminding.last_at:
        yield person.reminding.last_at
    if person.delivery.bundle:
        yield person.delivery.bundle.at
    yield from (each.until for each in person.delivery.held if each.task_id == about.task_id and each.until)


def _message(about: Reminder, no: int, here: Moment) -> Effect:
    return MailRequests(tasks=(about.task_id,)) if here.settings.door == "mail" else PostReminder(no=no)


def _others(person: Person, about: Reminder) -> list[ReminderHeld]:
    held = person.reminding.held
    return [each for each in held if each.about.task_id != about.task_id and _waits(person, each.about.task_id)]


def _waits(person: Person, task_id: str) -> bool:
    item = person.item(task_id)
    return item is not None and item.closed_at is None


def _wake(person: Person, held: list[ReminderHeld], now: datetime) -> tuple[Deadline, ...]:
    """One look at the next moment; none takes the earlier one back. What is left out is not looked at again."""
    due = [each.until for each in held if each.until > now]
    wake = SendReminders(stream_id=person.id, actor=SYSTEM) if due else None
    return (Deadline("reminders", min(due, default=None), wake),)
