"""What keeps the operators from sleeping: a provider that is shut, or steps that wait for a person."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.effects import Lane
from bot.streams.value import Value

Kind = Literal["refused", "shut", "parked"]


class Trouble(Value):
    """One a lane and kind. refused: our credentials; shut: it fails again and again; parked: `count` steps wait."""

    kind: Kind
    lane: Lane
    code: str = ""
    count: int = 0
    since: datetime

    @property
    def name(self) -> str:
        return f"{'parked' if self.kind == 'parked' else 'provider'}.{self.lane}"


class NoticeTroubles(Command):
    """All that there are at this moment: what is not among them is over."""

    troubles: tuple[Trouble, ...]


class RecordTroubleCard(Command):
    name: str
    channel: str
    ts: str


class TroubleNoticed(Fact):
    kind: Literal["trouble.noticed"] = "trouble.noticed"
    trouble: Trouble
    at: datetime


class TroubleOver(Fact):
    kind: Literal["trouble.over"] = "trouble.over"
    name: str
    at: datetime


class TroubleCardPosted(Fact):
    kind: Literal["trouble.card_posted"] = "trouble.card_posted"
    name: str
    channel: str
    ts: str


TroubleFact = TroubleNoticed | TroubleOver | TroubleCardPosted


@dataclass(frozen=True, slots=True)
class Told:
    """A trouble with its card, the last of its name: when it comes again after it was over, it has a new one."""

    trouble: Trouble
    channel: str = ""
    ts: str = ""
    over_at: datetime | None = None


def changed(known: Iterable[Trouble], found: Iterable[Trouble]) -> tuple[tuple[Trouble, ...], tuple[str, ...]]:
    """What is new or different, and the names of what is over. Another code alone is no news: a provider that is down
    has many words for it."""
    before = {trouble.name: trouble for trouble in known}
    now = {trouble.name: trouble for trouble in found}
    fresh = (t for name, t in now.items() if name not in before or _news(before[name]) != _news(t))
    return tuple(fresh), tuple(name for name in before if name not in now)


def live(all_told: tuple[Told, ...]) -> tuple[Trouble, ...]:
    return tuple(told.trouble for told in all_told if told.over_at is None)


def find(all_told: tuple[Told, ...], name: str) -> Told | None:
    return next((told for told in all_told if told.trouble.name == name), None)


def apply(all_told: tuple[Told, ...], fact: TroubleFact) -> tuple[Told, ...]:
    match fact:
        case TroubleNoticed():
            known = find(all_told, fact.trouble.name)
            goes_on = known is not None and known.over_at is None
            told = replace(known, trouble=fact.trouble) if known and goes_on else Told(fact.trouble)
            return (*(t for t in all_told if t.trouble.name != fact.trouble.name), told)
        case TroubleOver():
            return tuple(replace(t, over_at=fact.at) if t.trouble.name == fact.name else t for t in all_told)
        case TroubleCardPosted():
            return tuple(_shown(t, fact) if t.trouble.name == fact.name else t for t in all_told)
        case _:
            assert_never(fact)


def _shown(told: Told, fact: TroubleCardPosted) -> Told:
    return replace(told, channel=fact.channel, ts=fact.ts)


def _news(trouble: Trouble) -> tuple[str, int, datetime]:
    return trouble.kind, trouble.count, trouble.since
