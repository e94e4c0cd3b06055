"""Is this deal critical, why, until when; who helps beside; and which critical deals its own requests come after."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.company.priorities import Claim, Over
from bot.streams.decision import Command, Deadline, Fact
from bot.streams.ids import SYSTEM


class WeighPriority(Command):
    """A deadline gives it, whenever something may have changed, and once a day."""


class MarkCritical(Command):
    """A manager's word stands above the rows: critical, or not."""

    yes: bool
    reason: str = Field(max_length=200)


class GivePriority(Command):
    """By the company: the deal has a place. `over` is the customer of the deal that yielded it."""

    over: str = ""


class YieldPriority(Command):
    """By the company: the place goes to the deal of the customer `to`, whose claim stands higher: `why`."""

    to: str
    why: str


class AddHands(Command):
    """A request of a critical deal is asked: a second person may be asked beside her at once."""

    approval: str


class ComeLater(Command):
    """From an approver's stream: a request of this deal comes after `first`, which is of the critical deal `of`."""

    approval: str
    of: str
    first: str
    person: str


class EndLater(Command):
    """The protection holds by now: nothing goes before it any more."""

    of: str


class CriticalMarked(Fact):
    kind: Literal["critical.marked"] = "critical.marked"
    yes: bool
    by: str
    reason: str
    at: datetime


class PriorityClaimed(Fact):
    kind: Literal["priority.claimed"] = "priority.claimed"
    claim: Claim


class PriorityGiven(Fact):
    kind: Literal["priority.given"] = "priority.given"
    over: str
    at: datetime


class PriorityYielded(Fact):
    kind: Literal["priority.yielded"] = "priority.yielded"
    to: str
    why: str
    at: datetime


class PriorityEnded(Fact):
    kind: Literal["priority.ended"] = "priority.ended"
    why: Over
    at: datetime


class HandAdded(Fact):
    """`person` is asked beside who has it, who keeps her right; `lent`: by whose authority."""

    kind: Literal["hand.added"] = "hand.added"
    approval: str
    person: str
    beside: str
    lent: tuple[str, ...] = ()
    at: datetime


class CameLater(Fact):
    kind: Literal["request.came_later"] = "request.came_later"
    approval: str
    of: str
    first: str
    person: str
    at: datetime


class LaterOver(Fact):
    kind: Literal["later.over"] = "later.over"
    of: str
    at: datetime


PriorityFact = (
    CriticalMarked
    | PriorityClaimed
    | PriorityGiven
    | PriorityYielded
    | PriorityEnded
    | HandAdded
    | CameLater
    | LaterOver
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time with a place; no end: still."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """`claim` while it asks for a place, `given` while it has one, `yielded` while it waits for one again. `first_at`
    is when it asked first; it stays when all is over."""

    marked: CriticalMarked | None = None
    claim: Claim | None = None
    given: PriorityGiven | None = None
    yielded: PriorityYielded | None = None
    ended: PriorityEnded | None = None
    first_at: datetime | None = None
    spells: tuple[Spell, ...] = ()
    hands: tuple[HandAdded, ...] = ()
    later: tuple[CameLater, ...] = ()
    told: int = 0  # how often its owner was told of its place

    @property
    def held(self) -> bool:
        return self.claim is not None and self.given is not None

    @property
    def score(self) -> int:
        """0 for an ordinary deal, and for one that waits for a place."""
        return self.claim.score if self.claim is not None and self.given is not None else 0

    @property
    def until_on(self) -> date | None:
        return self.claim.until_on if self.claim else None

    def hands_of(self, approval: str) -> tuple[str, ...]:
        return tuple(hand.person for hand in self.hands if hand.approval == approval)


def apply(state: Priority, fact: PriorityFact) -> Priority:
    match fact:
        case CriticalMarked():
            return replace(state, marked=fact)
        case PriorityClaimed():
            return replace(state, claim=fact.claim, ended=None, first_at=state.first_at or fact.claim.since)
        case PriorityGiven():
            spells = (*state.spells, Spell(fact.at))
            return replace(state, given=fact, yielded=None, spells=spells, told=state.told + 1)
        case PriorityYielded():
            return replace(state, given=None, yielded=fact, spells=_ended(state, fact.at), told=state.told + 1)
        case PriorityEnded():
            return replace(state, claim=None, given=None, yielded=None, ended=fact, spells=_ended(state, fact.at))
        case _:
            return _helped(state, fact)


def _helped(state: Priority, fact: HandAdded | CameLater | LaterOver) -> Priority:
    match fact:
        case HandAdded():
            return replace(state, hands=(*state.hands, fact))
        case CameLater():
            return replace(state, later=(*state.later, fact))
        case LaterOver():
            return replace(state, later=tuple(each for each in state.later if each.of != fact.of))
        case _:
            assert_never(fact)


def _ended(state: Priority, at: datetime) -> tuple[Spell, ...]:
    return tuple(replace(spell, until=spell.until or at) for spell in state.spells)


def weighing(deal: str, at: datetime) -> Deadline:
    """The deal's one next look at whether it is critical."""
    return Deadline("priority", at, WeighPriority(stream_id=deal, actor=SYSTEM))


def hands(deal: str, approval: str, at: datetime) -> Deadline:
    return Deadline(f"hands.{approval}", at, AddHands(stream_id=deal, actor=SYSTEM, approval=approval))
