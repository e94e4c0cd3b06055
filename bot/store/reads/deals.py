"""Every deal as one line: what lists, searches and digests are made of."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.blocks.state import state_of
from bot.figures.pipeline import DealLine
from bot.store.data_keys import DataKeys
from bot.store.reads.hidden import Hidden
from bot.store.reads.rows import RowsOf
from bot.store.tables import deals
from bot.streams.deal.deal import Deal

MOST = 50
_LINE = TypeAdapter(DealLine)
_ROWS = RowsOf(deals)


class Deals:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql, self._hidden = sql, Hidden(keys, deals)

    def of_reps(self, reps: Iterable[str]) -> list[DealLine]:
        return self._lines(deals.c.rep.in_(tuple(reps)))

    def find(self, text: str) -> list[DealLine]:
        """By a part of the customer's or the opportunity's name; an empty text finds all. At most MOST."""
        wanted = text.casefold()
        return [line for line in self.every() if wanted in f"{line.customer} {line.title}".casefold()][:MOST]

    def every(self) -> list[DealLine]:
        return self._lines(sa.true())

    def project(self, deal: Deal) -> None:
        _ROWS.put(self._sql, deal.id, self._rows(deal))

    def _rows(self, deal: Deal) -> Iterator[dict[str, object]]:
        if (line := line_of(deal)) is None:
            return
        body = self._hidden.hide(deal.id, deal.id, _LINE.dump_json(line).decode())
        yield {"stream_id": deal.id, "rep": line.rep, "body": body}

    def _lines(self, which: sa.ColumnElement[bool]) -> list[DealLine]:
        """By customer: what they say can be sorted only when it is read."""
        rows = self._hidden.opening(self._sql.execute(sa.select(deals).where(which)))
        shown = (self._hidden.show(row.stream_id, row.stream_id, row.body) for row in rows)
        return sorted(map(_LINE.validate_json, shown), key=lambda line: (line.customer, line.stream_id))


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
