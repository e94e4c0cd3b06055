"""The record for who checks it elsewhere: encrypted facts, anchors, and a signed seal that says how each stream ends.

Lines of JSON; the last two are the seal and its signature. `tools/verify_ledger.py` reads it with the public key alone.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from bot.store.chain import HEAD, Stored
from bot.store.transaction import Transaction

WHAT = "export"
VERSION = 1


def lines(tx: Transaction, anchors: Sequence[tuple[str, str]], at: datetime, only: str = "") -> Iterator[bytes]:
    """`anchors` are names and contents, read before the transaction was begun: they saw nothing newer."""
    digest = sha256()
    for line in _told(tx, anchors, only):
        digest.update(line)
        yield line
    ring = tx.keys.keyring
    seal = _line({
        "what": WHAT,
        "version": VERSION,
        "at": at.astimezone(UTC).isoformat(),
        "key": ring.first.id,
        "stream": only,
        "heads": _heads(tx, only),
        "anchors": len(anchors),
        "sha256": digest.hexdigest(),
    })  # fmt: skip
    yield seal
    yield ring.sign(seal[:-1]).encode() + b"\n"


def _told(tx: Transaction, anchors: Sequence[tuple[str, str]], only: str) -> Iterator[bytes]:
    for stream_id in [only] if only else tx.ledger.streams():
        for row in tx.ledger.stored(stream_id):
            yield _line(_fact(row))
    for name, body in anchors:
        yield _line({"anchor": name, "file": body})


def _fact(row: Stored) -> dict[str, Any]:
    """The moment as the chain has it."""
    return row.columns() | {"at": row.at.astimezone(UTC).isoformat(timespec="microseconds")}


def _heads(tx: Transaction, only: str) -> list[tuple[str, int, str]]:
    """Those that are vouched for by us: we sign for no other."""
    vouched = tx.keys.keyring.vouched
    heads = {stream: head for stream, head in tx.ledger.heads().items() if only in ("", stream)}
    return [
        (stream, head.seq, head.hash)
        for stream, head in sorted(heads.items())
        if vouched(head.signature, HEAD, stream, head.seq, head.hash)
    ]


def _line(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
