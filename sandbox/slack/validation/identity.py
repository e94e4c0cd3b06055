"""Ids that must be unique, and the sum of all text: what neither schema nor limits say."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.slack.errors import Json
from sandbox.slack.validation.problem import Problem

MOST_TEXT = 12_000
TABLE_COLUMNS = 20
SPOKEN = frozenset({"plain_text", "mrkdwn", "markdown", "text", "raw_text"})


def block_ids(blocks: list[Json], pointer: str) -> Iterator[Problem]:
    counts = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    for number, block in enumerate(blocks):
        if counts[block.get("block_id")] > 1:
            yield Problem(f"{pointer}/{number}/block_id", f"duplicate block_id: {block['block_id']}")


def action_ids(block: Json, pointer: str) -> Iterator[Problem]:
    counts = Counter(_action_ids(block))
    for action_id, times in counts.items():
        if times > 1:
            yield Problem(pointer, f"duplicate action_id: {action_id}")


def _action_ids(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("action_id"), str):
            yield node["action_id"]
        for value in node.values():
            yield from _action_ids(value)
    elif isinstance(node, list):
        for item in node:
            yield from _action_ids(item)


def columns(block: Json, pointer: str) -> Iterator[Problem]:
    if block.get("type") != "table":
        return
    for number, row in enumerate(block.get("rows") or []):
        if isinstance(row, list) and len(row) > TABLE_COLUMNS:
            yield Problem(f"{pointer}/rows/{number}", f"no more than {TABLE_COLUMNS} items allowed")


def content(block: Json, pointer: str) -> Iterator[Problem]:
    if block.get("type") == "section" and not block.get("text") and not block.get("fields"):
        yield Problem(pointer, "missing required field: text")


def text_length(node: Any) -> int:
    if isinstance(node, list):
        return sum(text_length(item) for item in node)
    if not isinstance(node, dict):
        return 0
    own = node.get("text")
    spoken = len(own) if node.get("type") in SPOKEN and isinstance(own, str) else 0
    return spoken + sum(text_length(value) for value in node.values())
