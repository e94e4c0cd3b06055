"""The page of a mail's link, and the codes by which who came by it shows that it is she: sent to her in Slack, each
for one request.

A code itself is kept nowhere: it is made of the fact's `code` by the installation's key."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact


class ShowRequest(Command):
    """The page of a mail's link was shown; `page` is the hash of what stood on it."""

    task_id: str
    page: str


class AskCode(Command):
    """By whoever has the link: the code goes to the person, and to nobody else."""

    task_id: str


class TryCode(Command):
    """Counted before it is looked at, so that many at once are no more tries than one after the other."""

    task_id: str
    code: str


class UseCode(Command):
    """It was right; given together with the decision, and undone with it."""

    task_id: str
    code: str
    seen: str


class RequestShown(Fact):
    """Told anew only when something else stood on the page."""

    kind: Literal["request.shown"] = "request.shown"
    task_id: str
    page: str
    at: datetime


class CodeGiven(Fact):
    """`seen` is the hash of the package that may be decided on with it."""

    kind: Literal["code.given"] = "code.given"
    code: str
    task_id: str
    seen: str
    at: datetime
    until: datetime


class CodeTried(Fact):
    kind: Literal["code.tried"] = "code.tried"
    code: str
    at: datetime


class CodeUsed(Fact):
    kind: Literal["code.used"] = "code.used"
    code: str
    at: datetime


CodeFact = CodeGiven | CodeTried | CodeUsed


@dataclass(frozen=True, slots=True)
class Code:
    given: CodeGiven
    tries: int = 0
    used: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    given: tuple[Code, ...] = ()

    def about(self, task_id: str) -> tuple[Code, ...]:
        return tuple(code for code in self.given if code.given.task_id == task_id)

    def current(self, task_id: str) -> Code | None:
        """The newest alone works."""
        return next(iter(reversed(self.about(task_id))), None)

    def since(self, at: datetime) -> int:
        return sum(1 for code in self.given if code.given.at > at)


def apply(state: Codes, fact: CodeFact) -> Codes:
    match fact:
        case CodeGiven():
            return Codes((*state.given, Code(fact)))
        case CodeTried():
            return _changed(state, fact.code, lambda code: replace(code, tries=code.tries + 1))
        case CodeUsed():
            return _changed(state, fact.code, lambda code: replace(code, used=True))
        case _:
            assert_never(fact)


def _changed(state: Codes, name: str, change: Callable[[Code], Code]) -> Codes:
    return Codes(tuple(change(code) if code.given.code == name else code for code in state.given))
