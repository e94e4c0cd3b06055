"""Every deal as one line: what lists, searches and digests are made of."""

from typing import Any

import sqlalchemy as sa

from bot.blocks.state import state_of
from bot.figures.pipeline import DealLine
from bot.store.tables import deals
from bot.streams.deal.deal import Deal
from bot.streams.money import Money

MOST = 50


class Deals:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def of_rep(self, rep: str) -> list[DealLine]:
        return self._lines(deals.c.rep == rep)

    def find(self, text: str) -> list[DealLine]:
        """By a part of the customer's or the opportunity's name; an empty text finds all."""
        wanted = f"%{_escaped(text.casefold())}%"
        names = sa.func.lower(deals.c.customer + " " + deals.c.title)
        return self._lines(names.like(wanted, escape="\\"))

    def every(self) -> list[DealLine]:
        return self._lines(sa.true(), None)

    def project(self, deal: Deal) -> None:
        opportunity = deal.opportunity
        self._sql.execute(deals.delete().where(deals.c.stream_id == deal.id))
        if opportunity is None:
            return
        made = deal.package.current
        total = made.contract.quote.total if made else opportunity.amount
        state = state_of(deal)
        row = {"customer": deal.customer, "title": opportunity.name, "rep": deal.opening.rep, "state": state.name}
        money = {"currency": total.currency, "total": total.minor, "channel": deal.opening.channel}
        waiting = {"waits_on": state.waits_on, "since": state.since, "words": state.words}
        self._sql.execute(deals.insert().values(stream_id=deal.id, **row, **money, **waiting))

    def _lines(self, which: sa.ColumnElement[bool], most: int | None = MOST) -> list[DealLine]:
        rows = self._sql.execute(
            sa.select(deals).where(which).order_by(deals.c.customer, deals.c.stream_id).limit(most)
        )
        return [_line(dict(row._mapping)) for row in rows]


def _line(row: dict[str, Any]) -> DealLine:
    total = Money(minor=row.pop("total"), currency=row.pop("currency"))
    return DealLine(**row, total=total)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
