"""What Slack adds to accepted blocks: a block_id for each, and the defaults of text objects."""

from typing import Any

from sandbox.slack.errors import Json


def blocks(given: list[Json], seed: str) -> list[Json]:
    taken = {block.get("block_id") for block in given}
    return [_finished(block, number, seed, taken) for number, block in enumerate(given)]


def _finished(block: Json, number: int, seed: str, taken: set[Any]) -> Json:
    named = block if block.get("block_id") else {**block, "block_id": _free(f"{seed[-4:]}{number}", taken)}
    finished: Json = _texts(named)
    for place, element in enumerate(_elements(finished)):
        element.setdefault("action_id", f"a{seed[-3:]}{number}{place}")
    return finished


def _free(name: str, taken: set[Any]) -> str:
    while name in taken:
        name += "x"
    return name


def _elements(block: Json) -> list[Json]:
    """Controls; only they get an action_id."""
    if block["type"] in ("actions", "context_actions"):
        return [e for e in block["elements"] if isinstance(e, dict)]
    found = [block.get("element"), block.get("accessory")]
    return [e for e in found if isinstance(e, dict) and e.get("type") != "image"]


def _texts(node: Any) -> Any:
    if isinstance(node, list):
        return [_texts(item) for item in node]
    if not isinstance(node, dict):
        return node
    copied = {key: _texts(value) for key, value in node.items()}
    if copied.get("type") == "plain_text":
        copied.setdefault("emoji", True)
    elif copied.get("type") == "mrkdwn":
        copied.setdefault("verbatim", False)
    return copied
