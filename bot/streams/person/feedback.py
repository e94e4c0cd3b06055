"""How a person found approvals: what she was asked, rarely, and what she said. Her own; others see sums alone."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.playbook.feedback import Side
from bot.streams.decision import Command, Fact
from bot.streams.value import Value

LONGEST = 500


class Question(Value):
    """About the decision on one request: `role` is hers in it, the one that decides or the rep's."""

    deal: str
    approval: str
    rule: str
    title: str
    role: str
    side: Side


class AskFeedback(Command):
    """The deal asks for it; her own rule decides whether it disturbs."""

    about: Question


class GiveFeedback(Command):
    """The first tap."""

    no: int
    answer: str


class NameFriction(Command):
    """The second tap."""

    no: int
    friction: str


class AddWords(Command):
    no: int
    words: str = Field(max_length=LONGEST)


class RecordFeedbackPosted(Command):
    no: int
    channel: str
    ts: str


class FeedbackAsked(Fact):
    """`on` is the day on her clock whose budget it takes."""

    kind: Literal["feedback.asked"] = "feedback.asked"
    no: int
    about: Question
    on: date
    at: datetime


class FeedbackPosted(Fact):
    kind: Literal["feedback.posted"] = "feedback.posted"
    no: int
    channel: str
    ts: str


class FeedbackGiven(Fact):
    """`score` is from 0 to 10."""

    kind: Literal["feedback.given"] = "feedback.given"
    no: int
    answer: str
    score: int
    at: datetime


class FrictionNamed(Fact):
    kind: Literal["feedback.friction"] = "feedback.friction"
    no: int
    friction: str
    at: datetime


class WordsAdded(Fact):
    kind: Literal["feedback.words"] = "feedback.words"
    no: int
    words: str
    at: datetime


FeedbackFact = FeedbackAsked | FeedbackPosted | FeedbackGiven | FrictionNamed | WordsAdded


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, where it stands, and what she said."""

    no: int
    about: Question
    on: date
    at: datetime
    channel: str = ""
    ts: str = ""
    answer: str = ""
    score: int | None = None
    friction: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Oldest first."""

    asked: tuple[Asked, ...] = ()

    def of(self, no: int) -> Asked | None:
        return next((each for each in self.asked if each.no == no), None)

    def about(self, deal: str) -> Iterator[Asked]:
        return (each for each in self.asked if each.about.deal == deal)

    def sent_on(self, day: date) -> int:
        return sum(each.on == day for each in self.asked)

    @property
    def last_at(self) -> datetime | None:
        return self.asked[-1].at if self.asked else None


def apply(state: Feedback, fact: FeedbackFact) -> Feedback:
    match fact:
        case FeedbackAsked():
            return replace(state, asked=(*state.asked, Asked(fact.no, fact.about, fact.on, fact.at)))
        case FeedbackPosted():
            return _with(state, fact.no, channel=fact.channel, ts=fact.ts)
        case FeedbackGiven():
            return _with(state, fact.no, answer=fact.answer, score=fact.score)
        case FrictionNamed():
            return _with(state, fact.no, friction=fact.friction)
        case WordsAdded():
            return _with(state, fact.no, words=fact.words)
        case _:
            assert_never(fact)


def _with(state: Feedback, no: int, **change: object) -> Feedback:
    asked = tuple(replace(each, **change) if each.no == no else each for each in state.asked)  # type: ignore[arg-type]
    return replace(state, asked=asked)
