"""A channel of ours in which others can read now: nothing internal goes there any more, the card moves."""

from datetime import datetime
from typing import Literal

from bot.streams.any_effect import AnyEffect
from bot.streams.decision import Command, Fact

Why = Literal["shared", "guest", "foreign"]


class NoticeReaders(Command):
    """Slack told that a channel is shared, or that somebody joined whom we do not count as ours. Without a `why`
    it is a hint: the channel and its new member are looked at first."""

    channel: str
    user: str = ""
    why: Why | None = None


class RecordReaders(Command):
    """What a look at the channel found."""

    channel: str
    why: Why | None


class PutPostOff(Command):
    """A post had no place to go: the channel is open to others, which is seen when it is sent, or it is moving."""

    channel: str = ""
    post: AnyEffect


class ChannelOpened(Fact):
    """Others can read in what was our own channel."""

    kind: Literal["channel.opened_to_others"] = "channel.opened_to_others"
    channel: str
    card_ts: str
    why: Why
    at: datetime


class ChannelLooked(Fact):
    kind: Literal["channel.looked_at"] = "channel.looked_at"
    channel: str
    user: str


class PostPutOff(Fact):
    kind: Literal["post.put_off"] = "post.put_off"
    post: str


MovingFact = ChannelOpened | ChannelLooked | PostPutOff
