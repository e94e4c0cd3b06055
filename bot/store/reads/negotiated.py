"""What customers asked for and were given, a row for each clause: keys and days alone, no words and no names."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from bot.figures.foreseeing import DEAL, DOCUMENT, OWN_PAPER
from bot.store.reads.rows import RowsOf
from bot.store.tables import links, negotiated
from bot.streams.customer.customer import Customer
from bot.streams.customer.negotiation import Negotiation
from bot.streams.deal.deal import Deal
from bot.streams.decision import Demand, Objection
from bot.streams.tell import OF_ACCOUNT

_CLAUSES = sa.and_(negotiated.c.about != OWN_PAPER, ~negotiated.c.about.startswith(DOCUMENT))
_ROWS = RowsOf(negotiated)


class Negotiated:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def demands(self, state: object) -> tuple[Demand, ...]:
        """Of the same customer, in its other deals, oldest first."""
        if not isinstance(state, Deal) or (opportunity := state.opportunity) is None:
            return ()
        holder = sa.select(links.c.stream_id).where(
            links.c.system == OF_ACCOUNT, links.c.foreign_id == opportunity.account.id
        )
        mine = sa.select(negotiated).where(
            negotiated.c.stream_id == holder.scalar_subquery(), negotiated.c.deal != state.id
        )
        rows = self._sql.execute(mine.order_by(negotiated.c.day, negotiated.c.deal, negotiated.c.about))
        return tuple(Demand(row.deal, row.day, row.about, row.asked, row.given, row.signed) for row in rows)

    def objections(self, state: object) -> tuple[Objection, ...]:
        """Of all signed deals of the industry but this one, by clause and by the rung that was given."""
        if not isinstance(state, Deal) or (opportunity := state.opportunity) is None:
            return ()
        those = sa.and_(
            negotiated.c.industry == opportunity.account.industry,
            negotiated.c.signed.is_(True),
            negotiated.c.deal != state.id,
            _CLAUSES,
        )
        by = (negotiated.c.about, negotiated.c.given)
        rows = self._sql.execute(sa.select(*by, sa.func.count()).where(those).group_by(*by).order_by(*by))
        return tuple(Objection(about, given, int(count)) for about, given, count in rows)

    def project(self, customer: Customer) -> None:
        rows = [row for each in customer.negotiations for row in _rows(customer.id, each)]
        _ROWS.put(self._sql, customer.id, rows)


def _rows(stream_id: str, told: Negotiation) -> Iterator[dict[str, Any]]:
    of = {
        "stream_id": stream_id,
        "deal": told.deal,
        "day": told.on.isoformat(),
        "industry": told.industry,
        "signed": told.signed,
    }
    yield {**of, "about": DEAL, "asked": "", "given": ""}
    if told.own_paper:
        yield {**of, "about": OWN_PAPER, "asked": "", "given": ""}
    for template in told.documents:
        yield {**of, "about": f"{DOCUMENT}{template}", "asked": "", "given": ""}
    for each in told.asked:
        yield {**of, "about": each.clause, "asked": each.asked, "given": each.given}
