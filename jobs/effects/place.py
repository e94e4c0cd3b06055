"""The last look before anything internal is sent: is the deal's own channel still ours alone?"""

from dataclasses import dataclass

from bot.blocks.card import Card
from bot.streams.deal.deal import Deal
from bot.streams.deal.moving import PutPostOff
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from integrations.slack.port import Posted
from jobs.effects.how import Work

MOST_PUT_OFF = 4


@dataclass(frozen=True, slots=True)
class Place:
    """`thread` is the deal card's, empty where there is no card yet."""

    channel: str
    thread: str


def internal(work: Work, in_thread: bool = False) -> Place | PutPostOff:
    """Asked of Slack at this moment, after the card is rendered: what was ours then may be shared by now."""
    opening = work.state.opening
    if not opening.channel or (in_thread and opening.left and not opening.card_ts):
        return _put_off(work, "")
    if work.desk.ports.slack.channel(opening.channel).shared:
        return _put_off(work, opening.channel)
    return Place(opening.channel, opening.card_ts)


def post(work: Work, card: Card, in_thread: bool = False) -> Posted | PutPostOff:
    where = internal(work, in_thread)
    if isinstance(where, PutPostOff):
        return where
    thread = (where.thread or None) if in_thread else None
    return work.desk.ports.slack.post(work.key, where.channel, card.text, card.blocks, thread, probe=work.again)


def edit(work: Work, channel: str, ts: str, card: Card) -> PutPostOff | None:
    """Nothing, when the message is in a channel that the deal has left."""
    deal: Deal = work.state
    if not ts or channel != deal.opening.channel:
        return None
    where = internal(work)
    if isinstance(where, PutPostOff):
        return where
    work.desk.ports.slack.update(channel, ts, card.text, card.blocks)
    return None


def _put_off(work: Work, channel: str) -> PutPostOff:
    if work.effect.put_off >= MOST_PUT_OFF:
        raise Refused("channel.missing")
    return PutPostOff(stream_id=work.state.id, actor=SYSTEM, channel=channel, post=work.effect)
