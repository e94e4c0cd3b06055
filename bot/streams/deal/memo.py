"""The legal memo of a package: its reasoning, for legal alone, and what legal made of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.deal.contract import BuiltFile
from bot.streams.decision import Command, Fact

LONGEST_AMENDMENT = 500


class RecordMemo(Command):
    version: int
    file: BuiltFile


class JudgeMemo(Command):
    """`seen` is the hash of the package that the memo is about; what is not accepted says what should change."""

    seen: str
    accepted: bool
    words: str = Field(default="", max_length=LONGEST_AMENDMENT)


class MemoMade(Fact):
    """`person` is asked what she makes of it; nobody, when the package's risk does not call for it."""

    kind: Literal["memo.made"] = "memo.made"
    version: int
    hash: str
    file: BuiltFile
    person: str
    at: datetime


class MemoJudged(Fact):
    kind: Literal["memo.judged"] = "memo.judged"
    version: int
    hash: str
    accepted: bool
    words: str
    by: str
    at: datetime


MemoFact = MemoMade | MemoJudged


@dataclass(frozen=True, slots=True)
class Memo:
    """`made` is the newest; `judged` keeps every judgement."""

    made: MemoMade | None = None
    judged: tuple[MemoJudged, ...] = ()

    def judgement(self, version: int) -> MemoJudged | None:
        return next((each for each in self.judged if each.version == version), None)


def apply(state: Memo, fact: MemoFact) -> Memo:
    match fact:
        case MemoMade():
            return replace(state, made=fact)
        case MemoJudged():
            return replace(state, judged=(*state.judged, fact))
        case _:
            assert_never(fact)
