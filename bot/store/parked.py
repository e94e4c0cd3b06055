"""What waits for a person: rows that a provider refused, or of which nobody knows whether they happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.outbox import Outbox, Owed
from bot.store.tables import outbox

_PARKED = sa.and_(outbox.c.parked_at.is_not(None), outbox.c.done_at.is_(None))


@dataclass(frozen=True, slots=True)
class Parked:
    """`fence` says which parking is meant: a row may be parked again after it was tried again."""

    key: str
    stream_id: str
    lane: str
    kind: str
    problem: str
    at: datetime
    fence: int
    tries: int


class ParkedRows:
    def __init__(self, sql: sa.Connection, rows: Outbox) -> None:
        self._sql = sql
        self._rows = rows

    def every(self) -> list[Parked]:
        """The oldest first."""
        rows = sa.select(outbox).where(_PARKED).order_by(outbox.c.parked_at, outbox.c.position)
        return [self._parked(row) for row in self._sql.execute(rows).all()]

    def row(self, key: str) -> Owed | None:
        """Whatever has become of it."""
        found = self._sql.execute(sa.select(outbox).where(outbox.c.key == key)).first()
        return self._rows.owed_of(found) if found is not None else None

    def release(self, key: str, fence: int, fresh: bool) -> bool:
        """To be tried again. `fresh` forgets that it may have happened: a person said so. False: done already."""
        tried: dict[str, Any] = {"tries": 0, "begun_at": None} if fresh else {}
        change = {"parked_at": None, "due_at": None, "problem": None, "failures": 0, **tried}
        return self._change(key, fence, **change)

    def finish(self, key: str, fence: int, now: datetime, outcome: str) -> bool:
        """Never tried again. False: that is so already."""
        return self._change(key, fence, done_at=now, outcome=outcome)

    def _change(self, key: str, fence: int, **values: object) -> bool:
        mine = (outbox.c.key == key, outbox.c.fence == fence, _PARKED)
        return self._sql.execute(outbox.update().where(*mine).values(**values)).rowcount == 1

    def _parked(self, row: sa.Row[Any]) -> Parked:
        return Parked(
            key=row.key,
            stream_id=row.stream_id,
            lane=row.lane,
            kind=row.kind,
            problem=self._rows.problem_of(row),
            at=row.parked_at,
            fence=row.fence,
            tries=row.tries,
        )
