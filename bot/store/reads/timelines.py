"""When each deal passed each step: what speed, wins and losses of a period are counted from."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.figures.timing import Timeline
from bot.store.data_keys import DataKeys
from bot.store.reads.hidden import Hidden
from bot.store.reads.rows import RowsOf
from bot.store.tables import timelines
from bot.streams.deal.deal import Deal
from bot.streams.money import Money
from bot.streams.value import Value


class _Said(Value):
    customer: str
    total: Money


_ROWS = RowsOf(timelines)


class Timelines:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql, self._hidden = sql, Hidden(keys, timelines)

    def since(self, start: datetime) -> list[Timeline]:
        """Deals that were signed or changed in Salesforce after `start`, by their last signature."""
        recent = sa.or_(timelines.c.signed_at > start, timelines.c.stage_at > start)
        return self._rows(recent, timelines.c.signed_at)

    def in_stage(self, stage: str) -> frozenset[str]:
        """The deals whose opportunity stands in that stage."""
        return frozenset(self._sql.scalars(sa.select(timelines.c.stream_id).where(timelines.c.stage == stage)))

    def among(self, streams: Iterable[str], stage: str) -> frozenset[str]:
        """Those of the streams whose opportunity stands in that stage."""
        these = sa.select(timelines.c.stream_id).where(
            timelines.c.stream_id.in_(tuple(streams)), timelines.c.stage == stage
        )
        return frozenset(self._sql.scalars(these))

    def ending(self, start: datetime, end: datetime) -> list[Timeline]:
        """Out for signature, with an envelope that ends in between."""
        out = sa.and_(timelines.c.signed_at.is_(None), timelines.c.ends_at > start, timelines.c.ends_at <= end)
        return self._rows(out, timelines.c.ends_at)

    def project(self, deal: Deal) -> None:
        _ROWS.put(self._sql, deal.id, self._told(deal))

    def _told(self, deal: Deal) -> Iterator[dict[str, object]]:
        opportunity = deal.opportunity
        if opportunity is None:
            return
        made = deal.package.current
        total = made.contract.quote.total if made else opportunity.amount
        said = _Said(customer=deal.customer, total=total)
        row = {"rep": deal.opening.rep, "stage": opportunity.stage}
        body = self._hidden.hide(deal.id, deal.id, said.model_dump_json())
        yield {"stream_id": deal.id, "body": body, **row, **_moments(deal)}

    def _rows(self, which: sa.ColumnElement[bool], by: sa.Column[Any]) -> list[Timeline]:
        found = self._sql.execute(sa.select(timelines).where(which).order_by(by, timelines.c.stream_id))
        return [self._timeline(dict(row._mapping)) for row in self._hidden.opening(found)]

    def _timeline(self, row: dict[str, Any]) -> Timeline:
        said = _Said.model_validate_json(self._hidden.show(row["stream_id"], row["stream_id"], row.pop("body")))
        return Timeline(**row, customer=said.customer, total=said.total)


def _moments(deal: Deal) -> dict[str, datetime | None]:
    package, envelope, yes, opportunity = deal.package, deal.envelope, deal.signals.yes, deal.opportunity
    return {
        "stage_at": _read(opportunity.modified_at) if opportunity else None,
        "yes_at": yes.at if yes else None,
        "made_at": package.assembled.at if package.assembled else None,
        "ready_at": package.ready.at if package.ready else None,
        "sent_at": envelope.sent.at if envelope.sent else None,
        "signed_at": envelope.executed.at if envelope.executed else None,
        "won_at": deal.books.won.at if deal.books.won else None,
        "ends_at": envelope.sent.ends_at if envelope.sent and envelope.out else None,
    }


def _read(written: str) -> datetime | None:
    """Salesforce's own writing of a moment."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo is not None else None
