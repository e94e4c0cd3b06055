"""Changes of how we work that numbers speak for: put to their owner, followed when she says yes, and closed either
because the number moved or as not true."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.ids import digest
from bot.streams.value import Value

Unit = Literal["share", "minutes", "tenths", "count"]
Choice = Literal["accept", "decline", "not_true"]
State = Literal["open", "accepted", "followed", "kept", "declined", "not_true"]
LIVE: frozenset[State] = frozenset({"open", "accepted", "followed"})


class Aim(Value):
    """The number that is to move from `start` to `reach`, up or down. A share is in basis points, a score in tenths."""

    says: str
    unit: Unit
    start: int
    reach: int

    def reached(self, value: int) -> bool:
        return value >= self.reach if self.reach >= self.start else value <= self.reach


class Proposal(Value):
    """`kind` names the row of the playbook that says whose it is, `key` what of that kind it is about; `month` is the
    one in which it was found, such as 2026-11. `change` is one line; `told` what speaks for it; `deals` how many it
    rests on; `tested` the past again as if it had been so, empty when that cannot be said."""

    kind: str
    key: str
    month: str
    change: str
    told: tuple[str, ...]
    deals: int
    tested: str = ""
    aim: Aim

    @property
    def id(self) -> str:
        """The same change is proposed once a month, whatever the numbers are by now."""
        return digest(self.kind, self.key, self.month)[:16]


class Measured(Value):
    """The number since the yes, over so many; `about` is the proposal."""

    about: str
    value: int
    count: int


class WeighProposals(Command):
    """What a look at the numbers found, and how far the accepted ones are by now."""

    found: tuple[Proposal, ...] = ()
    measured: tuple[Measured, ...] = ()


class DecideProposal(Command):
    """By its owner; a no needs its reason, and so does to close an accepted one as not true."""

    about: str
    choice: Choice
    reason: str = ""


class ProposalRaised(Fact):
    """`asked` are who may answer, `due_on` is until when."""

    kind: Literal["proposal.raised"] = "proposal.raised"
    proposal: Proposal
    owner: str
    asked: tuple[str, ...]
    due_on: date
    at: datetime


class ProposalDecided(Fact):
    """`follow_until` is by when the number must have moved, after a yes."""

    kind: Literal["proposal.decided"] = "proposal.decided"
    about: str
    yes: bool
    by: str
    reason: str = ""
    at: datetime
    follow_until: datetime | None = None


class ProposalMeasured(Fact):
    kind: Literal["proposal.measured"] = "proposal.measured"
    about: str
    value: int
    count: int
    at: datetime


class ProposalEnded(Fact):
    """`by` is empty when the number, or the end of its time, said so."""

    kind: Literal["proposal.ended"] = "proposal.ended"
    about: str
    kept: bool
    by: str = ""
    reason: str = ""
    at: datetime


ProposalFact = ProposalRaised | ProposalDecided | ProposalMeasured | ProposalEnded


@dataclass(frozen=True, slots=True)
class Followed:
    """One proposal with all that became of it."""

    raised: ProposalRaised
    decided: ProposalDecided | None = None
    measured: ProposalMeasured | None = None
    ended: ProposalEnded | None = None

    @property
    def proposal(self) -> Proposal:
        return self.raised.proposal

    @property
    def state(self) -> State:
        if self.ended is not None:
            return "kept" if self.ended.kept else "not_true"
        if self.decided is None:
            return "open"
        if not self.decided.yes:
            return "declined"
        return "followed" if self.measured else "accepted"

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def changed_at(self) -> datetime:
        steps = (self.raised, self.decided, self.measured, self.ended)
        return max(step.at for step in steps if step is not None)

    @property
    def over_at(self) -> datetime | None:
        """None while something may still become of it."""
        last = self.ended or self.decided
        return last.at if last and not self.live else None


@dataclass(frozen=True, slots=True)
class Proposals:
    """Oldest first."""

    every: tuple[Followed, ...] = ()

    def of(self, about: str) -> Followed | None:
        return next((each for each in self.every if each.proposal.id == about), None)

    def alike(self, proposal: Proposal) -> Iterator[Followed]:
        """About the same, of whatever month."""
        wanted = (proposal.kind, proposal.key)
        return (each for each in self.every if (each.proposal.kind, each.proposal.key) == wanted)


def apply(state: Proposals, fact: ProposalFact) -> Proposals:
    match fact:
        case ProposalRaised():
            return replace(state, every=(*state.every, Followed(fact)))
        case ProposalDecided():
            return _with(state, fact.about, decided=fact)
        case ProposalMeasured():
            return _with(state, fact.about, measured=fact)
        case ProposalEnded():
            return _with(state, fact.about, ended=fact)
        case _:
            assert_never(fact)


def _with(state: Proposals, about: str, **step: object) -> Proposals:
    every = tuple(replace(e, **step) if e.proposal.id == about else e for e in state.every)  # type: ignore[arg-type]
    return replace(state, every=every)
