"""A person's own rule: now, held back for a bundle, or only in Home; never above her budget of the day, beyond the few
messages that the playbook gives to critical deals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.agents.people.doors import doors_of
from bot.figures.critical import order
from bot.figures.hours import is_working_day
from bot.figures.quiet import local, next_morning, quiet_until
from bot.playbook.company import Calendar, Told
from bot.playbook.schema import Playbook
from bot.streams.decision import NOTHING, Accept, Context, Deadline, Decision, Refuse
from bot.streams.effects import Effect, MailRequests, PostBundle, PostTask
from bot.streams.ids import SYSTEM
from bot.streams.person.delivery import (
    BundlePosted,
    BundleSent,
    OpenRequests,
    RecordBundlePosted,
    RequestsOpened,
    SendBundle,
    TaskRouted,
)
from bot.streams.person.person import Person, Task
from bot.streams.person.settings import Settings, settled


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` on the person's own clock, with what holds for her then."""

    at: datetime
    settings: Settings
    calendar: Calendar

    @property
    def quiet(self) -> datetime | None:
        return quiet_until(self.at, self.settings.quiet_from, self.settings.quiet_until, self.calendar)

    @property
    def morning(self) -> datetime:
        return next_morning(self.at, self.settings.quiet_from, self.settings.quiet_until, self.calendar)


def moment(person: Person, now: datetime, book: Playbook) -> Moment:
    zone = person.profile.time_zone if person.profile else ""
    calendar = book.calendar_of(zone)
    return Moment(local(now, zone, calendar), settled(person.wishes.preferences, book.notifications), calendar)


def route(person: Person, task: Task, now: datetime, book: Playbook) -> TaskRouted:
    """The one decision on one request; each has a reason that `countersign people explain` can show. One of a critical
    deal waits for no bundle of the day; her night is hers all the same, unless she allows it."""
    here, first = moment(person, now, book), task.priority > 0
    urgency = "critical" if first else book.notifications.urgency.get(task.kind, "now")
    if here.settings.door == "home" or urgency == "silent":
        return _routed(task, here, "home", "home.chosen").model_copy(update={"chose": "preference", "at": now})
    if urgency == "digest" or (here.settings.door == "digest" and not first):
        return _routed(task, here, "bundle", "digest.chosen", _daily(here, book))
    loud = urgency == "critical" and here.settings.critical_breaks_quiet
    if (ends := here.quiet) is not None and not loud:
        return _routed(task, here, "bundle", "quiet.hours", ends)
    if spent(person, here, book.critical.beyond_budget if first else 0):
        return _routed(task, here, "bundle", "budget.spent", here.morning)
    if urgency == "bundle":
        return _routed(task, here, "bundle", "bundle.chosen", here.morning)
    chosen = doors_of(person, task, here.settings, now, book)
    told = {"doors": chosen.doors, "chose": chosen.why, "at": now}
    return _routed(task, here, "message", "critical.allowed" if ends else "now").model_copy(update=told)


def spent(person: Person, here: Moment, beyond: int = 0) -> bool:
    today = here.at.date()
    sent = person.delivery.sent_on(today) + person.reminding.sent_on(today) + person.feedback.sent_on(today)
    return sent >= here.settings.per_day + beyond


def told(
    person: Person, routes: Iterable[TaskRouted], book: Playbook
) -> tuple[tuple[Effect, ...], tuple[Deadline, ...]]:
    """What follows from the routes: messages, and the moment at which what is held is told."""
    chosen = list(routes)
    posts = tuple(_message(r, door) for r in chosen if r.way == "message" for door in r.doors)
    held = [*person.delivery.held, *(r for r in chosen if r.way == "bundle")]
    due = [r.until for r in held if r.until is not None]
    again = Deadline("bundle", min(due), SendBundle(stream_id=person.id, actor=SYSTEM)) if due else None
    return posts, (again,) if again else ()


def send_bundle(person: Person, command: SendBundle, context: Context) -> Decision:
    """All that is due and still waits, in one message; what may not be told yet is held on."""
    book, now = context.playbook, context.now
    held = [r for r in person.delivery.held if _open(person, r.task_id)]
    due = [r for r in held if r.until is not None and r.until <= now]
    later = [r for r in held if r not in due]
    here = moment(person, now, book)
    if not due:
        return Accept(tuple(later), deadlines=_wake(person, later)) if later else NOTHING
    if here.settings.door == "home":
        kept = tuple(_kept(r, here, "home", "home.chosen") for r in due)
        return Accept(kept, deadlines=_wake(person, later))
    until = here.quiet or (here.morning if spent(person, here) else None)
    if until is not None:
        why = "quiet.hours" if here.quiet else "budget.spent"
        again = [_kept(r, here, "bundle", why, until) for r in due]
        return Accept(tuple(again), deadlines=_wake(person, [*later, *again]))
    number = person.delivery.bundles + 1
    first = order(person.items(r.task_id for r in due), now, here.calendar, book.critical)
    by_mail, tasks = here.settings.door == "mail", tuple(item.task.id for item in first)
    sent = BundleSent(bundle=number, tasks=tasks, on=here.at.date(), at=now, by_mail=by_mail)
    effect: Effect = MailRequests(tasks=sent.tasks) if by_mail else PostBundle(bundle=number)
    return Accept((sent,), (effect,), deadlines=_wake(person, later))


def open_requests(person: Person, command: OpenRequests, context: Context) -> Decision:
    """Asked for by herself, so it takes nothing of the budget."""
    if person.profile is None or person.profile.user != command.actor:
        return Refuse("settings.not_yours")
    bundle = person.delivery.bundle
    if bundle is None or bundle.bundle != command.bundle:
        return Refuse("command.stale")
    waiting = tuple(t for t in bundle.tasks if (item := person.item(t)) and item.closed_at is None and not item.ts)
    if not waiting:
        return Refuse("requests.none")
    chosen = waiting[: command.most]
    opened = RequestsOpened(tasks=chosen, at=context.now)
    return Accept((opened,), tuple(PostTask(task_id=task) for task in chosen))


def record_bundle(person: Person, command: RecordBundlePosted, context: Context) -> Decision:
    return Accept((BundlePosted(bundle=command.bundle, channel=command.channel, ts=command.ts),))


def _message(routed: TaskRouted, door: Told) -> Effect:
    return MailRequests(tasks=(routed.task_id,)) if door == "mail" else PostTask(task_id=routed.task_id)


def _routed(task: Task, here: Moment, way: str, why: str, until: datetime | None = None) -> TaskRouted:
    told_at = until.astimezone(UTC) if until else None
    return TaskRouted.model_validate(
        {"task_id": task.id, "way": way, "why": why, "on": here.at.date(), "until": told_at}
    )


def _kept(held: TaskRouted, here: Moment, way: str, why: str, until: datetime | None = None) -> TaskRouted:
    change = {"way": way, "why": why, "on": here.at.date(), "until": until}
    return held.model_copy(update=change)


def _wake(person: Person, held: Iterable[TaskRouted]) -> tuple[Deadline, ...]:
    due = [r.until for r in held if r.until is not None]
    return (Deadline("bundle", min(due), SendBundle(stream_id=person.id, actor=SYSTEM)),) if due else ()


def _open(person: Person, task_id: str) -> bool:
    item = person.item(task_id)
    return item is not None and item.closed_at is None


def _daily(here: Moment, book: Playbook) -> datetime:
    """The day's own time for it; when that is over or a free day, the next working day's."""
    at = here.at.replace(hour=book.notifications.digest_at.hour, minute=book.notifications.digest_at.minute)
    at = at.replace(second=0, microsecond=0)
    if at > here.at and is_working_day(at.date(), here.calendar):
        return at
    return here.morning.astimezone(at.tzinfo).replace(hour=at.hour, minute=at.minute)
