"""What people say of a clause: each comment stands at its clause, with its answers, until somebody resolves it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import AwareDatetime, Field

from bot.streams.deal.contract import Side
from bot.streams.decision import Command, Fact

LONGEST = 1_000


class CommentOnClause(Command):
    """`file` is the hash of the document that was looked at, `anchor` its clause."""

    version: int
    file: str
    anchor: str = Field(max_length=160)
    words: str = Field(max_length=LONGEST)


class CommentAsReader(Command):
    """By somebody at the customer, who bears a link."""

    share: str
    file: str
    anchor: str = Field(max_length=160)
    words: str = Field(max_length=LONGEST)


class AnswerComment(Command):
    no: int
    words: str = Field(max_length=LONGEST)


class ResolveComment(Command):
    no: int


class CommentMade(Fact):
    """`by` is a team:user id; of somebody at the customer, the id of the contact."""

    kind: Literal["comment.made"] = "comment.made"
    no: int
    version: int
    file: str
    title: str
    template: str
    anchor: str
    words: str
    side: Side
    by: str
    name: str
    at: AwareDatetime


class CommentAnswered(Fact):
    kind: Literal["comment.answered"] = "comment.answered"
    no: int
    words: str
    by: str
    at: AwareDatetime


class CommentResolved(Fact):
    kind: Literal["comment.resolved"] = "comment.resolved"
    no: int
    by: str
    at: AwareDatetime


CommentFact = CommentMade | CommentAnswered | CommentResolved


@dataclass(frozen=True, slots=True)
class Comment:
    made: CommentMade
    answers: tuple[CommentAnswered, ...] = ()
    resolved: CommentResolved | None = None

    @property
    def waits(self) -> bool:
        """A customer's, to which nobody has said anything yet."""
        return self.made.side == "customer" and not self.answers and self.resolved is None

    @property
    def at(self) -> datetime:
        return self.answers[-1].at if self.answers else self.made.at


@dataclass(frozen=True, slots=True)
class Comments:
    every: tuple[Comment, ...] = ()

    def of(self, no: int) -> Comment | None:
        return next((comment for comment in self.every if comment.made.no == no), None)

    @property
    def open(self) -> tuple[Comment, ...]:
        return tuple(comment for comment in self.every if comment.resolved is None)


def apply(state: Comments, fact: CommentFact) -> Comments:
    match fact:
        case CommentMade():
            return replace(state, every=(*state.every, Comment(fact)))
        case CommentAnswered() | CommentResolved():
            return replace(state, every=tuple(_step(c, fact) if c.made.no == fact.no else c for c in state.every))
        case _:
            assert_never(fact)


def _step(comment: Comment, fact: CommentAnswered | CommentResolved) -> Comment:
    if isinstance(fact, CommentResolved):
        return replace(comment, resolved=fact)
    return replace(comment, answers=(*comment.answers, fact))
