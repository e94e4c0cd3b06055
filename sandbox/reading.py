"""A message's blocks as a person would read them aloud."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

Json = Mapping[str, Any]
TOKEN = re.compile(r"<!date\^[^|>]*\|([^>]*)>")
LINK = re.compile(r"<https?://[^|>]*\|([^>]*)>")


def lines(blocks: Iterable[Json]) -> list[str]:
    return [line for block in blocks for line in _block(block) if line.strip()]


def _block(block: Json) -> list[str]:
    match block.get("type"):
        case "header":
            return [_words(block["text"]).upper()]
        case "section":
            accessory = block.get("accessory")
            fields = [_words(field) for field in block.get("fields", ())]
            said = _words(block["text"]).splitlines() if block.get("text") else []
            return [*said, *fields, *([_button(accessory)] if accessory else [])]
        case "context":
            return [" ".join(_words(element) for element in block.get("elements", ()) if "text" in element)]
        case "actions":
            return ["  ".join(_button(element) for element in block.get("elements", ()))]
        case "rich_text" | "table":
            return [" | ".join(_leaves(block))]
        case "image":
            return [f"[picture: {block.get('alt_text', '')}]"]
        case "divider":
            return ["-" * 20]
        case _:
            return []


def _words(told: Any) -> str:
    """Date tokens as their fallback, links as their label: what a screen reader says."""
    text = str(told.get("text", "")) if isinstance(told, Mapping) else str(told)
    return LINK.sub(lambda found: found[1], TOKEN.sub(lambda found: found[1], text)).replace("\u200b", "")


def _button(element: Json) -> str:
    if element.get("type") == "overflow":
        return "[⋯ " + ", ".join(_words(option["text"]) for option in element.get("options", ())) + "]"
    return f"[{_words(element['text'])}]" if element.get("text") else ""


def _leaves(block: Any) -> list[str]:
    if isinstance(block, Mapping):
        own = [block["text"]] if isinstance(block.get("text"), str) else []
        return own + [leaf for value in block.values() if isinstance(value, list | Mapping) for leaf in _leaves(value)]
    return [leaf for value in block for leaf in _leaves(value)] if isinstance(block, list) else []
