"""By which door each request for an approval was told, and what came of it: how soon she decides by which."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.playbook.company import Told
from bot.streams.decision import Fact
from bot.streams.person.delivery import BundlePosted, BundleSent, Chose, DeliveryFact, RequestsOpened, TaskRouted

By = Literal["message", "mail", "digest", "home"]
How = Literal["", "acted", "missed", "overtaken"]
CHOSEN: frozenset[Chose] = frozenset({"learning", "quickest", "exploring"})  # where there was a choice


class RequestAnswered(Fact):
    """What came of a notification: she decided, after so many business minutes; or her time passed; or it was
    overtaken: decided by others, or no longer needed."""

    kind: Literal["request.answered"] = "request.answered"
    no: int
    how: Literal["acted", "missed", "overtaken"]
    minutes: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """One notification of one request, numbered from 1."""

    no: int
    task_id: str
    door: By
    chose: Chose
    at: datetime
    how: How = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Doors:
    sent: tuple[Sent, ...] = ()

    def waiting(self, task_id: str) -> tuple[Sent, ...]:
        return tuple(each for each in self.sent if each.task_id == task_id and not each.how)

    def by_mail(self, task_id: str) -> Sent | None:
        """The newest mail about it."""
        return next((s for s in reversed(self.sent) if s.task_id == task_id and s.door == "mail"), None)


def told(state: Doors, fact: DeliveryFact, approvals: frozenset[str]) -> Doors:
    """`approvals` are the requests that count."""
    rows = [row for row in _told(fact) if row[0] in approvals]
    first = len(state.sent) + 1
    return Doors((*state.sent, *(Sent(no, *row) for no, row in enumerate(rows, first))))


def answered(state: Doors, fact: RequestAnswered) -> Doors:
    done = (replace(s, how=fact.how, minutes=fact.minutes) if s.no == fact.no else s for s in state.sent)
    return Doors(tuple(done))


def _told(fact: DeliveryFact) -> Iterator[tuple[str, By, Chose, datetime]]:
    match fact:
        case TaskRouted(at=at) if at is not None and fact.way != "bundle":
            doors: tuple[Told, ...] | tuple[By, ...] = fact.doors if fact.way == "message" else ("home",)
            yield from ((fact.task_id, door, fact.chose, at) for door in doors)
        case BundleSent():
            door: By = "mail" if fact.by_mail else "digest"
            yield from ((task, door, "", fact.at) for task in fact.tasks)
        case TaskRouted() | BundlePosted() | RequestsOpened():
            return
