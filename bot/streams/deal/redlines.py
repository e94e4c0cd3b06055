"""A contract that came back changed: each change with its rating, the answer to it, and what was agreed by that."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact
from bot.streams.value import Value

Answer = Literal["accept", "counter", "escalate"]
MOST_CHANGES = 200
LONGEST = 4_000  # letters of a clause that are kept


class Change(Value):
    """`standing` is where their wording stands on the ladder of `clause`, or below, or unread; `counter` the rung that
    answers it, empty where our text stays as it is; `laws` what their wording would break."""

    no: int
    kind: Literal["changed", "added", "removed"]
    number: str
    ours: str = Field(max_length=LONGEST)
    theirs: str = Field(max_length=LONGEST)
    clause: str
    standing: str
    risk: str
    granted_by: str
    counter: str
    laws: tuple[str, ...] = ()
    by_terms: bool = False

    @property
    def acceptable(self) -> bool:
        """A rung of ours, so that our own words for it can stand in the contract; what the deal's terms set, such as
        days to pay, is changed there."""
        return bool(self.clause) and self.standing not in ("below", "unread") and not self.by_terms


class RecordRedline(Command):
    """`seen` is the hash of the package that came back; `file` the hash of their file, as it is kept."""

    seen: str
    name: str = Field(max_length=200)
    file: str
    changes: tuple[Change, ...] = Field(min_length=1, max_length=MOST_CHANGES)


class AnswerChange(Command):
    redline: int
    change: int
    answer: Answer
    seen: str


class RecordRedlinePosted(Command):
    redline: int
    channel: str
    ts: str


class RedlineRead(Fact):
    kind: Literal["redline.read"] = "redline.read"
    no: int
    version: int
    hash: str
    name: str
    file: str
    changes: tuple[Change, ...]
    by: str
    at: datetime


class ChangeAnswered(Fact):
    kind: Literal["change.answered"] = "change.answered"
    redline: int
    change: int
    answer: Answer
    clause: str  # of the ladder; empty for another one
    rung: str
    by: str
    at: datetime
    person: str = ""  # of legal, who is asked when it is escalated


class RedlinePosted(Fact):
    kind: Literal["redline.posted"] = "redline.posted"
    redline: int
    channel: str
    ts: str


RedlineFact = RedlineRead | ChangeAnswered | RedlinePosted


@dataclass(frozen=True, slots=True)
class Redlines:
    """`read` is the newest; the answers and cards of all are kept, and with them what was agreed."""

    read: RedlineRead | None = None
    every: tuple[RedlineRead, ...] = ()
    answers: tuple[ChangeAnswered, ...] = ()
    posted: tuple[RedlinePosted, ...] = ()

    def answer(self, change: int) -> ChangeAnswered | None:
        """The last one to a change of the newest redline: legal's stands after the rep's."""
        mine = self.answers_of(self.read.no) if self.read else ()
        return next((each for each in reversed(mine) if each.change == change), None)

    def answers_of(self, redline: int) -> tuple[ChangeAnswered, ...]:
        return tuple(each for each in self.answers if each.redline == redline)

    @property
    def open(self) -> tuple[Change, ...]:
        """Not answered, or with legal."""
        changes = self.read.changes if self.read else ()
        given = {change.no: self.answer(change.no) for change in changes}
        return tuple(c for c in changes if (a := given[c.no]) is None or a.answer == "escalate")

    @property
    def agreed(self) -> dict[str, ChangeAnswered]:
        """Clause -> the answer that gave it a rung, the newest."""
        return {each.clause: each for each in self.answers if each.clause and each.rung}

    @property
    def asked(self) -> dict[str, str]:
        """Clause -> where their wording stood, of all redlines; the newest counts."""
        asked = {c.clause: c.standing for each in self.every for c in each.changes if c.clause}
        return {clause: standing for clause, standing in asked.items() if standing != "preferred"}

    def card(self, redline: int) -> RedlinePosted | None:
        return next((each for each in self.posted if each.redline == redline), None)


def apply(state: Redlines, fact: RedlineFact) -> Redlines:
    match fact:
        case RedlineRead():
            return replace(state, read=fact, every=(*state.every, fact))
        case ChangeAnswered():
            return replace(state, answers=(*state.answers, fact))
        case RedlinePosted():
            return replace(state, posted=(*state.posted, fact))
        case _:
            assert_never(fact)
