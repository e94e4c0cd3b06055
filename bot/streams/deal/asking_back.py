"""Before an approver decides: what she asks the rep, and at which terms she would say yes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.deal.package import Terms
from bot.streams.decision import Command, Fact

LONGEST = 500


class AskBack(Command):
    """By somebody who may decide it; `seen` is the hash of the package that she looked at."""

    approval: str
    seen: str
    words: str = Field(max_length=LONGEST)


class AnswerBack(Command):
    no: int
    words: str = Field(max_length=LONGEST)


class ApproveAt(Command):
    """A yes to the same package at another price or payment term: `discount` in basis points."""

    approval: str
    seen: str
    discount: int | None = None
    payment_days: int | None = None
    reason: str = Field(max_length=200)


class LeaveCounter(Command):
    """The rep keeps to what was asked."""

    no: int


class QuestionAsked(Fact):
    kind: Literal["approval.question"] = "approval.question"
    no: int
    approval: str
    subject: str
    by: str
    words: str
    at: datetime


class QuestionAnswered(Fact):
    kind: Literal["approval.answer"] = "approval.answer"
    no: int
    by: str
    words: str
    at: datetime


class CounterMade(Fact):
    """`terms` are all of the package's that she says yes to, made from that of `version`; `frame` is the hash of all of
    its contract that is not price."""

    kind: Literal["approval.counter"] = "approval.counter"
    no: int
    approval: str
    about: str  # the kind of approval
    by: str
    version: int
    terms: Terms
    frame: str
    reason: str
    at: datetime


class CounterLeft(Fact):
    kind: Literal["approval.counter_left"] = "approval.counter_left"
    no: int
    by: str
    at: datetime


AskingBackFact = QuestionAsked | QuestionAnswered | CounterMade | CounterLeft


@dataclass(frozen=True, slots=True)
class AskingBack:
    questions: tuple[QuestionAsked, ...] = ()
    answers: tuple[QuestionAnswered, ...] = ()
    counters: tuple[CounterMade, ...] = ()
    left: frozenset[int] = frozenset()

    def question(self, no: int) -> QuestionAsked | None:
        return next((each for each in self.questions if each.no == no), None)

    def answer(self, no: int) -> QuestionAnswered | None:
        return next((each for each in self.answers if each.no == no), None)

    def of(self, subject: str) -> tuple[QuestionAsked, ...]:
        """What was asked about a request, of these very terms."""
        return tuple(each for each in self.questions if each.subject == subject)

    def waits(self, subject: str, person: str = "") -> QuestionAsked | None:
        """Asked, by her where somebody is named, and not answered."""
        mine = (each for each in self.of(subject) if person in ("", each.by) and self.answer(each.no) is None)
        return next(mine, None)

    def counter(self, no: int) -> CounterMade | None:
        return next((each for each in self.counters if each.no == no), None)

    def offered(self, version: int) -> CounterMade | None:
        """The newest that the rep has not left, for a package of that version."""
        found = (each for each in reversed(self.counters) if each.version == version and each.no not in self.left)
        return next(found, None)


def apply(state: AskingBack, fact: AskingBackFact) -> AskingBack:
    match fact:
        case QuestionAsked():
            return replace(state, questions=(*state.questions, fact))
        case QuestionAnswered():
            return replace(state, answers=(*state.answers, fact))
        case CounterMade():
            return replace(state, counters=(*state.counters, fact))
        case CounterLeft():
            return replace(state, left=state.left | {fact.no})
        case _:
            assert_never(fact)
