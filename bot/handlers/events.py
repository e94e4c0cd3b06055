"""What Slack tells: messages in the deals' channels, and somebody who opens our Home."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from bot.blocks import spoken as words
from bot.dispatch import Heard
from bot.handlers.desk import Counter
from bot.questions.homes import view_of
from bot.streams.deal.signals import HearMessage
from bot.streams.decision import Link
from bot.streams.ids import SYSTEM


def message(body: Mapping[str, Any], event: Mapping[str, Any]) -> Heard | None:
    """Only people, only in a deal's channel; the same message is heard once however often it is told."""
    user, channel, ts = event.get("user"), str(event.get("channel") or ""), str(event.get("ts") or "")
    spoken = event.get("subtype") in words.SUBTYPES and not event.get("bot_id") and event.get("text")
    if not (spoken and user and ts):
        return None
    team = event.get("user_team") or event.get("team") or body.get("team_id")
    told = partial(
        HearMessage,
        actor=SYSTEM,
        channel=channel,
        ts=ts,
        thread_ts=str(event.get("thread_ts") or ""),
        speaker=f"{team}:{user}",
        text=words.typed(str(event["text"])),
    )
    return Heard(told, f"slack.message:{channel}:{ts}", Link("slack.channel", channel))


def home_opened(counter: Counter, body: Mapping[str, Any], event: Mapping[str, Any]) -> None:
    """Published for the one who looks; from now on also when what it shows has changed."""
    if event.get("tab") != "home" or not event.get("user"):
        return
    front, user = counter.front, f"{body.get('team_id')}:{event['user']}"
    person = front.ask.person(user)
    if person is None:
        return
    now = front.dispatcher.clock()
    first = front.dispatcher.attempt(lambda tx: tx.homes.opened(user, person.id, now))
    if (page := front.homes.page(user, now, first=first)) is None:
        return
    view, shown = view_of(page)
    counter.after(lambda: front.slack.publish_home(str(event["user"]), view))
    front.dispatcher.attempt(lambda tx: tx.homes.published(user, shown))
