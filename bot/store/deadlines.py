"""What happens by itself when a moment comes: one row for each thing that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from bot.store.data_keys import DataKeys
from bot.store.prepared import Once, Prepared
from bot.store.tables import deadlines
from bot.streams.deal.bottlenecks import LOOK
from bot.streams.decision import Command, Deadline

_MINE = deadlines.c.stream_id == sa.bindparam("stream")
_SET = Prepared(deadlines.insert())
_SET_ONCE = Once(deadlines.insert())
_DROP = Prepared(deadlines.delete().where(_MINE, deadlines.c.name == sa.bindparam("named")))
_DROP_FIRED = Prepared(deadlines.delete().where(deadlines.c.id == sa.bindparam("fired")))
_BY_TIME = sa.select(deadlines).order_by(deadlines.c.due_at, deadlines.c.id)
_OF = Prepared(_BY_TIME.where(_MINE, deadlines.c.due_at <= sa.bindparam("now")))


@dataclass(frozen=True, slots=True)
class Due:
    id: str
    stream_id: str
    name: str
    due_at: datetime
    command: str
    body: str


class Deadlines:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql = sql
        self._keys = keys

    def set(self, stream_id: str, seq: int, wanted: Sequence[Deadline]) -> None:
        for deadline in wanted:
            self.drop(stream_id, deadline.name)
            if deadline.due_at is None or deadline.command is None:
                continue
            id = _id(stream_id, seq, deadline.name, deadline.due_at)
            _SET.change(self._sql, self._row(stream_id, deadline.name, id, deadline.due_at, deadline.command))

    def at_once(self, command: Command, key: str, now: datetime) -> None:
        """Due now, and answered under this key; told twice while it waits, it waits once. Raises Erased."""
        _SET_ONCE.change(self._sql, self._row(command.stream_id, key, key, now, command))

    def drop(self, stream_id: str, name: str) -> None:
        _DROP.change(self._sql, {"stream": stream_id, "named": name})

    def drop_fired(self, due: Due) -> None:
        _DROP_FIRED.change(self._sql, {"fired": due.id})

    def of(self, stream_id: str, now: datetime) -> list[Due]:
        return [self._due(row) for row in _OF.all(self._sql, {"stream": stream_id, "now": now})]

    def due(self, now: datetime) -> list[str]:
        ready = sa.select(deadlines.c.stream_id).where(deadlines.c.due_at <= now).distinct().limit(200)
        return list(self._sql.scalars(ready))

    def next(self, most: int = 5) -> list[Due]:
        """The earliest of all that something comes of; looks that only watch are left out."""
        return [self._due(row) for row in self._sql.execute(_BY_TIME.where(deadlines.c.name != LOOK).limit(most))]

    def _row(self, stream_id: str, name: str, id: str, due_at: datetime, command: Command) -> dict[str, object]:
        cipher = self._keys.writing(stream_id)
        return {
            "stream_id": stream_id,
            "name": name,
            "id": id,
            "due_at": due_at,
            "command": type(command).__name__,
            "key_id": cipher.key_id,
            "body": cipher.encrypt(command.model_dump_json(), *_place(id)),
        }

    def _due(self, row: sa.Row[Any]) -> Due:
        body = self._keys.reading(row.stream_id).decrypt(row.body, *_place(row.id))
        return Due(row.id, row.stream_id, row.name, row.due_at, row.command, body)


def _id(stream_id: str, seq: int, name: str, due_at: datetime) -> str:
    """One that is put off without a new fact is another one: the fired one goes without it, and its command is new."""
    return f"{stream_id}:{seq}:{name}@{due_at.astimezone(UTC).isoformat()}"


def _place(id: str) -> tuple[str, str, str]:
    return "deadlines", id, "body"
