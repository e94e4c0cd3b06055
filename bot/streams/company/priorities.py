"""Which deals are critical at this moment: those that ask for it, and who of them has one of the few places."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.ids import StreamId
from bot.streams.value import Value

Over = Literal["approved", "refused", "closed", "date_over", "ordinary", "unmarked"]


class Claim(Value):
    """One deal that may be critical: `score` by the playbook's rows and a manager's `by`, whose reason, or the rows'
    words, is `why`. It holds until the end of the day `until_on` at the longest."""

    deal: StreamId
    customer: str
    rep: str
    score: int
    line: str
    why: str
    until_on: date
    by: str = ""
    since: datetime


class ClaimPriority(Command):
    claim: Claim


class EndPriority(Command):
    """The deal needs it no more."""

    deal: StreamId
    why: Over


class PlaceClaimed(Fact):
    kind: Literal["place.claimed"] = "place.claimed"
    claim: Claim


class PlaceGiven(Fact):
    """`over` is the deal that yielded it; empty: a place was free."""

    kind: Literal["place.given"] = "place.given"
    deal: StreamId
    over: str = ""
    at: datetime


class PlaceYielded(Fact):
    kind: Literal["place.yielded"] = "place.yielded"
    deal: StreamId
    to: StreamId
    at: datetime


class PlaceEnded(Fact):
    kind: Literal["place.ended"] = "place.ended"
    deal: StreamId
    why: Over
    at: datetime


PlaceFact = PlaceClaimed | PlaceGiven | PlaceYielded | PlaceEnded


@dataclass(frozen=True, slots=True)
class Priorities:
    """Every claim that holds, in the order in which they came; `held` by deal, with when; `yielded` is the last of
    each deal that waits."""

    claims: tuple[Claim, ...] = ()
    held: tuple[PlaceGiven, ...] = ()
    yielded: tuple[PlaceYielded, ...] = ()

    def claim(self, deal: str) -> Claim | None:
        return next((each for each in self.claims if each.deal == deal), None)

    def holds(self, deal: str) -> bool:
        return any(each.deal == deal for each in self.held)

    def yielded_by(self, deal: str) -> PlaceYielded | None:
        return next((each for each in self.yielded if each.deal == deal), None)


def apply(state: Priorities, fact: PlaceFact) -> Priorities:
    match fact:
        case PlaceClaimed():
            return _claimed(state, fact.claim)
        case PlaceGiven():
            left = _without(state, fact.deal)
            return replace(left, held=(*left.held, fact))
        case PlaceYielded():
            left = _without(state, fact.deal)
            return replace(left, yielded=(*left.yielded, fact))
        case PlaceEnded():
            left = _without(state, fact.deal)
            return replace(left, claims=tuple(c for c in left.claims if c.deal != fact.deal))
        case _:
            assert_never(fact)


def _claimed(state: Priorities, claim: Claim) -> Priorities:
    """The same deal's newer claim stands where the older one stood."""
    if state.claim(claim.deal) is None:
        return replace(state, claims=(*state.claims, claim))
    return replace(state, claims=tuple(claim if c.deal == claim.deal else c for c in state.claims))


def _without(state: Priorities, deal: str) -> Priorities:
    held = tuple(each for each in state.held if each.deal != deal)
    return replace(state, held=held, yielded=tuple(each for each in state.yielded if each.deal != deal))
