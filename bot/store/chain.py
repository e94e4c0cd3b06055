"""The chain: each fact's hash covers the stored bytes of its row and the hash before. It needs no key to check."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from bot.streams.ids import digest

VERSION = "1"
HEAD = "head"  # what a store key vouches for: this word, the stream, its last seq and its last hash


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of the ledger: `body` and `stamp` are ciphertext."""

    stream_id: str
    seq: int
    kind: str
    at: datetime
    key_id: str
    body: str
    stamp: str
    hash: str = ""

    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in COLUMNS}


COLUMNS = tuple(each.name for each in fields(Stored))


def link(before: str, row: Stored) -> str:
    """SHA-256, in hex, of the row and of the hash before it ("" before the first)."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return digest(VERSION, before, row.stream_id, str(row.seq), row.kind, at, row.key_id, row.body, row.stamp)


def broken(rows: Iterable[Stored]) -> tuple[int, str] | None:
    """The first seq that is wrong, and how; none when the chain is whole."""
    before, expected = "", 1
    for row in rows:
        if row.seq != expected:
            return expected, "is missing"
        if row.hash != link(before, row):
            return row.seq, "was changed"
        before, expected = row.hash, row.seq + 1
    return None
