"""The papers beside the contract: made from the same facts, compared with them, and shown."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.deal.contract import BuiltFile
from bot.streams.decision import Command, Fact
from bot.streams.value import Value

Audience = Literal["customer", "rep"]


class Paper(Value):
    """`audience` decides who may ever see it: what is for the rep never reaches a customer."""

    file: BuiltFile
    audience: Audience


class RecordPapers(Command):
    """`differences` says in words what any document of the package, or any paper, does not say as the facts do."""

    version: int
    papers: tuple[Paper, ...]
    differences: tuple[str, ...]


class RecordPapersPosted(Command):
    version: int
    ts: str
    links: tuple[str, ...]


class PapersMade(Fact):
    kind: Literal["papers.made"] = "papers.made"
    version: int
    papers: tuple[Paper, ...]
    differences: tuple[str, ...]
    at: datetime


class PapersPosted(Fact):
    kind: Literal["papers.posted"] = "papers.posted"
    version: int
    ts: str
    links: tuple[str, ...]


PapersFact = PapersMade | PapersPosted


@dataclass(frozen=True, slots=True)
class Papers:
    """`made` is of the newest package that has some, `every` of all that had."""

    made: PapersMade | None = None
    posted: tuple[PapersPosted, ...] = ()
    every: tuple[PapersMade, ...] = ()

    def of(self, version: int) -> PapersMade | None:
        return next((made for made in reversed(self.every) if made.version == version), None)


def apply(state: Papers, fact: PapersFact) -> Papers:
    match fact:
        case PapersMade():
            return replace(state, made=fact, every=(*state.every, fact))
        case PapersPosted():
            return replace(state, posted=(*state.posted, fact))
        case _:
            assert_never(fact)
