"""What waits for a person: rows that a provider refused, or of which nobody knows whether they happened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.outbox import Outbox
from bot.store.tables import outbox
from bot.streams.decision import Release

_PARKED = sa.and_(outbox.c.parked_at.is_not(None), outbox.c.done_at.is_(None))

_AGAIN: dict[str, Any] = {"parked_at": None, "due_at": None, "begun_at": None, "problem": None, "failures": 0}
OUTCOMES = {"skip": "skipped", "compensate": "compensated"}


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

    def of(self, key: str) -> Parked | None:
        found = self._sql.execute(sa.select(outbox).where(outbox.c.key == key, _PARKED)).first()
        return self._parked(found) if found is not None else None

    def waits(self, release: Release) -> bool:
        """False when it was decided already; else nobody else decides it before the transaction is over."""
        row = sa.select(outbox.c.key).where(*_mine(release)).with_for_update()
        return self._sql.execute(row).first() is not None

    def decide(self, release: Release, now: datetime) -> None:
        """Tried again as if it had never begun, because a person says so; or never again."""
        change = _AGAIN if release.choice == "retry" else {"done_at": now, "outcome": OUTCOMES[release.choice]}
        self._sql.execute(outbox.update().where(*_mine(release)).values(**change))

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


def _mine(release: Release) -> tuple[sa.ColumnElement[bool], ...]:
    return (outbox.c.key == release.key, outbox.c.fence == release.fence, _PARKED)
