"""What is owed to the outside: in order per lane, leased to one worker, settled once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.playbook.permissions import Permission
from bot.store.breakers import shut
from bot.store.data_keys import DataKeys
from bot.store.errors import Erased
from bot.store.prepared import Prepared
from bot.store.tables import outbox
from bot.streams.any_effect import AnyEffect
from bot.streams.effects import Effect, Lane
from bot.streams.ids import effect_key

_EFFECT: TypeAdapter[AnyEffect] = TypeAdapter(AnyEffect)
AT_ONCE = 200
DONE = "done"
_WAITING = sa.and_(outbox.c.done_at.is_(None), outbox.c.parked_at.is_(None))

# The row, as long as nobody has leased it since.
_SAME = (outbox.c.key == sa.bindparam("held"), outbox.c.fence == sa.bindparam("held_fence"), _WAITING)
_NOW: sa.BindParameter[datetime] = sa.bindparam("now")
_OF_STREAM = outbox.c.stream_id == sa.bindparam("stream")
_OWE = Prepared(outbox.insert())
_CHANGE = Prepared(outbox.update().where(*_SAME))
_HOLD = Prepared(
    outbox.update().where(outbox.c.key.in_(sa.select(outbox.c.key).where(*_SAME).with_for_update(skip_locked=True)))
)
_HEAD = Prepared(
    sa.select(outbox)
    .where(_OF_STREAM, outbox.c.lane == sa.bindparam("of_lane"), _WAITING)
    .order_by(outbox.c.position)
    .limit(1)
)
_BEFORE = Prepared(
    sa.select(outbox.c.key)
    .where(_OF_STREAM, outbox.c.kind == sa.bindparam("of_kind"), outbox.c.position < sa.bindparam("at"), _WAITING)
    .limit(1)
)
_DROP = Prepared(
    outbox.delete().where(
        _OF_STREAM,
        outbox.c.kind == sa.bindparam("of_kind"),
        outbox.c.done_at.is_(None),
        sa.or_(outbox.c.fence == 0, outbox.c.parked_at.is_not(None)),
    )
)


def _may_begin(now: sa.BindParameter[datetime]) -> sa.ColumnElement[bool]:
    """Its lane's first, due, leased by nobody, and its provider not shut."""
    earlier = outbox.alias()
    is_first = ~sa.exists().where(
        earlier.c.stream_id == outbox.c.stream_id,
        earlier.c.lane == outbox.c.lane,
        earlier.c.done_at.is_(None),
        earlier.c.parked_at.is_(None),
        earlier.c.position < outbox.c.position,
    )
    waits_for = ~sa.exists().where(
        earlier.c.stream_id == outbox.c.stream_id,
        earlier.c.kind == outbox.c.after,
        earlier.c.done_at.is_(None),
        earlier.c.parked_at.is_(None),
        earlier.c.position < outbox.c.position,
    )
    return sa.and_(
        _WAITING,
        waits_for,
        sa.or_(outbox.c.due_at.is_(None), outbox.c.due_at <= now),
        sa.or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now),
        is_first,
        outbox.c.lane.not_in(shut(now)),
    )


_LANES = Prepared(sa.select(outbox.c.lane).where(_OF_STREAM, _may_begin(_NOW)).distinct())
_DUE = Prepared(
    sa.select(outbox.c.stream_id)
    .where(_may_begin(_NOW))
    .group_by(outbox.c.stream_id)
    .order_by(sa.func.min(outbox.c.position), outbox.c.stream_id)
    .limit(AT_ONCE)
)


@dataclass(frozen=True, slots=True)
class Warrant:
    """By whose right an effect is owed; looked at again before it leaves."""

    actor: str
    permission: Permission


@dataclass(frozen=True, slots=True)
class Owed:
    """`tries` counts earlier tries: anything above 0 may already have happened; `failures` those that count
    towards parking. `repeats`: the last try failed, and this one is a repeat of it. `begun`: a call that cannot be
    looked up later was under way."""

    key: str
    stream_id: str
    effect: Effect
    warrant: Warrant
    fence: int
    tries: int
    failures: int = 0
    parks: int = 0
    repeats: bool = False
    begun: bool = False
    leased_until: datetime | None = None


class Outbox:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql = sql
        self._keys = keys

    def owe(self, stream_id: str, seq: int, effects: Sequence[Effect], warrant: Warrant, first: int = 0) -> None:
        for index, effect in enumerate(effects, first):
            if effect.coalesces:
                self._drop_stale(stream_id, effect)
            key, cipher = effect_key(stream_id, seq, index, effect.kind), self._keys.writing(stream_id)
            row = {
                "key": key,
                "stream_id": stream_id,
                "lane": effect.lane,
                "kind": effect.kind,
                "after": effect.after,
                "key_id": cipher.key_id,
                "body": cipher.encrypt(effect.model_dump_json(), *_place(key, "body")),
                "actor": warrant.actor,
                "permission": warrant.permission,
            }
            _OWE.change(self._sql, row)

    def head(self, stream_id: str, lane: Lane, now: datetime) -> Owed | None:
        """The lane's first row, when it may be begun at this moment."""
        row = self._first(stream_id, lane, now)
        return self.owed_of(row) if row is not None else None

    def goes_on(self, stream_id: str, lane: Lane, now: datetime) -> bool:
        """Whether the lane has a row that may be begun at this moment."""
        return self._first(stream_id, lane, now) is not None

    def hold(self, head: Owed, until: datetime) -> Owed | None:
        """The lease. None when another worker was faster, or is about to be."""
        fence = head.fence + 1
        change = {"fence": fence, "leased_until": until, "tries": head.tries + 1}
        held = _HOLD.change(self._sql, change | _holder(head)) == 1
        return replace(head, fence=fence, leased_until=until) if held else None

    def defer(self, head: Owed, until: datetime) -> bool:
        """Not tried now, and nothing is said against it."""
        return self._change(head, due_at=until)

    def begin(self, owed: Owed, now: datetime) -> bool:
        """From here on nobody can know whether it happened, until it is settled."""
        return self._change(owed, begun_at=now)

    def renew(self, owed: Owed, until: datetime, progress: str | None = None) -> bool:
        """For a task that is still at work. False when the lease was lost meanwhile."""
        told = {"progress": progress} if progress is not None else {}
        return self._change(owed, leased_until=until, **told)

    def lanes(self, stream_id: str, now: datetime) -> list[Lane]:
        """In which something may be begun at this moment."""
        return sorted(Lane(lane) for lane in _LANES.scalars(self._sql, {"stream": stream_id, "now": now}))

    def settle(self, owed: Owed, now: datetime) -> bool:
        return self._change(owed, done_at=now, leased_until=None, outcome=DONE)

    def put_off(self, owed: Owed, until: datetime, problem: str, failures: int | None = None) -> bool:
        """`failures` when this one counts."""
        count = owed.failures if failures is None else failures
        return self._change(owed, due_at=until, leased_until=None, problem=self._hidden(owed, problem), failures=count)

    def give_back(self, owed: Owed, until: datetime, problem: str | None = None) -> bool:
        """It was not tried at all, or so that nothing can have left."""
        told = {"problem": self._hidden(owed, problem)} if problem is not None else {}
        return self._change(owed, due_at=until, leased_until=None, begun_at=None, tries=owed.tries, **told)

    def park(self, owed: Owed, now: datetime, problem: str) -> bool:
        hidden = self._hidden(owed, problem)
        return self._change(owed, parked_at=now, leased_until=None, problem=hidden, parks=owed.parks + 1)

    def waiting(self, stream_id: str) -> list[str]:
        mine = sa.select(outbox.c.key).where(outbox.c.stream_id == stream_id, _WAITING)
        return list(self._sql.scalars(mine.order_by(outbox.c.position)))

    def due(self, now: datetime) -> list[str]:
        """Streams with something that may be begun at this moment, the one that waits longest first.

        Only the first row of a lane counts, and no lane whose provider is shut: what cannot go on takes no
        place from what can.
        """
        return list(_DUE.scalars(self._sql, {"now": now}))

    def owed_of(self, row: sa.Row[Any]) -> Owed:
        body = self._keys.reading(row.stream_id).decrypt(row.body, *_place(row.key, "body"))
        return Owed(
            key=row.key,
            stream_id=row.stream_id,
            effect=_EFFECT.validate_json(body),
            warrant=Warrant(row.actor, Permission(row.permission)),
            fence=row.fence,
            tries=row.tries,
            failures=row.failures,
            parks=row.parks,
            repeats=row.tries > 0 and row.problem is not None,
            begun=row.begun_at is not None,
            leased_until=row.leased_until,
        )

    def problem_of(self, row: sa.Row[Any]) -> str:
        """What the last try ran into, or nothing."""
        if not row.problem:
            return ""
        return self._keys.reading(row.stream_id).decrypt(row.problem, *_place(row.key, "problem"))

    def _hidden(self, owed: Owed, problem: str) -> str:
        """An outside system's words may name somebody. A stream erased meanwhile has no such row any more."""
        try:
            return self._keys.reading(owed.stream_id).encrypt(problem, *_place(owed.key, "problem"))
        except Erased:
            return ""

    def _first(self, stream_id: str, lane: Lane, now: datetime) -> sa.Row[Any] | None:
        row = _HEAD.first(self._sql, {"stream": stream_id, "of_lane": lane})
        if row is None or (row.due_at or now) > now or (row.leased_until or now) > now:
            return None
        return None if row.after and self._before(stream_id, row.after, row.position) else row

    def _before(self, stream_id: str, kind: str, position: int) -> bool:
        told = {"stream": stream_id, "of_kind": kind, "at": position}
        return _BEFORE.first(self._sql, told) is not None

    def _change(self, owed: Owed, **values: object) -> bool:
        """False when the lease ran out and another worker holds the row."""
        return _CHANGE.change(self._sql, values | _holder(owed)) == 1

    def _drop_stale(self, stream_id: str, effect: Effect) -> None:
        _DROP.change(self._sql, {"stream": stream_id, "of_kind": effect.kind})


def _holder(owed: Owed) -> dict[str, object]:
    return {"held": owed.key, "held_fence": owed.fence}


def _place(key: str, column: str) -> tuple[str, str, str]:
    return "outbox", key, column
