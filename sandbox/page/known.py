"""Messages as they were written for the page last: only one that changed is written anew, whoever looks."""

import json
from collections import Counter
from typing import Any

from sandbox.slack import letterhead, shapes
from sandbox.slack.entities import Message
from sandbox.slack.site import Site

Print = tuple[Any, ...]


class Known:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._told: dict[tuple[str, str], tuple[Print, str]] = {}

    def told(self, messages: list[Message]) -> dict[str, str]:
        """Part -> JSON, of one channel."""
        replies = Counter(message.thread_ts for message in messages if message.thread_ts)
        return {f"message:{m.channel}:{m.ts}": self._one(m, replies[m.ts]) for m in messages}

    def _one(self, message: Message, replies: int) -> str:
        key, seen = (message.channel, message.ts), _print(message, replies)
        known = self._told.get(key)
        if known is None or known[0] != seen:
            known = self._told[key] = seen, json.dumps(_written(self._site, message), separators=(",", ":"))
        return known[1]


def _print(m: Message, replies: int) -> Print:
    """Differs when anything that is shown does."""
    reactions = tuple((name, len(who)) for name, who in m.reactions.items())
    values = json.dumps(m.values) if m.values else ""
    return (m.edits, m.edited_ts, m.text, m.subtype, m.pinned, len(m.files), reactions, values, replies, m.visible_to)


def _written(site: Site, message: Message) -> dict[str, Any]:
    told = letterhead.message(site.world, site.app, message, "/")
    told |= {"channel": message.channel, "alone": bool(message.visible_to), "values": message.values}
    told["files"] = [shapes.file(site.world, file, "/") for file in message.files]
    return told
