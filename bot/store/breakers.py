"""How each provider fares: one row for each lane, which all workers share."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.store.prepared import Prepared
from bot.store.tables import breakers
from bot.streams.effects import Lane

FULL = 1_000
AT_FIRST = 300


class State(StrEnum):
    CLOSED = "closed"  # asked freely
    OPEN = "open"  # nobody asks before `until`
    PROBING = "probing"  # one worker asks; if it dies, another may after `until`


@dataclass(frozen=True, slots=True)
class Breaker:
    """`fails` in a row since `since`; `credit` is what repeats are paid from, in hundredths of one, counted at
    `counted_at`."""

    lane: Lane
    counted_at: datetime
    state: State = State.CLOSED
    fails: int = 0
    code: str = ""
    since: datetime | None = None
    until: datetime | None = None
    credit: int = AT_FIRST


_ONE = sa.select(breakers).where(breakers.c.lane == sa.bindparam("of"))
_GLANCE, _OF = Prepared(_ONE), Prepared(_ONE.with_for_update())
_WRITE = Prepared(breakers.update().where(breakers.c.lane == sa.bindparam("of")))
_BEGIN = Prepared(breakers.insert())


class Breakers:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def of(self, lane: Lane, now: datetime) -> Breaker:
        """Nobody else changes it before the transaction is over."""
        row = _OF.first(self._sql, {"of": lane})
        return _breaker(row) if row is not None else Breaker(lane, now)

    def glance(self, lane: Lane, now: datetime) -> Breaker:
        """As `of`, but somebody else may change it at the same moment."""
        row = _GLANCE.first(self._sql, {"of": lane})
        return _breaker(row) if row is not None else Breaker(lane, now)

    def every(self) -> list[Breaker]:
        return [_breaker(row) for row in self._sql.execute(sa.select(breakers).order_by(breakers.c.lane))]

    def write(self, changed: Breaker) -> None:
        values = asdict(changed)
        if _WRITE.change(self._sql, values | {"of": changed.lane}) == 0:
            _BEGIN.change(self._sql, values)


def shut(now: datetime | sa.BindParameter[datetime]) -> sa.Select[tuple[str]]:
    """The lanes in which nothing may be begun."""
    return sa.select(breakers.c.lane).where(breakers.c.state != State.CLOSED, breakers.c.until > now)


def _breaker(row: Any) -> Breaker:
    values = row._asdict()
    return Breaker(**values | {"lane": Lane(row.lane), "state": State(row.state)})
