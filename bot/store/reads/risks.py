"""What was foretold of each deal's approvals, and what came of it: numbers alone."""

from datetime import datetime

import sqlalchemy as sa

from bot.figures.foretelling_worth import Told
from bot.store.approval_tables import risks
from bot.store.reads.rows import RowsOf
from bot.streams.deal.deal import Deal

MOST = 20_000
_ROWS = RowsOf(risks)


class RisksOf:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def since(self, start: datetime) -> list[Told]:
        """Oldest first."""
        wanted = sa.select(risks).where(risks.c.at >= start).order_by(risks.c.at, risks.c.stream_id, risks.c.no)
        return [
            Told(
                plan=f"{row.stream_id} {row.planned_at.isoformat()}",
                **{name: getattr(row, name) for name in ("chance", "level", "told", "held", "at", "deadline")},
                factors=tuple(row.factors.split()),
                mitigated=tuple(row.mitigated.split()),
            )
            for row in self._sql.execute(wanted.limit(MOST))
        ]

    def project(self, deal: Deal) -> None:
        held = {each.planned_at: each.held for each in deal.risks.over}
        rows = [
            {
                "stream_id": deal.id,
                "held": held.get(each.planned_at),
                "factors": " ".join(dict.fromkeys(factor.kind for factor in each.factors)),
                "mitigated": " ".join(done.way for done in deal.risks.mitigated if done.no == each.no),
                **each.model_dump(include={"no", "planned_at", "deadline", "chance", "level", "told", "at"}),
            }
            for each in deal.risks.seen
        ]
        _ROWS.put(self._sql, deal.id, rows)
