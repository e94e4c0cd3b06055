"""What was given up for this deal and waits for a person: to be tried again, left out, or undone."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.decision import Choice, Command, Fact
from bot.streams.effects import Lane

LONGEST_CODE = 200


class ReportParked(Command):
    """`code` is the vendor's word or ours; `fence` says which parking, for it may be parked again."""

    key: str
    fence: int
    effect: str
    lane: Lane
    code: str = Field(max_length=LONGEST_CODE)


class DecideParked(Command):
    key: str
    fence: int
    choice: Choice


class EffectParked(Fact):
    kind: Literal["effect.parked"] = "effect.parked"
    key: str
    fence: int
    effect: str
    lane: Lane
    code: str
    at: datetime


class EffectDecided(Fact):
    kind: Literal["effect.decided"] = "effect.decided"
    key: str
    fence: int
    effect: str
    choice: Choice
    by: str
    at: datetime


ParkedFact = EffectParked | EffectDecided


@dataclass(frozen=True, slots=True)
class Parked:
    """`rows` wait, the oldest first; `times` counts how often the first one came."""

    rows: tuple[EffectParked, ...] = ()
    times: int = 0

    def row(self, key: str) -> EffectParked | None:
        return next((row for row in self.rows if row.key == key), None)


def apply(state: Parked, fact: ParkedFact) -> Parked:
    others = tuple(row for row in state.rows if row.key != fact.key)
    match fact:
        case EffectParked():
            return Parked((*others, fact), state.times if state.rows else state.times + 1)
        case EffectDecided():
            return replace(state, rows=others)
        case _:
            assert_never(fact)
