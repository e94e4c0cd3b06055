"""How a deal begins: its opportunity, its channels, its card, and who stopped the reading."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from bot.streams.deal.moving import ChannelLooked, ChannelOpened, MovingFact, PostPutOff
from bot.streams.deal.opportunity import Opportunity
from bot.streams.decision import Command, Fact
from bot.streams.effects import Lane


class NoticeOpportunity(Command):
    """Salesforce said that something changed: a hint, the record is read again."""

    opportunity_id: str


class RecordOpportunity(Command):
    opportunity: Opportunity


class BindChannels(Command):
    """`shared` is the channel with the customer, empty when there is none (or Slack says it is not shared)."""

    channel: str
    name: str
    shared: str = ""


class RecordCard(Command):
    channel: str
    ts: str


class RecordIntroduction(Command):
    channel: str
    ts: str


class SwitchListening(Command):
    on: bool


class PauseDeal(Command):
    reason: str = ""


class ResumeDeal(Command):
    pass


class ReportTrouble(Command):
    """`code` is the vendor's word or ours; `lane` the system that did not do it."""

    effect: str
    lane: Lane
    code: str


class OpportunityNoticed(Fact):
    kind: Literal["opportunity.noticed"] = "opportunity.noticed"
    opportunity_id: str


class DealOpened(Fact):
    kind: Literal["deal.opened"] = "deal.opened"
    opportunity: Opportunity
    rep: str
    stands_in: bool = False  # for an owner whom nobody knows


class OwnerAwaited(Fact):
    """Nobody of ours is known to have the address of Salesforce's owner."""

    kind: Literal["owner.awaited"] = "owner.awaited"
    email: str
    at: datetime


class RepChanged(Fact):
    kind: Literal["rep.changed"] = "rep.changed"
    rep: str
    before: str
    at: datetime


class OpportunityChanged(Fact):
    kind: Literal["opportunity.changed"] = "opportunity.changed"
    opportunity: Opportunity


class ChannelBound(Fact):
    kind: Literal["channel.bound"] = "channel.bound"
    channel: str
    name: str
    shared: bool


class CardPosted(Fact):
    kind: Literal["card.posted"] = "card.posted"
    channel: str
    ts: str


class IntroductionPosted(Fact):
    kind: Literal["introduction.posted"] = "introduction.posted"
    channel: str
    ts: str


class ListeningSwitched(Fact):
    kind: Literal["listening.switched"] = "listening.switched"
    on: bool
    by: str
    at: datetime


class DealPaused(Fact):
    kind: Literal["deal.paused"] = "deal.paused"
    by: str
    at: datetime
    reason: str


class DealResumed(Fact):
    kind: Literal["deal.resumed"] = "deal.resumed"
    by: str


class TroubleReported(Fact):
    kind: Literal["trouble.reported"] = "trouble.reported"
    effect: str
    lane: Lane
    code: str
    at: datetime


OpeningFact = (
    OpportunityNoticed
    | DealOpened
    | OwnerAwaited
    | RepChanged
    | OpportunityChanged
    | ChannelBound
    | CardPosted
    | IntroductionPosted
    | ListeningSwitched
    | DealPaused
    | DealResumed
    | TroubleReported
    | MovingFact
)


@dataclass(frozen=True, slots=True)
class Opening:
    """`rep` is the owner's team:user id, or of who stands in while she is awaited; `trouble` what was refused last."""

    opportunity_id: str = ""
    opportunity: Opportunity | None = None
    rep: str = ""
    stands_in: bool = False
    awaited: OwnerAwaited | None = None
    channel: str = ""
    shared_channel: str = ""
    card_ts: str = ""
    introduction_ts: str = ""
    listening: ListeningSwitched | None = None
    paused: DealPaused | None = None
    trouble: TroubleReported | None = None
    left: tuple[str, ...] = ()  # channels that were ours alone until others could read there

    @property
    def reads_shared(self) -> bool:
        """Nothing is read before the introduction stands, and nothing after somebody said stop."""
        return bool(self.introduction_ts) and (self.listening is None or self.listening.on)


def apply(state: Opening, fact: OpeningFact) -> Opening:
    match fact:
        case OpportunityNoticed():
            return replace(state, opportunity_id=fact.opportunity_id)
        case DealOpened():
            opened = replace(state, opportunity_id=fact.opportunity.id, opportunity=fact.opportunity)
            return replace(opened, rep=fact.rep, stands_in=fact.stands_in)
        case OwnerAwaited() | RepChanged():
            return _owned(state, fact)
        case OpportunityChanged():
            return replace(state, opportunity=fact.opportunity)
        case ChannelBound():
            return replace(state, shared_channel=fact.channel) if fact.shared else replace(state, channel=fact.channel)
        case CardPosted():
            return replace(state, card_ts=fact.ts)
        case IntroductionPosted():
            return replace(state, introduction_ts=fact.ts)
        case _:
            return _switch(state, fact)


Other = ListeningSwitched | DealPaused | DealResumed | TroubleReported | MovingFact


def _owned(state: Opening, fact: OwnerAwaited | RepChanged) -> Opening:
    if isinstance(fact, OwnerAwaited):
        return replace(state, awaited=fact)
    return replace(state, rep=fact.rep, stands_in=False, awaited=None)


def _switch(state: Opening, fact: Other) -> Opening:
    match fact:
        case ListeningSwitched():
            return replace(state, listening=fact)
        case DealPaused():
            return replace(state, paused=fact)
        case DealResumed():
            return replace(state, paused=None)
        case TroubleReported():
            return replace(state, trouble=fact)
        case ChannelOpened():
            return replace(state, channel="", card_ts="", left=(*state.left, fact.channel))
        case ChannelLooked() | PostPutOff():
            return state
        case _:
            assert_never(fact)
