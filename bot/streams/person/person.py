"""One of our people: who they are, and the requests that wait on them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Annotated, Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, DecidedBy, Fact
from bot.streams.money import Money
from bot.streams.person import codes, delivery, doors, feedback, lending, reminding, settings
from bot.streams.person.codes import CodeFact, Codes, RequestShown
from bot.streams.person.delivery import Delivery, DeliveryFact
from bot.streams.person.doors import Doors, RequestAnswered
from bot.streams.person.feedback import (
    Feedback,
    FeedbackAsked,
    FeedbackFact,
    FeedbackGiven,
    FeedbackPosted,
    FrictionNamed,
    WordsAdded,
)
from bot.streams.person.kinds import TaskKind
from bot.streams.person.lending import AuthorityLent, AuthorityTakenBack, Lending, LendingFact
from bot.streams.person.reminding import ReminderHeld, ReminderPosted, Reminding, RemindingFact, RequestReminded
from bot.streams.person.settings import AwaySaid, PresenceSeen, SettingsChanged, SettingsFact, Wishes
from bot.streams.value import Value


class Profile(Value):
    """By Slack, and by Salesforce where the mail address is the same. `groups` are user-group handles of Slack, and
    the role in Salesforce after a "salesforce:". Who left, guests and foreign people are not active: no groups, so no
    rights. `updated` is Slack's own: an older profile never replaces a newer one."""

    user: str  # team:user
    name: str
    title: str
    email: str
    time_zone: str
    active: bool
    groups: frozenset[str]
    updated: int = 0
    crm_id: str = ""
    crm_role: str = ""
    manager: str = ""  # team:user
    status: str = ""  # in Slack, the emoji and the words, when they say that she is away
    status_until: int = 0  # in seconds, as Slack has it; 0: until she changes it


class Task(Value):
    """A request of one deal; what it says is made from the deal's facts when it is shown. `worth` is the total of the
    deal that is decided on."""

    id: str
    deal: str
    kind: TaskKind
    about: str = ""  # the approval, or the number of the offer
    seen: str = ""  # the hash that the person decides on
    title: str = ""
    by_when: datetime | None = None
    priority: int = 0  # of a critical deal: the higher comes first
    worth: Money | None = None


class RecordPerson(Command):
    profile: Profile


class OfferTask(Command):
    """`only_you`: nobody else may take it, so it is told even to who is away."""

    task: Task
    only_you: bool = False


class CloseTask(Command):
    """Done, or `withdrawn` before it was: what is shown is made anew, the buttons go. `by` is who decided, and by which
    door; empty when nobody did."""

    task_id: str
    withdrawn: bool = False
    by: str = ""
    door: DecidedBy = "slack"


class ShowAgain(Command):
    """Something new is to be seen in a request of hers: it is made anew where it stands."""

    task_id: str


class RankTask(Command):
    """The deal of an open request became critical, or is so no more."""

    task_id: str
    priority: int


class RateRequest(Command):
    """Two taps after a decision, rarely: was what she was asked clear?"""

    task_id: str
    clear: bool


class PersonSeen(Fact):
    kind: Literal["person.seen"] = "person.seen"
    profile: Profile


class TaskOffered(Fact):
    kind: Literal["task.offered"] = "task.offered"
    task: Task
    at: datetime


class TaskChanged(Fact):
    """The same request asks for something else by now, or has something new to be seen."""

    kind: Literal["task.changed"] = "task.changed"
    task: Task


class TaskPosted(Fact):
    kind: Literal["task.posted"] = "task.posted"
    task_id: str
    channel: str
    ts: str
    card: str = ""


class TaskClosed(Fact):
    """`asks`: she is asked whether it was clear."""

    kind: Literal["task.closed"] = "task.closed"
    task_id: str
    at: datetime
    asks: bool = False


class RequestRated(Fact):
    kind: Literal["request.rated"] = "request.rated"
    task_id: str
    clear: bool
    at: datetime


InboxFact = TaskOffered | TaskChanged | TaskPosted | TaskClosed | RequestRated | RequestShown
PersonFact = Annotated[
    PersonSeen
    | TaskOffered
    | TaskChanged
    | TaskPosted
    | TaskClosed
    | RequestRated
    | RequestShown
    | RequestAnswered
    | CodeFact
    | SettingsFact
    | DeliveryFact
    | LendingFact
    | RemindingFact
    | FeedbackFact,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Inbox:
    """One request, where it is shown, and whether it still waits. `passed` counts the requests of critical deals that
    stood before it. `card` and `page` are the hashes of what she saw of it: in Slack, and by a mail's link."""

    task: Task
    at: datetime
    channel: str = ""
    ts: str = ""
    closed_at: datetime | None = None
    asks: bool = False
    clear: bool | None = None
    card: str = ""
    passed: int = 0
    page: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    profile: Profile | None = None
    inbox: tuple[Inbox, ...] = ()
    wishes: Wishes = Wishes()
    delivery: Delivery = Delivery()
    lending: Lending = Lending()
    reminding: Reminding = Reminding()
    feedback: Feedback = Feedback()
    doors: Doors = Doors()
    codes: Codes = Codes()

    def item(self, task_id: str) -> Inbox | None:
        return next((i for i in self.inbox if i.task.id == task_id), None)

    def items(self, task_ids: Iterable[str]) -> tuple[Inbox, ...]:
        """Those of them that still wait, by their deadline."""
        wanted = frozenset(task_ids)
        found = [i for i in self.open if i.task.id in wanted]
        return tuple(sorted(found, key=lambda i: (i.task.by_when is None, i.task.by_when or i.at, i.task.id)))

    @property
    def open(self) -> tuple[Inbox, ...]:
        return tuple(i for i in self.inbox if i.closed_at is None)


def apply(person: Person, fact: PersonFact) -> Person:
    match fact:
        case PersonSeen():
            return replace(person, profile=fact.profile)
        case TaskOffered() | TaskChanged() | TaskPosted() | TaskClosed() | RequestRated() | RequestShown():
            return _inbox(person, fact)
        case delivery.TaskRouted() | delivery.BundleSent() | delivery.BundlePosted() | delivery.RequestsOpened():
            return _told(person, fact)
        case AuthorityLent() | AuthorityTakenBack():
            return replace(person, lending=lending.apply(person.lending, fact))
        case RequestReminded() | ReminderHeld() | ReminderPosted():
            return replace(person, reminding=reminding.apply(person.reminding, fact))
        case FeedbackAsked() | FeedbackPosted() | FeedbackGiven() | FrictionNamed() | WordsAdded():
            return replace(person, feedback=feedback.apply(person.feedback, fact))
        case SettingsChanged() | AwaySaid() | PresenceSeen():
            return replace(person, wishes=settings.apply(person.wishes, fact))
        case _:
            return _came_of_it(person, fact)


def _inbox(person: Person, fact: InboxFact) -> Person:
    match fact:
        case TaskOffered():
            before = sum(item.task.priority > 0 for item in person.open if item.task.deal != fact.task.deal)
            passed = _passed(person, fact.task)
            return replace(passed, inbox=(*passed.inbox, Inbox(fact.task, fact.at, passed=before)))
        case TaskChanged():
            return _item(_passed(person, fact.task), fact.task.id, task=fact.task)
        case TaskPosted():
            return _item(person, fact.task_id, channel=fact.channel, ts=fact.ts, card=fact.card)
        case TaskClosed():
            left = delivery.drop(person.delivery, fact.task_id)
            silent = reminding.drop(person.reminding, fact.task_id)
            closed = _item(person, fact.task_id, closed_at=fact.at, asks=fact.asks)
            return replace(closed, delivery=left, reminding=silent)
        case RequestRated():
            return _item(person, fact.task_id, clear=fact.clear)
        case RequestShown():
            return _item(person, fact.task_id, page=fact.page)
        case _:
            assert_never(fact)


def _passed(person: Person, task: Task) -> Person:
    """A request that is of a critical deal from now on goes before every other deal's that still waits."""
    known = person.item(task.id)
    if not task.priority or (known is not None and known.task.priority):
        return person
    others = {item.task.id for item in person.open if item.task.deal != task.deal}
    inbox = tuple(replace(i, passed=i.passed + 1) if i.task.id in others else i for i in person.inbox)
    return replace(person, inbox=inbox)


def _told(person: Person, fact: DeliveryFact) -> Person:
    """Of the doors only requests for an approval are counted."""
    counted = frozenset(item.task.id for item in person.inbox if item.task.kind == "approval")
    told = doors.told(person.doors, fact, counted)
    return replace(person, delivery=delivery.apply(person.delivery, fact), doors=told)


def _came_of_it(person: Person, fact: RequestAnswered | CodeFact) -> Person:
    if isinstance(fact, RequestAnswered):
        return replace(person, doors=doors.answered(person.doors, fact))
    return replace(person, codes=codes.apply(person.codes, fact))


def _item(person: Person, task_id: str, **change: object) -> Person:
    inbox = tuple(replace(i, **change) if i.task.id == task_id else i for i in person.inbox)  # type: ignore[arg-type]
    return replace(person, inbox=inbox)


def fold(person: Person, facts: Iterable[PersonFact]) -> Person:
    return reduce(apply, facts, person)
