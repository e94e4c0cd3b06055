"""Where we stand in a deal: what customers may read of it, and what only we see."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from bot.streams.deal.signals import Span
from bot.streams.decision import Command, Fact
from bot.streams.value import Value

Level = Literal["high", "medium", "low", "unknown"]


class Advantage(Value):
    """What we say to something that they decide by; `topic` is one of the playbook's."""

    topic: str
    title: str
    says: str
    source: str
    seen_on: date


class Compared(Value):
    """One line of a comparison: ours and theirs, each with its source and the day on which it was seen."""

    topic: str
    title: str
    ours: str
    our_source: str
    our_seen_on: date
    theirs: str
    their_source: str
    their_seen_on: date


class Position(Value):
    """For customers: its type has no place for a line of ours alone, a threat, or another customer."""

    against: str = ""
    advantages: tuple[Advantage, ...] = ()
    rows: tuple[Compared, ...] = ()


class Threat(Value):
    """By what was lost to it: `lost` of `of` past deals, the share and its interval in basis points. `segment` is the
    industry that was counted; empty when it has too few, so that all were."""

    level: Level
    segment: str = ""
    lost: int = 0
    of: int = 0
    share: int = 0
    low: int = 0
    high: int = 0


class NeedHeard(Value):
    """What they decide by, in their own words where they wrote of it; else because of whom they compare us with."""

    topic: str
    title: str
    text_id: str = ""
    said: Span | None = None


class CardLine(Value):
    """`what` is advantage, theirs, answer or note; `news` is the id of the stream that told it, if one did."""

    what: Literal["advantage", "theirs", "answer", "note"]
    title: str
    says: str
    audience: Literal["customer", "rep"]
    source: str
    seen_on: date
    news: str = ""


class Standing(Value):
    """For us alone. `heard` is the competitor's name as it was told, `card` the battle card that it fits; `stale` are
    the titles of what is too old to be used."""

    heard: str = ""
    card: str = ""
    threat: Threat = Threat(level="unknown")
    needs: tuple[NeedHeard, ...] = ()
    lines: tuple[CardLine, ...] = ()
    stale: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.heard or self.needs)


class RecordStandingPosted(Command):
    version: int
    ts: str


class StandingTaken(Fact):
    """Beside the package of that version; what of it the customer may read stands in the contract."""

    kind: Literal["standing.taken"] = "standing.taken"
    version: int
    standing: Standing
    at: datetime


class StandingPosted(Fact):
    kind: Literal["standing.posted"] = "standing.posted"
    version: int
    ts: str


StandingFact = StandingTaken | StandingPosted


@dataclass(frozen=True, slots=True)
class Standings:
    taken: StandingTaken | None = None
    posted: StandingPosted | None = None

    def of(self, version: int) -> Standing | None:
        return self.taken.standing if self.taken and self.taken.version == version else None


def apply(state: Standings, fact: StandingFact) -> Standings:
    match fact:
        case StandingTaken():
            return replace(state, taken=fact)
        case StandingPosted():
            return replace(state, posted=fact)
        case _:
            assert_never(fact)
