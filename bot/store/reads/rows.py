"""What one stream has in a table of reads."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from bot.store.prepared import Prepared


class RowsOf:
    """`of` is the column that says whose they are."""

    def __init__(self, table: sa.Table, of: str = "stream_id") -> None:
        self._drop = Prepared(table.delete().where(table.c[of] == sa.bindparam("whose")))
        self._write = Prepared(table.insert())

    def put(self, sql: sa.Connection, whose: str, rows: Iterable[Mapping[str, object]]) -> None:
        """These, in the place of those that stand."""
        self._drop.change(sql, {"whose": whose})
        for row in rows:
            self._write.change(sql, row)
