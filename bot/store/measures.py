"""What is counted for the metrics, read from the store at the moment of asking: the same whoever is asked."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store.kinds import KINDS
from bot.store.tables import deadlines, facts, heads, outbox

_OPEN = outbox.c.done_at.is_(None)
_WAITING = sa.and_(_OPEN, outbox.c.parked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Lot:
    """Of one lane: `owed` in all, of these `due` now and `leased` by a worker; `parked` waits for a person. `since` is
    when the oldest that is owed was decided, in business time."""

    lane: str
    owed: int
    due: int
    leased: int
    parked: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """What is parked in a lane; `since` the oldest, in transport time."""

    lane: str
    count: int
    since: datetime


class Measures:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def facts(self) -> dict[str, int]:
        """By the kind of their stream."""
        return {kind: self._facts_of(kind) for kind in KINDS}

    def lots(self, now: datetime) -> list[Lot]:
        """`now` is transport time."""
        leased = sa.and_(_WAITING, outbox.c.leased_until > now)
        due = sa.and_(_WAITING, _or_none(outbox.c.due_at, now), _or_none(outbox.c.leased_until, now))
        counted = (_count(_WAITING), _count(due), _count(leased), _count(sa.not_(_WAITING)))
        rows = self._sql.execute(sa.select(outbox.c.lane, *counted).where(_OPEN).group_by(outbox.c.lane)).all()
        oldest = self._oldest()
        return [
            Lot(lane, int(owed), int(due), int(leased), int(parked), oldest.get(lane))
            for lane, owed, due, leased, parked in rows
        ]

    def stuck(self, without: str) -> list[Stuck]:
        """By lane; `without` is a kind of effect that does not count."""
        parked = sa.and_(_OPEN, outbox.c.parked_at.is_not(None), outbox.c.kind != without)
        chosen = sa.select(outbox.c.lane, sa.func.count(), sa.func.min(outbox.c.parked_at)).where(parked)
        rows = self._sql.execute(chosen.group_by(outbox.c.lane).order_by(outbox.c.lane)).all()
        return [Stuck(lane, int(count), since) for lane, count, since in rows]

    def late(self, now: datetime) -> tuple[int, datetime | None]:
        """Deadlines that are over, and the earliest of them; `now` is business time."""
        chosen = sa.select(sa.func.count(), sa.func.min(deadlines.c.due_at)).where(deadlines.c.due_at <= now)
        count, first = self._sql.execute(chosen).one()
        return int(count), first

    def owed_since(self, key: str) -> datetime | None:
        """When the fact was written that owes the effect: its key says which one."""
        kind, name, seq, *_ = key.split(":")
        mine = sa.select(facts.c.at).where(facts.c.stream_id == f"{kind}:{name}", facts.c.seq == int(seq))
        found: datetime | None = self._sql.scalar(mine)
        return found

    def _facts_of(self, kind: str) -> int:
        mine = sa.select(sa.func.sum(heads.c.seq)).where(heads.c.stream_id.like(f"{kind}:%"))
        return int(self._sql.scalar(mine) or 0)

    def _oldest(self) -> dict[str, datetime]:
        first = sa.select(sa.func.min(outbox.c.position)).where(_WAITING).group_by(outbox.c.lane)
        rows = self._sql.execute(sa.select(outbox.c.lane, outbox.c.key).where(outbox.c.position.in_(first))).all()
        found = {lane: self.owed_since(key) for lane, key in rows}
        return {lane: at for lane, at in found.items() if at is not None}


def _or_none(column: sa.Column[datetime], now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(column.is_(None), column <= now)


def _count(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((which, 1), else_=0))
