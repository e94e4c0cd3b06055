"""What was heard, what it means, what was promised, and how we mean to close."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.decision import Command, Fact
from bot.streams.value import Value

Label = Literal["commit", "conditional", "no_commit", "negative"]


class HearMessage(Command):
    """A message in one of the deal's channels. `speaker` is team:user; `link` opens it in Slack."""

    channel: str
    ts: str
    thread_ts: str
    speaker: str
    text: str


class Said(Value):
    """A message as Slack keeps it; the text as it was typed."""

    ts: str
    thread_ts: str
    speaker: str
    text: str


class CatchUp(Command):
    """What was said in the channel, oldest first, while its messages were not yet heard."""

    channel: str
    said: tuple[Said, ...]


class WeighMessage(Command):
    """The same message with its speaker known. `foreign` is anybody not of our workspace."""

    text_id: str
    text: str
    name: str
    title: str
    foreign: bool
    link: str


class JudgeSignal(Command):
    no: int


class RecordSignalCard(Command):
    no: int
    channel: str
    ts: str


class Span(Value):
    """Offsets into a kept text, and the hash of the words, so that a quotation can be checked."""

    start: int
    end: int
    hash: str


class MessageHeard(Fact):
    kind: Literal["message.heard"] = "message.heard"
    text_id: str
    hash: str
    channel: str
    ts: str
    speaker: str


class SignalDetected(Fact):
    """`said` are the spans that carry the yes or the no; `authority` says why the speaker may or may not decide."""

    kind: Literal["signal.detected"] = "signal.detected"
    no: int
    text_id: str
    label: Label
    score: int
    said: tuple[Span, ...]
    conditions: tuple[Span, ...]
    name: str
    title: str
    contact_id: str
    authority: str
    link: str
    at: datetime
    reasons: tuple[str, ...]
    urgency: str
    competitors: tuple[str, ...]


class PromiseHeard(Fact):
    kind: Literal["promise.heard"] = "promise.heard"
    text_id: str
    said: Span
    speaker: str
    name: str
    link: str
    at: datetime


class SignalJudged(Fact):
    kind: Literal["signal.judged"] = "signal.judged"
    no: int
    by: str
    at: datetime


class SignalCardPosted(Fact):
    kind: Literal["signal.card_posted"] = "signal.card_posted"
    no: int
    channel: str
    ts: str


class StrategyChosen(Fact):
    kind: Literal["strategy.chosen"] = "strategy.chosen"
    strategy: str
    says: str
    reasons: tuple[str, ...]
    risks: tuple[str, ...]
    precedents: tuple[str, ...]


SignalFact = MessageHeard | SignalDetected | PromiseHeard | SignalJudged | SignalCardPosted | StrategyChosen


@dataclass(frozen=True, slots=True)
class Signals:
    """`yes` is the commitment that the deal rests on: the newest one that nobody judged away."""

    heard: tuple[MessageHeard, ...] = ()
    detected: tuple[SignalDetected, ...] = ()
    judged: tuple[SignalJudged, ...] = ()
    cards: tuple[SignalCardPosted, ...] = ()
    promises: tuple[PromiseHeard, ...] = ()
    strategy: StrategyChosen | None = None

    @property
    def yes(self) -> SignalDetected | None:
        away = {judged.no for judged in self.judged}
        said = [s for s in self.detected if s.label == "commit" and s.no not in away]
        return said[-1] if said else None

    def signal(self, no: int) -> SignalDetected | None:
        return next((s for s in self.detected if s.no == no), None)

    def judgement(self, no: int) -> SignalJudged | None:
        return next((j for j in self.judged if j.no == no), None)

    def card(self, no: int) -> SignalCardPosted | None:
        return next((c for c in reversed(self.cards) if c.no == no), None)

    def message(self, text_id: str) -> MessageHeard | None:
        return next((m for m in self.heard if m.text_id == text_id), None)

    def has_heard(self, channel: str, ts: str) -> bool:
        return any((m.channel, m.ts) == (channel, ts) for m in self.heard)


KEPT = 50  # the newest messages that the fold remembers; the ledger has them all


def apply(state: Signals, fact: SignalFact) -> Signals:
    match fact:
        case MessageHeard():
            return replace(state, heard=(*state.heard, fact)[-KEPT:])
        case SignalDetected():
            return replace(state, detected=(*state.detected, fact))
        case PromiseHeard():
            return replace(state, promises=(*state.promises, fact))
        case SignalJudged():
            return replace(state, judged=(*state.judged, fact))
        case SignalCardPosted():
            return replace(state, cards=(*state.cards, fact))
        case StrategyChosen():
            return replace(state, strategy=fact)
        case _:
            assert_never(fact)
