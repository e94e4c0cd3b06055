"""Practices as they are kept current: proposed by what past deals say, in effect by their owner's word alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.ids import digest
from bot.streams.value import Value

Change = Literal["new", "retired"]


class PracticeSaid(Value):
    """As the playbook has them. `owner` is a role."""

    id: str
    says: str
    kind: Literal["discount", "payment", "term", "counter"]
    at_most: int = 0
    at_least: int = 0
    since: date
    owner: str


class Evidence(Value):
    """What past deals say for one change: `told` in words, `deals` how many it rests on. A new one takes the place of
    those named in `instead_of`."""

    change: Change
    practice: PracticeSaid
    told: tuple[str, ...]
    deals: int
    instead_of: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The same change has the same, whatever the numbers are by now."""
        return f"{self.change}-{self.practice.id}"

    @property
    def digest(self) -> str:
        return digest(self.change, self.practice.id, *self.instead_of, *self.told)


class WeighPractices(Command):
    """What a look at all past deals found."""

    found: tuple[Evidence, ...]


class DecidePractice(Command):
    """`seen` is the digest of the numbers that were looked at."""

    seen: str
    yes: bool


class PracticeProposed(Fact):
    kind: Literal["practice.proposed"] = "practice.proposed"
    evidence: Evidence
    asked: tuple[str, ...]
    at: datetime


class PracticeDecided(Fact):
    kind: Literal["practice.decided"] = "practice.decided"
    digest: str
    yes: bool
    by: str
    at: datetime


PracticeFact = PracticeProposed | PracticeDecided


@dataclass(frozen=True, slots=True)
class Practices:
    """The newest proposal of each change, and what was decided about each."""

    proposed: tuple[PracticeProposed, ...] = ()
    decided: tuple[PracticeDecided, ...] = ()
    added: tuple[PracticeSaid, ...] = ()
    retired: frozenset[str] = frozenset()

    def proposal(self, seen: str) -> PracticeProposed | None:
        return next((each for each in self.proposed if each.evidence.digest == seen), None)

    def of(self, name: str) -> PracticeProposed | None:
        return next((each for each in self.proposed if each.evidence.name == name), None)

    def answer(self, proposal: PracticeProposed) -> PracticeDecided | None:
        seen = proposal.evidence.digest
        return next((each for each in reversed(self.decided) if each.digest == seen and each.at >= proposal.at), None)


def apply(state: Practices, fact: PracticeFact) -> Practices:
    match fact:
        case PracticeProposed():
            others = tuple(p for p in state.proposed if p.evidence.name != fact.evidence.name)
            return replace(state, proposed=(*others, fact))
        case PracticeDecided():
            found = state.proposal(fact.digest)
            state = replace(state, decided=(*state.decided, fact))
            return _changed(state, found.evidence, fact.at.date()) if fact.yes and found else state
        case _:
            assert_never(fact)


def _changed(state: Practices, by: Evidence, today: date) -> Practices:
    name = by.practice.id
    kept = tuple(each for each in state.added if each.id not in (name, *by.instead_of))
    if by.change == "retired":
        return replace(state, added=kept, retired=state.retired | {name})
    new = by.practice.model_copy(update={"since": today})
    return replace(state, added=(*kept, new), retired=(state.retired | {*by.instead_of}) - {name})
