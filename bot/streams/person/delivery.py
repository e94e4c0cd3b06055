"""How each request reaches its person: in a message of its own, with others in one, or only in Home."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from bot.playbook.company import Told
from bot.streams.decision import Command, Fact

Way = Literal["message", "bundle", "home"]
Chose = Literal["", "preference", "only", "urgent", "learning", "quickest", "exploring"]


class SendBundle(Command):
    """A deadline gives it: what was held back may be told now."""


class OpenRequests(Command):
    """The person pressed a bundle's button: `most` of what still waits becomes messages of their own."""

    bundle: int
    most: int


class RecordBundlePosted(Command):
    bundle: int
    channel: str
    ts: str


class RecordTaskPosted(Command):
    """`active`: whether she was there when it was posted, as Slack says; None when it did not say. `card` is the hash
    of what was posted, where it is kept."""

    task_id: str
    channel: str
    ts: str
    active: bool | None = None
    card: str = ""


class TaskRouted(Fact):
    """`on` is the day on the person's clock whose budget a message takes; `until` is when a held one is told. `doors`
    are those of a message of its own, `chose` why these; facts of before have neither, and no `at`."""

    kind: Literal["task.routed"] = "task.routed"
    task_id: str
    way: Way
    why: str
    on: date
    until: datetime | None = None
    doors: tuple[Told, ...] = ()
    chose: Chose = ""
    at: datetime | None = None


class BundleSent(Fact):
    kind: Literal["bundle.sent"] = "bundle.sent"
    bundle: int
    tasks: tuple[str, ...]
    on: date
    at: datetime
    by_mail: bool = False


class BundlePosted(Fact):
    kind: Literal["bundle.posted"] = "bundle.posted"
    bundle: int
    channel: str
    ts: str


class RequestsOpened(Fact):
    kind: Literal["requests.opened"] = "requests.opened"
    tasks: tuple[str, ...]
    at: datetime


DeliveryFact = TaskRouted | BundleSent | BundlePosted | RequestsOpened


@dataclass(frozen=True, slots=True)
class Delivery:
    """`held` by task id, with when it is told; `sent` counts the messages of the day `on`."""

    held: tuple[TaskRouted, ...] = ()
    on: date | None = None
    sent: int = 0
    bundles: int = 0
    bundle: BundleSent | None = None

    def sent_on(self, day: date) -> int:
        return self.sent if self.on == day else 0


def apply(state: Delivery, fact: DeliveryFact) -> Delivery:
    match fact:
        case TaskRouted():
            left = drop(state, fact.task_id)
            if fact.way == "bundle":
                return replace(left, held=(*left.held, fact))
            return _count(left, fact.on) if fact.way == "message" else left
        case BundleSent():
            held = tuple(h for h in state.held if h.task_id not in fact.tasks)
            return _count(replace(state, held=held, bundles=fact.bundle, bundle=fact), fact.on)
        case BundlePosted() | RequestsOpened():
            return state
        case _:
            assert_never(fact)


def drop(state: Delivery, task_id: str) -> Delivery:
    """A request that no longer waits is told by nothing."""
    return replace(state, held=tuple(h for h in state.held if h.task_id != task_id))


def _count(state: Delivery, day: date) -> Delivery:
    return replace(state, on=day, sent=state.sent_on(day) + 1)
