"""What was said in a channel."""

from typing import Any

from slack_sdk import WebClient

from integrations.slack.client import pages
from integrations.slack.port import Spoken

MOST_PAGES = 5


def since(client: WebClient, channel: str, ts: str) -> tuple[Spoken, ...]:
    """By people, after the message `ts`, oldest first; answers in threads are not among them. At most a thousand."""
    told = sorted(pages(client.conversations_history, "messages", MOST_PAGES, channel=channel, oldest=ts), key=_ts)
    return tuple(_spoken(message) for message in told if message.get("user") and not message.get("bot_id"))


def _spoken(told: dict[str, Any]) -> Spoken:
    return Spoken(
        user=str(told["user"]),
        team=str(told.get("user_team") or told.get("team") or ""),
        ts=str(told.get("ts") or ""),
        thread_ts=str(told.get("thread_ts") or ""),
        subtype=str(told["subtype"]) if told.get("subtype") else None,
        text=str(told.get("text") or ""),
    )


def _ts(told: dict[str, Any]) -> str:
    """Slack's ts has the same number of digits on both sides of its point."""
    return str(told.get("ts") or "")
