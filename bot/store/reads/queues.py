"""How many requests for approvals wait on whom, in which order they came."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.store.approval_tables import waiting
from bot.store.reads.rows import RowsOf
from bot.streams.deal.deal import Deal
from bot.streams.queues import Queue

_ROWS = RowsOf(waiting)


class Queues:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def all(self, state: object = None) -> tuple[Queue, ...]:
        """Of everybody on whom something waits, with the places of the requests of `state`, a deal."""
        counted = sa.select(waiting.c.person, sa.func.count()).group_by(waiting.c.person).order_by(waiting.c.person)
        places = self._places(state.id) if isinstance(state, Deal) else {}
        return tuple(
            Queue(person, open_, tuple(places.get(person, ()))) for person, open_ in self._sql.execute(counted)
        )

    def _places(self, stream_id: str) -> Mapping[str, Sequence[tuple[str, int]]]:
        """By person; of equal times the order is the same for everybody who looks."""
        found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        mine = sa.select(waiting).where(waiting.c.stream_id == stream_id).order_by(waiting.c.at, waiting.c.approval)
        for row in self._sql.execute(mine).all():
            place = sa.tuple_(waiting.c.at, waiting.c.stream_id, waiting.c.approval)
            here = sa.tuple_(*(sa.literal(each, kind) for each, kind in _key(row)))
            before = sa.select(sa.func.count()).where(waiting.c.person == row.person, place <= here)
            found[row.person].append((row.approval, self._sql.scalar(before) or 0))
        return found

    def project(self, deal: Deal) -> None:
        _ROWS.put(self._sql, deal.id, _rows(deal))


def _rows(deal: Deal) -> Iterator[dict[str, Any]]:
    """What waits on whom now; since when she has it."""
    state, last = deal.approvals, {m.approval: m.at for m in deal.approvals.moved if m.at}
    if deal.signals.yes is None or state.refused or state.planned is None:
        return
    for each in state.due:
        at = last.get(each.id) or state.asked_at(each) or state.planned.at
        yield {"stream_id": deal.id, "approval": each.id, "person": each.person, "rule": each.rule, "at": at}


def _key(row: sa.Row[Any]) -> Iterator[tuple[Any, sa.types.TypeEngine[Any]]]:
    yield row.at, waiting.c.at.type
    yield row.stream_id, waiting.c.stream_id.type
    yield row.approval, waiting.c.approval.type
