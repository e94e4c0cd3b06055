"""Open connections, used again and again: SQLAlchemy's own pool takes longer to lend one than a small transaction
lasts."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

MOST = 5  # that are kept open between two uses
RESTED_S = 2.0  # after which one is asked whether it still stands


class Connections:
    """Of one engine. One that something went wrong on goes back to SQLAlchemy, who looks after it; `lost` is told when
    it broke, for then others may have, too."""

    def __init__(self, engine: sa.Engine, lost: Callable[[], None]) -> None:
        self._engine = engine
        self._lost = lost
        self._free: deque[tuple[float, sa.Connection]] = deque()

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """A transaction, committed at the end."""
        sql = self._take()
        try:
            with sql.begin():
                yield sql
        except BaseException:
            if sql.invalidated:
                self._lost()
            sql.close()
            raise
        self._give_back(sql)

    def let_go(self) -> None:
        """Whatever is kept open: SQLAlchemy asks each whether it still stands before it lends it again."""
        with suppress(IndexError):
            while True:
                self._free.pop()[1].close()

    def _take(self) -> sa.Connection:
        """The one used last, as long as it stands: when it broke a moment ago, the caller is told so."""
        with suppress(IndexError):
            while True:
                since, sql = self._free.pop()
                if time.monotonic() - since < RESTED_S or _stands(sql):
                    return sql
        return self._engine.connect()

    def _give_back(self, sql: sa.Connection) -> None:
        if len(self._free) >= MOST:
            sql.close()
        else:
            self._free.append((time.monotonic(), sql))


def _stands(sql: sa.Connection) -> bool:
    """Closes one that does not."""
    try:
        sql.dialect.do_ping(sql.connection.dbapi_connection)  # type: ignore[arg-type]
    except sql.dialect.loaded_dbapi.Error as gone:
        sql.invalidate(gone)
        sql.close()
        return False
    return True
