"""What a person types, as Slack's client sends it: escaped, and with a rich_text block."""

import re
from typing import Any

from sandbox.slack.errors import Json

MENTION = re.compile(r"<([@#!])([^<>|]+)(?:\|[^<>]*)?>")


def escaped(typed: str) -> str:
    """Mentions keep their brackets."""
    kept, out = 0, []
    for found in MENTION.finditer(typed):
        out += [_escape(typed[kept : found.start()]), found.group()]
        kept = found.end()
    return "".join([*out, _escape(typed[kept:])])


def rich_text(typed: str, block_id: str) -> list[Json]:
    elements: list[Json] = []
    kept = 0
    for found in MENTION.finditer(typed):
        elements += [*_words(typed[kept : found.start()]), _mention(found)]
        kept = found.end()
    elements += _words(typed[kept:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _words(text: str) -> list[Json]:
    return [{"type": "text", "text": text}] if text else []


def _mention(found: re.Match[str]) -> Json:
    sign, name = found.groups()
    if sign == "@":
        return {"type": "user", "user_id": name}
    if sign == "#":
        return {"type": "channel", "channel_id": name}
    group: dict[str, Any] = {"type": "usergroup", "usergroup_id": name.partition("^")[2]}
    return group if "^" in name else {"type": "broadcast", "range": name}
