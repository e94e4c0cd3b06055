"""What is owed to the outside: in order per lane, leased to one worker, settled once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.playbook.permissions import Permission
from bot.store.data_keys import DataKeys
from bot.store.errors import Erased
from bot.store.tables import outbox
from bot.streams.effects import AnyEffect, Effect, Lane
from bot.streams.ids import effect_key

_EFFECT: TypeAdapter[AnyEffect] = TypeAdapter(AnyEffect)
_WAITING = sa.and_(outbox.c.done_at.is_(None), outbox.c.parked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Warrant:
    """By whose right an effect is owed; looked at again before it leaves."""

    actor: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class Owed:
    """`tries` counts earlier tries: anything above 0 may already have happened."""

    key: str
    stream_id: str
    effect: Effect
    warrant: Warrant
    fence: int
    tries: int


@dataclass(frozen=True, slots=True)
class Parked:
    key: str
    stream_id: str
    kind: str
    problem: str
    at: datetime


class Outbox:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql = sql
        self._keys = keys

    def owe(self, stream_id: str, seq: int, effects: Sequence[Effect], warrant: Warrant, first: int = 0) -> None:
        for index, effect in enumerate(effects, first):
            if effect.coalesces:
                self._drop_untouched(stream_id, effect)
            key, cipher = effect_key(stream_id, seq, index, effect.kind), self._keys.writing(stream_id)
            self._sql.execute(
                outbox.insert().values(
                    key=key,
                    stream_id=stream_id,
                    lane=effect.lane,
                    kind=effect.kind,
                    after=effect.after,
                    key_id=cipher.key_id,
                    body=cipher.encrypt(effect.model_dump_json(), *_place(key, "body")),
                    actor=warrant.actor,
                    permission=warrant.permission,
                )
            )

    def lease(self, stream_id: str, lane: Lane, now: datetime, until: datetime) -> Owed | None:
        first = sa.select(outbox).where(outbox.c.stream_id == stream_id, outbox.c.lane == lane, _WAITING)
        row = self._sql.execute(first.order_by(outbox.c.position).limit(1)).first()
        if row is None or (row.due_at or now) > now or (row.leased_until or now) > now:
            return None
        if row.after and self._before(stream_id, row.after, row.position):
            return None
        fence = row.fence + 1
        change = {"fence": fence, "leased_until": until, "tries": row.tries + 1}
        self._sql.execute(outbox.update().where(outbox.c.key == row.key).values(change))
        warrant = Warrant(row.actor, Permission(row.permission))
        body = self._keys.reading(stream_id).decrypt(row.body, *_place(row.key, "body"))
        return Owed(row.key, stream_id, _EFFECT.validate_json(body), warrant, fence, row.tries)

    def lanes(self, stream_id: str, now: datetime) -> list[Lane]:
        """In which something may be begun at this moment."""
        ready = sa.select(outbox.c.lane).where(outbox.c.stream_id == stream_id, _may_begin(now)).distinct()
        return sorted(Lane(lane) for lane in self._sql.scalars(ready))

    def settle(self, owed: Owed, now: datetime) -> bool:
        return self._change(owed, done_at=now, leased_until=None)

    def put_off(self, owed: Owed, until: datetime, problem: str) -> bool:
        return self._change(owed, due_at=until, leased_until=None, problem=self._hidden(owed, problem))

    def give_back(self, owed: Owed, until: datetime) -> bool:
        """It was not tried at all: a stop is on."""
        return self._change(owed, due_at=until, leased_until=None, tries=owed.tries)

    def park(self, owed: Owed, now: datetime, problem: str) -> bool:
        return self._change(owed, parked_at=now, leased_until=None, problem=self._hidden(owed, problem))

    def unpark(self, stream_id: str) -> int:
        mine = (outbox.c.stream_id == stream_id, outbox.c.parked_at.is_not(None), outbox.c.done_at.is_(None))
        return self._sql.execute(outbox.update().where(*mine).values(parked_at=None, due_at=None)).rowcount

    def waiting(self, stream_id: str) -> list[str]:
        mine = sa.select(outbox.c.key).where(outbox.c.stream_id == stream_id, _WAITING)
        return list(self._sql.scalars(mine.order_by(outbox.c.position)))

    def parked(self) -> list[Parked]:
        rows = sa.select(outbox).where(outbox.c.parked_at.is_not(None), outbox.c.done_at.is_(None))
        return [self._parked(row) for row in self._sql.execute(rows).all()]

    def due(self, now: datetime) -> list[str]:
        """Streams with something that may be begun at this moment."""
        ready = sa.select(outbox.c.stream_id).where(_may_begin(now)).distinct().limit(200)
        return list(self._sql.scalars(ready))

    def next_at(self) -> datetime | None:
        """When the earliest row that was put off, or is leased, may be looked at again."""
        at = sa.func.coalesce(outbox.c.leased_until, outbox.c.due_at, "")
        row = self._sql.execute(sa.select(at).where(_WAITING).order_by(at).limit(1)).first()
        return datetime.fromisoformat(row[0]) if row and row[0] else None

    def _parked(self, row: sa.Row[Any]) -> Parked:
        problem = self._keys.reading(row.stream_id).decrypt(row.problem, *_place(row.key, "problem"))
        return Parked(row.key, row.stream_id, row.kind, problem, row.parked_at)

    def _hidden(self, owed: Owed, problem: str) -> str:
        """An outside system's words may name somebody. A stream erased meanwhile has no such row any more."""
        try:
            return self._keys.reading(owed.stream_id).encrypt(problem, *_place(owed.key, "problem"))
        except Erased:
            return ""

    def _before(self, stream_id: str, kind: str, position: int) -> bool:
        earlier = (
            outbox.c.stream_id == stream_id,
            outbox.c.kind == kind,
            outbox.c.position < position,
            _WAITING,
        )
        return self._sql.execute(sa.select(outbox.c.key).where(*earlier).limit(1)).first() is not None

    def _change(self, owed: Owed, **values: object) -> bool:
        """False when the lease ran out and another worker holds the row."""
        mine = (outbox.c.key == owed.key, outbox.c.fence == owed.fence, _WAITING)
        return self._sql.execute(outbox.update().where(*mine).values(**values)).rowcount == 1

    def _drop_untouched(self, stream_id: str, effect: Effect) -> None:
        same = (outbox.c.stream_id == stream_id, outbox.c.kind == effect.kind)
        self._sql.execute(outbox.delete().where(*same, _WAITING, outbox.c.fence == 0))


def _place(key: str, column: str) -> tuple[str, str, str]:
    return "outbox", key, column


def _may_begin(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(
        _WAITING,
        sa.or_(outbox.c.due_at.is_(None), outbox.c.due_at <= now),
        sa.or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now),
    )
