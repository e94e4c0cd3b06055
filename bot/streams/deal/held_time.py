"""Time that an approver holds in her own calendar for a request, by her click, and given back once it is not needed."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact


class HoldTime(Command):
    """For a request that lies before who gives it."""

    approval: str


class RecordFreed(Command):
    """The invitations with these numbers were taken back."""

    nos: tuple[int, ...]


class TimeHeld(Fact):
    """`no` counts those of a deal."""

    kind: Literal["time.held"] = "time.held"
    no: int
    approval: str
    person: str
    starts_at: datetime
    ends_at: datetime
    at: datetime


class TimeFreed(Fact):
    kind: Literal["time.freed"] = "time.freed"
    no: int
    at: datetime


HeldTimeFact = TimeHeld | TimeFreed


@dataclass(frozen=True, slots=True)
class HeldTime:
    held: tuple[TimeHeld, ...] = ()
    freed: frozenset[int] = frozenset()

    @property
    def kept(self) -> tuple[TimeHeld, ...]:
        """Those that still stand in a calendar."""
        return tuple(each for each in self.held if each.no not in self.freed)

    def of(self, approval: str, person: str) -> TimeHeld | None:
        return next((each for each in self.kept if (each.approval, each.person) == (approval, person)), None)


def apply(state: HeldTime, fact: HeldTimeFact) -> HeldTime:
    match fact:
        case TimeHeld():
            return replace(state, held=(*state.held, fact))
        case TimeFreed():
            return replace(state, freed=state.freed | {fact.no})
        case _:
            assert_never(fact)
