"""Takes back what we posted in a channel: replies before what they answer, files before their messages."""

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient

from integrations.errors import Refused
from integrations.slack.client import ask, entries, pages

MOST_PAGES = 100
GONE = frozenset({"cant_delete_message", "file_deleted", "file_not_found", "message_not_found", "thread_not_found"})


def clear(client: WebClient, bot: str, channel: str, keep: str) -> None:
    """What is gone already is no failure: somebody may have tidied up, or this is a second try."""
    for message in list(_own(client, bot, channel)):
        ts = str(message.get("ts") or "")
        for file in entries(message, "files"):
            _quietly(client.files_delete, file=str(file.get("id") or ""))
        if ts != keep and message.get("subtype") != "tombstone":
            _quietly(client.chat_delete, channel=channel, ts=ts)


def _own(client: WebClient, bot: str, channel: str) -> Iterator[dict[str, Any]]:
    for message in pages(client.conversations_history, "messages", MOST_PAGES, channel=channel):
        if message.get("reply_count"):
            thread = client.conversations_replies
            replies = list(pages(thread, "messages", MOST_PAGES, channel=channel, ts=str(message["ts"])))
            yield from (reply for reply in replies if reply.get("ts") != message["ts"] and _ours(reply, bot))
        if _ours(message, bot):
            yield message


def _ours(message: dict[str, Any], bot: str) -> bool:
    return bool(message.get("user") == bot and message.get("bot_id"))


def _quietly(method: Any, **args: str) -> None:
    try:
        ask(method, **args)
    except Refused as no:
        if str(no) not in GONE:
            raise
