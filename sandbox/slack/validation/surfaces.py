"""Which block may stand where, and how many of them."""

from collections.abc import Iterator

from sandbox.slack.errors import Json
from sandbox.slack.validation.problem import Problem

MODAL = frozenset(
    {
        "actions",
        "alert",
        "card",
        "context",
        "divider",
        "header",
        "image",
        "input",
        "rich_text",
        "section",
        "video",
    }
)
HOME = frozenset(
    {
        "actions", "card", "carousel", "container", "context", "data_table", "data_visualization", "divider", "header",
        "image", "input", "rich_text", "section", "table", "video",
    }
)  # fmt: skip
MESSAGE_REFUSES = frozenset({"alert"})
MOST = {"message": 50, "modal": 100, "home": 100}
MOST_OF_A_TYPE = {"table": 1, "data_visualization": 2}


def allowed(surface: str, kind: str) -> bool:
    if surface == "message":
        return kind not in MESSAGE_REFUSES
    return kind in (MODAL if surface == "modal" else HOME)


def check(surface: str, blocks: list[Json], pointer: str) -> Iterator[Problem]:
    if len(blocks) > MOST[surface]:
        yield Problem(pointer, f"no more than {MOST[surface]} items allowed")
    counts: dict[str, int] = {}
    for number, block in enumerate(blocks):
        kind = str(block.get("type"))
        counts[kind] = counts.get(kind, 0) + 1
        if not allowed(surface, kind):
            yield Problem(f"{pointer}/{number}/type", f"unsupported type: {kind}")
        elif counts[kind] > MOST_OF_A_TYPE.get(kind, counts[kind]):
            yield Problem(f"{pointer}/{number}", f"no more than {MOST_OF_A_TYPE[kind]} {kind} block allowed")
