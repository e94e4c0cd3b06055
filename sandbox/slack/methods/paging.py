"""Cursors: opaque, and bound to an entry rather than to a count, so that news between two pages loses nothing."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import TypeVar

from sandbox.slack.args import Args
from sandbox.slack.errors import Json, SlackError

T = TypeVar("T")
MOST = 1000


def page(args: Args, entries: Sequence[T], key: Callable[[T], str], default: int = 100) -> tuple[list[T], str]:
    """The page that `cursor` asks for, and the next cursor; empty at the end."""
    limit = args.number("limit", default)
    if not 0 < limit <= MOST:
        raise SlackError("invalid_limit")
    start = _start(args.text("cursor"), [key(entry) for entry in entries])
    after = entries[start + limit : start + limit + 1]
    return list(entries[start : start + limit]), _cursor(key(after[0])) if after else ""


def metadata(cursor: str) -> Json:
    return {"response_metadata": {"next_cursor": cursor}}


def _cursor(key: str) -> str:
    return base64.b64encode(f"next:{key}".encode()).decode()


def _start(cursor: str, keys: list[str]) -> int:
    if not cursor:
        return 0
    try:
        return keys.index(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (ValueError, binascii.Error) as error:
        raise SlackError("invalid_cursor") from error
