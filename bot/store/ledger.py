"""The record: facts in a hash chain, their fold, and the answers already given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from bot.store.errors import LostRace
from bot.store.kinds import kind_of
from bot.store.tables import answers, facts, heads
from bot.streams.decision import Fact, Reads
from bot.streams.ids import digest

PLAIN = ""


@dataclass(frozen=True, slots=True)
class Head:
    state: Any
    seq: int = 0
    hash: str = ""


class Stamp(BaseModel):
    """Who, when, why, by which code and playbook, and what the rule was shown of other streams."""

    actor: str
    at: datetime
    cause: str
    code: str
    playbook: str
    relied: Reads


@dataclass(frozen=True, slots=True)
class Outcome:
    """`reason` is empty when the command was accepted."""

    stream_id: str
    reason: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    seq: int
    kind: str
    at: datetime
    body: str
    stamp: str
    hash: str


class Ledger:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def load(self, stream_id: str, code: str) -> Head:
        """The kept fold when the same code wrote it, and the facts since."""
        kind = kind_of(stream_id)
        mine = (heads.c.stream_id == stream_id, heads.c.code == code)
        kept = self._sql.execute(sa.select(heads).where(*mine)).first()
        head = Head(kind.state.validate_json(kept.body), kept.seq, kept.hash) if kept else Head(kind.empty(stream_id))
        rows = list(self.entries(stream_id, head.seq))
        if not rows:
            return head
        return Head(kind.fold(head.state, [row.body for row in rows]), rows[-1].seq, rows[-1].hash)

    def append(self, head: Head, new: Sequence[Fact], stamp: Stamp) -> Head:
        for fact in new:
            head = self._write(head, fact, stamp)
        if new:
            self._keep(head, stamp.code)
        return head

    def answered(self, key: str) -> Outcome | None:
        row = self._sql.execute(sa.select(answers).where(answers.c.key == key)).first()
        return Outcome(row.stream_id, row.reason, row.field) if row else None

    def remember(self, key: str, outcome: Outcome, at: datetime) -> None:
        row = {"stream_id": outcome.stream_id, "reason": outcome.reason, "field": outcome.field}
        self._insert(answers, key=key, at=at, **row)

    def entries(self, stream_id: str, after: int = 0) -> Iterator[Entry]:
        mine = sa.select(facts).where(facts.c.stream_id == stream_id, facts.c.seq > after)
        for row in self._sql.execute(mine.order_by(facts.c.seq)):
            yield Entry(row.seq, row.kind, row.at, row.body, row.stamp, row.hash)

    def streams(self, kind: str = "") -> list[str]:
        every = sa.select(facts.c.stream_id).where(facts.c.seq == 1, facts.c.stream_id.startswith(kind))
        return list(self._sql.scalars(every.order_by(facts.c.stream_id)))

    def broken(self, stream_id: str) -> int | None:
        """The first seq whose hash or place in the chain is wrong; none when the chain is whole."""
        before, expected = "", 1
        for row in self.entries(stream_id):
            if row.seq != expected or row.hash != _link(stream_id, before, row.body, row.stamp):
                return expected
            before, expected = row.hash, row.seq + 1
        return None

    def _write(self, head: Head, fact: Fact, stamp: Stamp) -> Head:
        """Folds the stored bytes, so that a fact that cannot be read back is never committed."""
        body, sealed = fact.model_dump_json(), stamp.model_dump_json()
        stream_id = head.state.id
        state = kind_of(stream_id).fold(head.state, [body])
        new = Head(state, head.seq + 1, _link(stream_id, head.hash, body, sealed))
        row = {"kind": fact.kind, "at": stamp.at, "key_id": PLAIN, "body": body, "stamp": sealed}
        self._insert(facts, stream_id=stream_id, seq=new.seq, hash=new.hash, **row)
        return new

    def _keep(self, head: Head, code: str) -> None:
        stream_id = head.state.id
        body = kind_of(stream_id).state.dump_json(head.state).decode()
        self._sql.execute(heads.delete().where(heads.c.stream_id == stream_id))
        row = {"hash": head.hash, "code": code, "key_id": PLAIN, "body": body}
        self._insert(heads, stream_id=stream_id, seq=head.seq, **row)

    def _insert(self, table: sa.Table, **values: object) -> None:
        try:
            self._sql.execute(table.insert().values(**values))
        except sa.exc.IntegrityError as taken:
            raise LostRace from taken


def _link(stream_id: str, before: str, body: str, stamp: str) -> str:
    return digest(stream_id, before, body, stamp)
