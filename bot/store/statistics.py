"""How the store is: what it holds, what it owes, and what waits."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.store import schema
from bot.store.columns import meta
from bot.store.engine import Engine
from bot.store.tables import deadlines, dirty, facts, heads, outbox

_OWED = sa.and_(outbox.c.done_at.is_(None), outbox.c.parked_at.is_(None))


@dataclass(frozen=True, slots=True)
class Statistics:
    """`oldest_due` is the moment of the earliest deadline, over or not; `size` and `sizes` (by table) are in bytes,
    and empty where the engine does not tell them."""

    engine: str
    revision: str
    streams: int
    facts: int
    owed: int
    leased: int
    parked: int
    deadlines: int
    oldest_due: datetime | None
    dirty: int
    size: int
    sizes: dict[str, int]


def statistics(engine: Engine, now: datetime) -> Statistics:
    with engine.reading() as sql:
        sizes = _sizes(sql)
        return Statistics(
            engine=sql.dialect.name,
            revision=schema.revision(sql) or "",
            streams=_count(sql, heads),
            facts=_count(sql, facts),
            owed=_count(sql, outbox, _OWED),
            leased=_count(sql, outbox, sa.and_(_OWED, outbox.c.leased_until > now)),
            parked=_count(sql, outbox, sa.and_(outbox.c.done_at.is_(None), outbox.c.parked_at.is_not(None))),
            deadlines=_count(sql, deadlines),
            oldest_due=sql.scalar(sa.select(sa.func.min(deadlines.c.due_at))),
            dirty=_count(sql, dirty),
            size=_size(sql),
            sizes=sizes,
        )


def _count(sql: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool] | None = None) -> int:
    counted = sa.select(sa.func.count()).select_from(table)
    return int(sql.scalar(counted if which is None else counted.where(which)) or 0)


def _size(sql: sa.Connection) -> int:
    if sql.dialect.name == "sqlite":
        path = Path(sql.engine.url.database or "")
        return sum(each.stat().st_size for each in (path, path.with_name(f"{path.name}-wal")) if each.exists())
    return int(sql.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0)


def _sizes(sql: sa.Connection) -> dict[str, int]:
    if sql.dialect.name == "sqlite":
        return {}
    size: Any = sa.func.pg_total_relation_size
    return {name: int(sql.scalar(sa.select(size(name))) or 0) for name in sorted(meta.tables)}
