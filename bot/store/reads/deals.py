"""Every deal as one line: what lists, searches and digests are made of."""

from collections.abc import Iterable
from dataclasses import fields
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

    def of_reps(self, reps: Iterable[str]) -> list[DealLine]:
        return self._lines(deals.c.rep.in_(tuple(reps)), None)

    def find(self, text: str) -> list[DealLine]:
        """By a part of the customer's or the opportunity's name; an empty text finds all."""
        wanted = f"%{_escaped(text.casefold())}%"
        names = sa.func.lower(deals.c.customer + " " + deals.c.title)
        return self._lines(names.like(wanted, escape="\\"))

    def every(self) -> list[DealLine]:
        return self._lines(sa.true(), None)

    def project(self, deal: Deal) -> None:
        self._sql.execute(deals.delete().where(deals.c.stream_id == deal.id))
        if (line := line_of(deal)) is None:
            return
        row = {field.name: getattr(line, field.name) for field in fields(line) if field.name != "total"}
        money = {"currency": line.total.currency, "total": line.total.minor}
        self._sql.execute(deals.insert().values(**row, **money))

    def _lines(self, which: sa.ColumnElement[bool], most: int | None = MOST) -> list[DealLine]:
        rows = self._sql.execute(
            sa.select(deals).where(which).order_by(deals.c.customer, deals.c.stream_id).limit(most)
        )
        return [_line(dict(row._mapping)) for row in rows]


def line_of(deal: Deal) -> DealLine | None:
    """None for what is not a deal yet."""
    opportunity = deal.opportunity
    if opportunity is None:
        return None
    made, state = deal.package.current, state_of(deal)
    return DealLine(
        stream_id=deal.id,
        customer=deal.customer,
        title=opportunity.name,
        rep=deal.opening.rep,
        state=state.name,
        waits_on=state.waits_on,
        since=state.since,
        total=made.contract.quote.total if made else opportunity.amount,
        channel=deal.opening.channel,
        words=state.words,
    )


def _line(row: dict[str, Any]) -> DealLine:
    total = Money(minor=row.pop("total"), currency=row.pop("currency"))
    return DealLine(**row, total=total)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
