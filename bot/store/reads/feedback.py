"""What each person was asked about approvals, and what she said: numbers and keys; words encrypted as her own."""

from datetime import datetime

import sqlalchemy as sa

from bot.figures.feedback import Heard
from bot.store.approval_tables import feedback
from bot.store.data_keys import DataKeys
from bot.store.reads.hidden import Hidden
from bot.store.reads.rows import RowsOf
from bot.streams.person.person import Person

MOST = 20_000
_ROWS = RowsOf(feedback)


class FeedbackOf:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql, self._hidden = sql, Hidden(keys, feedback)

    def since(self, start: datetime) -> list[Heard]:
        """Oldest first; a person is her stream's id, which says no name."""
        wanted = sa.select(feedback).where(feedback.c.at >= start)
        wanted = wanted.order_by(feedback.c.at, feedback.c.stream_id, feedback.c.no).limit(MOST)
        return [self._heard(row) for row in self._hidden.opening(self._sql.execute(wanted))]

    def project(self, person: Person) -> None:
        if not person.feedback.asked:
            return
        rows = [
            {"stream_id": person.id, "no": each.no, "at": each.at, "score": each.score, "friction": each.friction}
            | each.about.model_dump(include={"rule", "role", "side"})
            | {"body": self._hidden.hide(person.id, str(each.no), each.words) if each.words else None}
            for each in person.feedback.asked
        ]
        _ROWS.put(self._sql, person.id, rows)

    def _heard(self, row: sa.Row[tuple[object, ...]]) -> Heard:
        words = self._hidden.show(row.stream_id, str(row.no), row.body) if row.body else ""
        return Heard(row.stream_id, row.rule, row.role, row.side, row.at, row.score, row.friction, words)
