"""How each connection is: what it owes, what waits for a person, when it last worked, and whether it is asked."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.store import schema
from bot.store.breakers import Breaker, Breakers, State
from bot.store.measures import Lot, Measures
from bot.store.outbox import DONE, Outbox
from bot.store.tables import heads, outbox
from bot.streams.effects import OURS, Lane

_OPEN = sa.and_(outbox.c.done_at.is_(None), outbox.c.parked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Connection:
    """`worked_at` and the breaker's moments are the system's clock, not the business's."""

    lane: Lane
    owed: int
    parked: int
    worked_at: datetime | None
    breaker: Breaker | None

    @property
    def down(self) -> bool:
        return self.breaker is not None and (self.breaker.fails > 0 or self.breaker.state is not State.CLOSED)


@dataclass(frozen=True, slots=True)
class Health:
    """`waits_since`: when the oldest thing that a worker could begin now was owed; None when nothing is."""

    connections: tuple[Connection, ...]
    waits: int
    waits_since: datetime | None
    engine: str
    revision: str
    streams: int


class HealthOf:
    def __init__(self, sql: sa.Connection, rows: Outbox, breakers: Breakers, measures: Measures) -> None:
        self._sql = sql
        self._rows = rows
        self._breakers = breakers
        self._measures = measures

    def read(self, now: datetime) -> Health:
        """`now` is transport time."""
        shut = {breaker.lane: breaker for breaker in self._breakers.every()}
        lots = {lot.lane: lot for lot in self._measures.lots(now)}
        lanes = [lane for lane in Lane if lane not in OURS]
        due = self._rows.due(now)
        return Health(
            connections=tuple(self._connection(lane, lots.get(lane), shut.get(lane)) for lane in lanes),
            waits=len(due),
            waits_since=self._since(due[0]) if due else None,
            engine=self._sql.dialect.name,
            revision=schema.revision(self._sql) or "",
            streams=int(self._sql.scalar(sa.select(sa.func.count()).select_from(heads)) or 0),
        )

    def _connection(self, lane: Lane, lot: Lot | None, breaker: Breaker | None) -> Connection:
        done = (outbox.c.lane == lane, outbox.c.done_at.is_not(None), outbox.c.outcome == DONE)
        last = sa.select(outbox.c.done_at).where(*done).order_by(outbox.c.done_at.desc()).limit(1)
        return Connection(
            lane=lane,
            owed=lot.owed if lot else 0,
            parked=lot.parked if lot else 0,
            worked_at=self._sql.scalar(last),
            breaker=breaker,
        )

    def _since(self, stream_id: str) -> datetime | None:
        """When the fact that owes a stream's oldest open effect was written."""
        first = sa.select(outbox.c.key).where(outbox.c.stream_id == stream_id, _OPEN)
        key = self._sql.scalar(first.order_by(outbox.c.position).limit(1))
        return self._measures.owed_since(key) if key is not None else None
