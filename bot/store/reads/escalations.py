"""Which requests were escalated, by which row, and what came of it: ids and numbers alone."""

from datetime import datetime

import sqlalchemy as sa

from bot.figures.escalation_worth import Escalated
from bot.store.approval_tables import escalations
from bot.store.reads.rows import RowsOf
from bot.streams.deal.deal import Deal
from bot.streams.deal.escalations import outcomes

MOST = 5_000
_ROWS = RowsOf(escalations)


class EscalationsOf:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def since(self, start: datetime) -> list[Escalated]:
        """Oldest first."""
        columns = [c for c in escalations.c if c.name not in ("stream_id", "no")]
        wanted = (
            sa.select(*columns).where(escalations.c.at >= start).order_by(escalations.c.at, escalations.c.stream_id)
        )
        return [Escalated(**row._mapping) for row in self._sql.execute(wanted.limit(MOST))]

    def project(self, deal: Deal) -> None:
        decided = [(over.approval.id, over.by, over.at) for over in deal.approvals.decided]
        took = {over.approval.id: over.minutes for over in deal.approvals.decided}
        rows = [
            {"stream_id": deal.id, "no": no, "minutes": minutes, "decided_by": by, "asked": each.to}
            | {"took": took.get(each.approval), "at": each.at}
            | each.model_dump(include={"row", "level", "before", "used", "whole"})
            for no, (each, minutes, by) in enumerate(outcomes(deal.escalations.made, decided), 1)
        ]
        _ROWS.put(self._sql, deal.id, rows)
