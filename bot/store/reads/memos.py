"""What legal made of the memos: counted, not read."""

import sqlalchemy as sa

from bot.store.reads.rows import RowsOf
from bot.store.tables import memos
from bot.streams.deal.deal import Deal

_ROWS = RowsOf(memos)


class Memos:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def counted(self) -> tuple[int, int]:
        """Accepted as they were, and amended."""
        rows = self._sql.execute(sa.select(memos.c.accepted, sa.func.count()).group_by(memos.c.accepted))
        found = {accepted: int(count) for accepted, count in rows}
        return found.get(True, 0), found.get(False, 0)

    def project(self, deal: Deal) -> None:
        rows = [{"stream_id": deal.id, "version": each.version, "accepted": each.accepted} for each in deal.memo.judged]
        _ROWS.put(self._sql, deal.id, rows)
