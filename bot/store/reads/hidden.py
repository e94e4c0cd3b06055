"""What a row of a read says, encrypted with the key of the stream that it is of: only what SQL looks for stays open."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from bot.store.data_keys import DataKeys


class Hidden:
    """The bodies of one table."""

    def __init__(self, keys: DataKeys, table: sa.Table, column: str = "body") -> None:
        self._keys, self._place = keys, (table.name, column)

    def hide(self, stream_id: str, row: str, text: str) -> str:
        """`row` names the row in its table: elsewhere its words cannot be read."""
        table, column = self._place
        return self._keys.writing(stream_id).encrypt(text, table, row, column)

    def show(self, stream_id: str, row: str, body: str) -> str:
        """Raises Erased, and Damaged."""
        table, column = self._place
        return self._keys.reading(stream_id).decrypt(body, table, row, column)

    def opening(self, rows: Iterable[sa.Row[Any]]) -> list[sa.Row[Any]]:
        """The same rows, with all their streams' keys taken at once."""
        taken = list(rows)
        self._keys.open_all({row.stream_id for row in taken})
        return taken
