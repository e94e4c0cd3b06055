"""The record: facts in a hash chain over their ciphertext, their fold, and the answers already given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.chain import HEAD, Stored, broken, link
from bot.store.data_keys import DataKeys
from bot.store.errors import Damaged, LostRace
from bot.store.keyring import Cipher
from bot.store.kinds import kind_of
from bot.store.prepared import Prepared
from bot.store.stamp import Stamp
from bot.store.tables import answers, facts, heads
from bot.streams.decision import Fact

_ANSWERED = Prepared(sa.select(answers).where(answers.c.key == sa.bindparam("key")))
_REMEMBER = Prepared(answers.insert())
_ONE = sa.select(heads).where(heads.c.stream_id == sa.bindparam("stream"))
_KEPT_LOCKED = Prepared(_ONE.with_for_update())
_KEEP = Prepared(heads.update().where(heads.c.stream_id == sa.bindparam("stream")))
_BEGIN = Prepared(heads.insert())
_LAST = Prepared(
    sa.select(facts.c.seq, facts.c.hash)
    .where(facts.c.stream_id == sa.bindparam("stream"))
    .order_by(facts.c.seq.desc())
    .limit(1)
)
_OF_HEAD = sa.select(facts.c.hash, facts.c.seq).where(facts.c.stream_id == heads.c.stream_id).correlate(heads)
_NEWEST = _OF_HEAD.order_by(facts.c.seq.desc()).limit(1)
_KEPT_AND_LAST = Prepared(
    _ONE.add_columns(
        _NEWEST.with_only_columns(facts.c.seq).scalar_subquery().label("last_seq"),
        _NEWEST.with_only_columns(facts.c.hash).scalar_subquery().label("last_hash"),
    )
)
_WRITE = Prepared(facts.insert())


@dataclass(frozen=True, slots=True)
class Head:
    state: Any
    seq: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`reason` is empty when the command was accepted."""

    stream_id: str
    reason: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as it can be read; `body` and `stamp` are JSON."""

    seq: int
    kind: str
    at: datetime
    body: str
    stamp: str
    hash: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """How a stream ended when one who held a store key last wrote to it."""

    seq: int
    hash: str
    signature: str


class Ledger:
    def __init__(self, sql: sa.Connection, keys: DataKeys, locking: bool = True) -> None:
        self._sql = sql
        self._keys = keys
        self._locking = locking

    def load(self, stream_id: str, code: str) -> Head:
        """The kept fold when the same code wrote it, else all facts folded. Raises Erased, and Damaged for a record
        that is not the one we vouched for: nothing is appended to that.

        In a transaction that writes, nobody else changes the stream until it is over.
        """
        kept = self._kept(stream_id)
        if kept is None:
            return self._unbegun(stream_id)
        if not self._keys.keyring.vouched(kept.signature, HEAD, stream_id, kept.seq, kept.hash):
            raise Damaged(stream_id, "has a head that is not ours")
        kind, cipher = kind_of(stream_id), self._keys.reading(stream_id)
        if kept.code != code:
            return self._folded(stream_id, kept.seq, kept.hash)
        if self._ends(kept) != (kept.seq, kept.hash):
            raise Damaged(stream_id, "does not end where its head says")
        body = cipher.decrypt(kept.body, *_place_of_head(kept.seq, code))
        return Head(kind.state.validate_json(body), kept.seq, kept.hash)

    def append(self, head: Head, new: Sequence[Fact], stamp: Stamp) -> Head:
        if not new:
            return head
        cipher = self._keys.writing(head.state.id)
        begun = head.seq > 0
        for fact in new:
            head = self._write(head, fact, stamp, cipher)
        self._keep(head, stamp.code, cipher, begun)
        return head

    def answered(self, key: str) -> Outcome | None:
        row = _ANSWERED.first(self._sql, {"key": key})
        return Outcome(row.stream_id, row.reason, row.field) if row else None

    def remember(self, key: str, outcome: Outcome, at: datetime) -> None:
        row = {"stream_id": outcome.stream_id, "reason": outcome.reason, "field": outcome.field}
        _REMEMBER.change(self._sql, row | {"key": key, "at": at})

    def stored(self, stream_id: str) -> Iterator[Stored]:
        """What lies in the table, unread."""
        mine = sa.select(facts).where(facts.c.stream_id == stream_id).order_by(facts.c.seq)
        return (Stored(**row._mapping) for row in self._sql.execute(mine))

    def entries(self, stream_id: str) -> Iterator[Entry]:
        """Raises Erased, and Damaged at the first that cannot be read."""
        cipher = self._keys.reading(stream_id)
        return (self.read(cipher, row) for row in self.stored(stream_id))

    def read(self, cipher: Cipher, row: Stored) -> Entry:
        body, stamp = (
            cipher.decrypt(text, *_place(row.seq, name)) for name, text in (("body", row.body), ("stamp", row.stamp))
        )
        return Entry(row.seq, row.kind, row.at, body, stamp, row.hash)

    def streams(self, kind: str = "") -> list[str]:
        every = sa.select(facts.c.stream_id).where(facts.c.stream_id.startswith(kind)).distinct()
        return list(self._sql.scalars(every.order_by(facts.c.stream_id)))

    def heads(self) -> dict[str, Vouched]:
        rows = self._sql.execute(sa.select(heads.c.stream_id, heads.c.seq, heads.c.hash, heads.c.signature))
        return {row.stream_id: Vouched(row.seq, row.hash, row.signature) for row in rows}

    def kept_fold(self, stream_id: str, cipher: Cipher) -> str:
        """As JSON. Raises Damaged when it is not the one that was kept."""
        kept = self._kept(stream_id)
        if kept is None or kept.key_id != cipher.key_id:
            raise Damaged(stream_id, "has a kept fold of another key")
        return cipher.decrypt(kept.body, *_place_of_head(kept.seq, kept.code))

    def revouch(self, stream_id: str) -> None:
        """With the first store key, what another one of ours has vouched for. Raises Damaged when none has."""
        kept = self._kept(stream_id)
        if kept is None:
            return
        if not self._keys.keyring.vouched(kept.signature, HEAD, stream_id, kept.seq, kept.hash):
            raise Damaged(stream_id, "has a head that is not ours")
        mark = self._keys.keyring.vouch(HEAD, stream_id, kept.seq, kept.hash)
        self._sql.execute(heads.update().where(heads.c.stream_id == stream_id).values(signature=mark))

    def lock(self, stream_id: str) -> None:
        """Before anything else of the stream is touched: all writers take its head first, so none waits in a ring."""
        self._kept(stream_id)

    def _kept(self, stream_id: str) -> sa.Row[Any] | None:
        return (_KEPT_LOCKED if self._locking else _KEPT_AND_LAST).first(self._sql, {"stream": stream_id})

    def _ends(self, kept: sa.Row[Any]) -> tuple[int, str] | None:
        """A statement that waited for a row sees that row as it is now, and all others as they were: then the last
        fact needs one of its own."""
        return self._last(kept.stream_id) if self._locking else (kept.last_seq, kept.last_hash)

    def _unbegun(self, stream_id: str) -> Head:
        if self._last(stream_id) is not None:
            if self._kept(stream_id) is not None:
                raise LostRace  # begun by another between our two looks
            raise Damaged(stream_id, "has lost its head")
        return Head(kind_of(stream_id).empty(stream_id))

    def _folded(self, stream_id: str, seq: int, hash: str) -> Head:
        rows = list(self.stored(stream_id))
        wrong = broken(rows)
        if wrong is not None or not rows or (rows[-1].seq, rows[-1].hash) != (seq, hash):
            raise Damaged(stream_id, "is not the chain that its head vouches for")
        kind, cipher = kind_of(stream_id), self._keys.reading(stream_id)
        return Head(kind.fold(kind.empty(stream_id), [self.read(cipher, row).body for row in rows]), seq, hash)

    def _last(self, stream_id: str) -> tuple[int, str] | None:
        row = _LAST.first(self._sql, {"stream": stream_id})
        return (row.seq, row.hash) if row else None

    def _write(self, head: Head, fact: Fact, stamp: Stamp, cipher: Cipher) -> Head:
        """Folds the written bytes, so that a fact that cannot be read back is never committed."""
        body, stream_id, seq = fact.model_dump_json(), head.state.id, head.seq + 1
        state = kind_of(stream_id).fold(head.state, [body])
        hidden = {
            "body": cipher.encrypt(body, *_place(seq, "body")),
            "stamp": cipher.encrypt(stamp.model_dump_json(), *_place(seq, "stamp")),
        }
        row = Stored(stream_id, seq, fact.kind, stamp.at, cipher.key_id, **hidden)
        new = Head(state, seq, link(head.hash, row))
        _WRITE.change(self._sql, row.columns() | {"hash": new.hash})
        return new

    def _keep(self, head: Head, code: str, cipher: Cipher, begun: bool) -> None:
        stream_id = head.state.id
        body = kind_of(stream_id).state.dump_json(head.state).decode()
        row = {
            "seq": head.seq,
            "hash": head.hash,
            "signature": self._keys.keyring.vouch(HEAD, stream_id, head.seq, head.hash),
            "code": code,
            "key_id": cipher.key_id,
            "body": cipher.encrypt(body, *_place_of_head(head.seq, code)),
        }
        if begun:
            _KEEP.change(self._sql, row | {"stream": stream_id})
        else:
            _BEGIN.change(self._sql, row | {"stream_id": stream_id})


def _place(seq: int, column: str) -> tuple[str, int, str]:
    return "facts", seq, column


def _place_of_head(seq: int, code: str) -> tuple[str, int, str]:
    return "heads", seq, code
