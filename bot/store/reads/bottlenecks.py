"""Which bottlenecks were seen, what was done about each, and what came of it: ids and numbers alone."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.figures.bottleneck_worth import Seen
from bot.store.approval_tables import bottlenecks
from bot.store.reads.rows import RowsOf
from bot.streams.deal.bottlenecks import Ended, outcomes
from bot.streams.deal.deal import Deal

MOST = 5_000
_ROWS = RowsOf(bottlenecks)


class BottlenecksOf:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def since(self, start: datetime) -> list[Seen]:
        """Oldest first."""
        columns = [c for c in bottlenecks.c if c.name not in ("stream_id", "no")]
        wanted = sa.select(*columns).where(bottlenecks.c.at >= start)
        rows = self._sql.execute(wanted.order_by(bottlenecks.c.at, bottlenecks.c.stream_id).limit(MOST))
        return [Seen(**{**row._mapping, "signs": json.loads(row.signs)}) for row in rows]

    def project(self, deal: Deal) -> None:
        ended = outcomes(deal.bottlenecks.made, deal.approvals.decided, deal.approvals.moved)
        _ROWS.put(self._sql, deal.id, (_row(deal.id, no, each) for no, each in enumerate(ended, 1)))


def _row(stream_id: str, no: int, of: Ended) -> dict[str, Any]:
    seen = of.seen
    told = seen.model_dump(include={"bottleneck", "rule", "person", "relief", "since", "at", "owner"})
    return told | {
        "stream_id": stream_id,
        "no": no,
        "given": seen.to,
        "signs": json.dumps(seen.signs, sort_keys=True),
        "without_at": of.without_at,
        "end": of.end,
        "ended_at": of.at,
        "ended_by": of.by,
    }
