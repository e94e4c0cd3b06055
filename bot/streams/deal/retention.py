"""How long the documents of a deal are kept, what was forgotten, and a legal hold that forbids it."""

from dataclasses import dataclass, replace
from typing import Literal, assert_never

from pydantic import AwareDatetime, Field

from bot.streams.decision import Command, Fact


class PlaceHold(Command):
    reason: str = Field(max_length=500)


class ReleaseHold(Command):
    pass


class ForgetDocuments(Command):
    """By the deadline of a version."""

    version: int


class HoldPlaced(Fact):
    kind: Literal["hold.placed"] = "hold.placed"
    reason: str
    by: str
    at: AwareDatetime


class HoldReleased(Fact):
    kind: Literal["hold.released"] = "hold.released"
    by: str
    at: AwareDatetime


class DocumentsForgotten(Fact):
    """Of one version: the files are deleted, the record that they were there stays."""

    kind: Literal["documents.forgotten"] = "documents.forgotten"
    version: int
    files: tuple[str, ...]
    at: AwareDatetime


RetentionFact = HoldPlaced | HoldReleased | DocumentsForgotten


@dataclass(frozen=True, slots=True)
class Keeping:
    hold: HoldPlaced | None = None
    forgotten: tuple[DocumentsForgotten, ...] = ()

    def gone(self, version: int) -> bool:
        return any(each.version == version for each in self.forgotten)


def apply(state: Keeping, fact: RetentionFact) -> Keeping:
    match fact:
        case HoldPlaced():
            return replace(state, hold=fact)
        case HoldReleased():
            return replace(state, hold=None)
        case DocumentsForgotten():
            return replace(state, forgotten=(*state.forgotten, fact))
        case _:
            assert_never(fact)
