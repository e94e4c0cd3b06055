"""Was this posted already? Found by the marker that rides with what we post."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from slack_sdk import WebClient

from integrations.slack.client import entries, pages
from integrations.slack.port import Posted

EVENT_TYPE = "countersign_effect"
CHANNEL_PAGES = 5  # newest first: a post whose answer was lost is among the last thousand
THREAD_PAGES = 20  # oldest first
MARK_LETTERS = 10


def marked(key: str) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def find_message(client: WebClient, bot: str, key: str, channel: str, thread_ts: str | None) -> Posted | None:
    """Only among our own: another app could put the same marker on its message."""
    for message in _messages(client, channel, thread_ts):
        if _marker(message) == marked(key) and _ours(message, bot):
            return Posted(channel, str(message.get("ts", "")))
    return None


def file_name(key: str, name: str) -> str:
    """The name with a mark of `key` before its ending: a file carries no metadata.

    Safe to show: the mark is the beginning of a hash, so that it tells nothing of the deal; the title, which
    is what people read, stays as it is. Another key (a second version of the same document) has another mark.
    """
    path = PurePath(name)
    return f"{path.stem}-{sha256(key.encode()).hexdigest()[:MARK_LETTERS]}{path.suffix}"


def find_files(
    client: WebClient, bot: str, channel: str, thread_ts: str, names: Sequence[str]
) -> tuple[dict[str, Any], ...]:
    """All of `names`, in their order, or none: they are shared by one call."""
    shared = {
        str(file.get("name", "")): file
        for message in _messages(client, channel, thread_ts)
        if _ours(message, bot)
        for file in entries(message, "files")
    }
    return tuple(shared[name] for name in names) if all(name in shared for name in names) else ()


def _messages(client: WebClient, channel: str, thread_ts: str | None) -> Iterator[dict[str, Any]]:
    if thread_ts is None:
        history = client.conversations_history
        return pages(history, "messages", CHANNEL_PAGES, channel=channel, include_all_metadata=True)
    thread = client.conversations_replies
    return pages(thread, "messages", THREAD_PAGES, channel=channel, ts=thread_ts, include_all_metadata=True)


def _marker(message: dict[str, Any]) -> dict[str, Any]:
    told = message.get("metadata")
    return {name: told.get(name) for name in marked("")} if isinstance(told, dict) else {}


def _ours(message: dict[str, Any], bot: str) -> bool:
    return bool(message.get("user", bot) == bot)
