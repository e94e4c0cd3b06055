"""Which deals asked for priority, when they had it, and what came of them: ids, moments and numbers alone."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.figures.critical_worth import Asked
from bot.store.approval_tables import critical
from bot.store.reads.rows import RowsOf
from bot.streams.deal.approving import Decided
from bot.streams.deal.deal import Deal
from bot.streams.deal.priority import Spell

MOST = 20_000
_ROWS = RowsOf(critical)


class CriticalOf:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def since(self, start: datetime) -> list[Asked]:
        """A row for each time with a place, and one for a deal that never had any; oldest first."""
        wanted = sa.select(critical).where(critical.c.claimed_at >= start)
        wanted = wanted.order_by(critical.c.claimed_at, critical.c.stream_id, critical.c.no)
        return [Asked(**row._mapping) for row in self._sql.execute(wanted.limit(MOST))]

    def project(self, deal: Deal) -> None:
        _ROWS.put(self._sql, deal.id, _rows(deal) if deal.priority.first_at else ())


def _rows(deal: Deal) -> Iterator[dict[str, Any]]:
    state, approvals, ready = deal.priority, deal.approvals, deal.package.ready
    hands = {(hand.approval, hand.person) for hand in state.hands}
    told = {
        "stream_id": deal.id,
        "claimed_at": state.first_at,
        "asked_at": approvals.planned.at if approvals.planned else None,
        "approved_at": ready.at if ready else None,
        "in_time": all(map(_in_time, approvals.decided)) if ready else None,
        "won": deal.books.won is not None,
        "hands": len(state.hands),
        "by_hands": sum((over.approval.id, over.by) in hands for over in approvals.decided),
    }
    spells: tuple[Spell | None, ...] = state.spells or (None,)
    for no, spell in enumerate(spells, 1):
        yield {**told, "no": no, "given_at": spell and spell.since, "left_at": spell and spell.until}


def _in_time(over: Decided) -> bool:
    return over.at <= over.approval.by_when
