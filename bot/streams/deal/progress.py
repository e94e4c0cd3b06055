"""What the customer was told of how far we are: by a person's click, to the letter."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.streams.decision import Command, Fact


class ShareProgress(Command):
    """`seen` is the hash of the text that was looked at."""

    seen: str


class ProgressShared(Fact):
    kind: Literal["progress.shared"] = "progress.shared"
    no: int
    text: str
    by: str
    at: datetime


ProgressFact = ProgressShared


@dataclass(frozen=True, slots=True)
class Progress:
    shared: tuple[ProgressShared, ...] = ()

    def told(self, no: int) -> ProgressShared | None:
        return next((each for each in self.shared if each.no == no), None)


def apply(state: Progress, fact: ProgressFact) -> Progress:
    return replace(state, shared=(*state.shared, fact))
