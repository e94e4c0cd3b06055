"""Two versions of the package held side by side: asked for by one of ours, worked out, and shown in the thread."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.deal.contract import BuiltFile
from bot.streams.decision import Command, Fact


class CompareVersions(Command):
    older: int
    newer: int


class RecordComparison(Command):
    """`file` shows every change; `changes` is how many there are."""

    no: int
    file: BuiltFile
    changes: int


class ComparisonAsked(Fact):
    kind: Literal["comparison.asked"] = "comparison.asked"
    no: int
    older: int
    newer: int
    by: str
    at: datetime


class ComparisonMade(Fact):
    kind: Literal["comparison.made"] = "comparison.made"
    no: int
    file: BuiltFile
    changes: int
    at: datetime


ComparingFact = ComparisonAsked | ComparisonMade


@dataclass(frozen=True, slots=True)
class Comparing:
    asked: tuple[ComparisonAsked, ...] = ()
    made: tuple[ComparisonMade, ...] = ()

    def of(self, no: int) -> ComparisonAsked | None:
        return next((asked for asked in self.asked if asked.no == no), None)

    def result(self, no: int) -> ComparisonMade | None:
        return next((made for made in self.made if made.no == no), None)


def apply(state: Comparing, fact: ComparingFact) -> Comparing:
    match fact:
        case ComparisonAsked():
            return replace(state, asked=(*state.asked, fact))
        case ComparisonMade():
            return replace(state, made=(*state.made, fact))
        case _:
            assert_never(fact)
