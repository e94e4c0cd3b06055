"""Who takes the customer from here, how the win was told, and what joined the history."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact
from bot.streams.value import Value

Level = Literal["individual", "team", "company"]


class Helper(Value):
    """Who helped with what; the words are from the playbook's copy."""

    person: str
    name: str
    what: str


class OfferHandoff(Command):
    pass


class AcceptHandoff(Command):
    seen: str


class ReturnHandoff(Command):
    seen: str
    reason: str = Field(min_length=1, max_length=500)


class HandoffUnanswered(Command):
    pass


class Celebrate(Command):
    pass


class RecordWin(Command):
    channel: str
    ts: str


class GiveKudos(Command):
    pass


class HandoffOffered(Fact):
    kind: Literal["handoff.offered"] = "handoff.offered"
    no: int
    csm: str
    name: str
    why: tuple[str, ...]
    by_when: datetime
    at: datetime


class HandoffAccepted(Fact):
    kind: Literal["handoff.accepted"] = "handoff.accepted"
    csm: str
    at: datetime


class HandoffReturned(Fact):
    kind: Literal["handoff.returned"] = "handoff.returned"
    csm: str
    at: datetime
    reason: str


class WinPlanned(Fact):
    kind: Literal["win.planned"] = "win.planned"
    level: Level
    why: str
    channel: str
    helpers: tuple[Helper, ...]


class WinPosted(Fact):
    kind: Literal["win.posted"] = "win.posted"
    channel: str
    ts: str


class KudosGiven(Fact):
    kind: Literal["kudos.given"] = "kudos.given"
    by: str


class OutcomeRecorded(Fact):
    """What later deals learn from; the read `past_deals` holds it."""

    kind: Literal["outcome.recorded"] = "outcome.recorded"
    won: bool
    days: int
    strategy: str
    at: datetime


HandoffFact = HandoffOffered | HandoffAccepted | HandoffReturned | WinPlanned | WinPosted | KudosGiven | OutcomeRecorded


@dataclass(frozen=True, slots=True)
class Handoff:
    offered: HandoffOffered | None = None
    accepted: HandoffAccepted | None = None
    returned: tuple[HandoffReturned, ...] = ()
    win: WinPlanned | None = None
    win_posted: WinPosted | None = None
    kudos: tuple[str, ...] = ()
    outcome: OutcomeRecorded | None = None


def apply(state: Handoff, fact: HandoffFact) -> Handoff:
    match fact:
        case HandoffOffered():
            return replace(state, offered=fact)
        case HandoffAccepted():
            return replace(state, accepted=fact)
        case HandoffReturned():
            return replace(state, returned=(*state.returned, fact))
        case WinPlanned():
            return replace(state, win=fact)
        case WinPosted():
            return replace(state, win_posted=fact)
        case KudosGiven():
            return replace(state, kudos=(*state.kudos, fact.by))
        case OutcomeRecorded():
            return replace(state, outcome=fact)
        case _:
            assert_never(fact)
