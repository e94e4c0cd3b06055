"""Is the record the one that was written? Says of each stream what is wrong, and where."""

import json
from dataclasses import dataclass

from bot.store.chain import HEAD, Stored, broken
from bot.store.errors import Damaged, Erased, WrongKey
from bot.store.ledger import Vouched
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Problem:
    """`seq` is the fact at which it begins, or 0 for the stream as a whole."""

    stream_id: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.stream_id} fact {self.seq}: {self.what}" if self.seq else f"{self.stream_id}: {self.what}"


@dataclass(frozen=True, slots=True)
class Report:
    streams: int
    facts: int
    erased: int
    problems: tuple[Problem, ...]


def verify(tx: Transaction) -> Report:
    heads, erased = tx.ledger.heads(), tx.keys.erased()
    problems: list[Problem] = []
    facts = 0
    streams = sorted({*tx.ledger.streams(), *heads})
    for stream_id in streams:
        rows = list(tx.ledger.stored(stream_id))
        facts += len(rows)
        problem = _stream(tx, stream_id, rows, heads.get(stream_id))
        problems += [problem] if problem else []
    return Report(len(streams), facts, len(erased), tuple(problems))


def _stream(tx: Transaction, stream_id: str, rows: list[Stored], head: Vouched | None) -> Problem | None:
    """The first thing that is wrong with its chain, else with its head, else with what the facts say."""
    if (wrong := broken(rows)) is not None:
        return Problem(stream_id, *wrong)
    return _head(tx, stream_id, rows, head) or _unreadable(tx, stream_id, rows)


def _head(tx: Transaction, stream_id: str, rows: list[Stored], head: Vouched | None) -> Problem | None:
    last = rows[-1].seq if rows else 0
    if head is None:
        return Problem(stream_id, last, "the head is missing: who wrote this did not hold our key")
    if not tx.keys.keyring.vouched(head.signature, HEAD, stream_id, head.seq, head.hash):
        return Problem(stream_id, head.seq, "the head is not signed with a key of ours")
    if head.seq > last:
        return Problem(stream_id, last + 1, f"is missing: the chain was cut, its head vouches for {head.seq} facts")
    if head.seq < last:
        return Problem(stream_id, head.seq + 1, "was added by who does not hold our key")
    if head.hash != rows[-1].hash:
        return Problem(stream_id, last, "the chain was made anew: its head vouches for another")
    return None


def _unreadable(tx: Transaction, stream_id: str, rows: list[Stored]) -> Problem | None:
    try:
        cipher = tx.keys.reading(stream_id)
    except Erased:
        return None
    except (Damaged, WrongKey) as lost:
        return Problem(stream_id, 0, str(lost))
    for row in rows:
        try:
            entry = tx.ledger.read(cipher, row)
        except Damaged:
            return Problem(stream_id, row.seq, "cannot be read with the stream's key")
        if json.loads(entry.body)["kind"] != row.kind:
            return Problem(stream_id, row.seq, "is of another kind than its body says")
    return None
