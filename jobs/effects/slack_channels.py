"""The deal's channels: one of our own, found or made; looked at, and left when others can read there."""

import unicodedata
from re import sub

from bot.blocks import moved_card, spoken
from bot.crashpoints import crashpoint
from bot.streams.deal.deal import Deal
from bot.streams.deal.moving import RecordReaders, Why
from bot.streams.deal.opening import BindChannels
from bot.streams.deal.signals import CatchUp, Said
from bot.streams.decision import Link
from bot.streams.effects import AddToChannel, LeaveChannel, LookAtChannel, ReadSince
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from integrations.slack.port import Channel
from jobs.effects.how import Desk, Work

LONGEST_NAME = 70
MOST_NAMESAKES = 9


def ensure(work: Work) -> BindChannels:
    """The one that Salesforce names, unless the customer can read there; else one of our own, made private."""
    deal: Deal = work.state
    opportunity = deal.opportunity
    if opportunity is None:
        raise Refused("opportunity.missing")
    ours = _internal(deal, work.desk)
    shared = work.desk.ports.slack.channel(opportunity.shared_channel) if opportunity.shared_channel else None
    return BindChannels(
        stream_id=deal.id,
        actor=SYSTEM,
        channel=ours.id,
        name=ours.name,
        shared=shared.id if shared and shared.shared else "",
    )


def read_since(work: Work) -> CatchUp:
    effect: ReadSince = work.effect
    found = work.desk.ports.slack.since(effect.channel, effect.ts)
    said = tuple(
        Said(ts=one.ts, thread_ts=one.thread_ts, speaker=f"{one.team}:{one.user}", text=spoken.typed(one.text))
        for one in found
        if one.subtype in spoken.SUBTYPES and one.text
    )
    return CatchUp(stream_id=work.state.id, actor=SYSTEM, channel=effect.channel, said=said)


def add(work: Work) -> None:
    """Nobody, while the deal is between two channels: whoever opens the new one invites the rep of that moment."""
    effect: AddToChannel = work.effect
    if channel := work.state.opening.channel:
        work.desk.ports.slack.invite(channel, [effect.user.partition(":")[2]])


def look(work: Work) -> RecordReaders:
    effect: LookAtChannel = work.effect
    slack = work.desk.ports.slack
    found = slack.profile(effect.user) if effect.user else None
    why: Why | None = "shared" if slack.channel(effect.channel).shared else None
    if found is not None and not found.bot and (found.foreign or found.guest):
        why = "foreign" if found.foreign else "guest"
    return RecordReaders(stream_id=work.state.id, actor=SYSTEM, channel=effect.channel, why=why)


def leave(work: Work) -> None:
    """The card first: it says the most. Killed in between, the rest goes at the next try."""
    deal: Deal = work.state
    effect: LeaveChannel = work.effect
    slack = work.desk.ports.slack
    if effect.card_ts:
        card = moved_card.card_of(deal, work.desk.playbook, work.desk.known())
        slack.update(effect.channel, effect.card_ts, card.text, card.blocks)
    crashpoint("call.between")
    slack.clear(effect.channel, keep=effect.card_ts)


def _internal(deal: Deal, desk: Desk) -> Channel:
    opportunity = deal.opportunity
    named = desk.ports.slack.channel(opportunity.deal_channel) if opportunity and opportunity.deal_channel else None
    if named is not None and not named.shared and named.id not in deal.opening.left:
        return named
    rep = deal.opening.rep.partition(":")[2]
    name = channel_name(deal.customer)
    for number in range(1, MOST_NAMESAKES + 1):
        found = desk.ports.slack.ensure_channel(name if number == 1 else f"{name}-{number}", [rep])
        if _free(found, deal, desk):
            return found
    raise Refused("channel.name_taken")


def _free(channel: Channel, deal: Deal, desk: Desk) -> bool:
    with desk.store.snapshot() as tx:
        return tx.links.stream_of(Link("slack.channel", channel.id)) in (None, deal.id) and _ours(channel, deal)


def _ours(channel: Channel, deal: Deal) -> bool:
    return not channel.shared and channel.id not in deal.opening.left


def channel_name(customer: str) -> str:
    """Slack's channel names: lower case, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", customer).encode("ascii", "ignore").decode().lower()
    slug = sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_NAME].strip("-")
    return f"deal-{slug or 'customer'}"
