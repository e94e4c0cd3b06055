"""Which streams have reads that are older than their facts."""

import sqlalchemy as sa

from bot.store.prepared import Once, Prepared
from bot.store.tables import dirty

_IS_SET = Prepared(sa.select(dirty.c.stream_id).where(dirty.c.stream_id == sa.bindparam("stream")))
_SET = Once(dirty.insert())
_CLEAR = Prepared(dirty.delete().where(dirty.c.stream_id == sa.bindparam("stream")))


class Marks:
    """Set and cleared only by who holds the stream's head, so that no mark is cleared with facts it does not know."""

    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def set(self, stream_id: str) -> None:
        _SET.change(self._sql, {"stream_id": stream_id})

    def is_set(self, stream_id: str) -> bool:
        return _IS_SET.scalar(self._sql, {"stream": stream_id}) is not None

    def clear(self, stream_id: str) -> None:
        _CLEAR.change(self._sql, {"stream": stream_id})

    def due(self) -> list[str]:
        return list(self._sql.scalars(sa.select(dirty.c.stream_id).limit(200)))
