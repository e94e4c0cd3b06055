"""Who can read in a deal's own channel: Slack says that it is shared now, or that somebody joined."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.desk import Counter
from bot.streams.deal.moving import NoticeReaders, Why
from bot.streams.ids import SYSTEM


def shared(counter: Counter, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
    _notice(counter, body, str(event.get("channel") or ""), "", "shared")


def joined(counter: Counter, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
    """A colleague is no news. Whom we do not know is looked at before anything is moved."""
    who = f"{event.get('team') or body.get('team_id')}:{event.get('user')}"
    person = counter.front.ask.person(who)
    why: Why | None = None if counter.ours(who) else "foreign"
    if person is not None and person.profile is not None:
        if person.profile.active:
            return
        why = why or "guest"
    _notice(counter, body, str(event.get("channel") or ""), str(event.get("user") or ""), why)


def _notice(counter: Counter, body: Mapping[str, Any], channel: str, user: str, why: Why | None) -> None:
    stream = counter.front.ask.stream_of("slack.channel", channel) if channel else None
    if stream is None or not stream.startswith("deal:"):
        return
    told = NoticeReaders(stream_id=stream, actor=SYSTEM, channel=channel, user=user, why=why)
    counter.give(told, f"slack.event:{body.get('event_id')}")
