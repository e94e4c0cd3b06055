"""What each reminder told whom, and after how long she decided: what moves whom."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.approval_tables import reminders
from bot.store.reads.rows import RowsOf
from bot.streams.deal.deal import Deal
from bot.streams.deal.reminders import outcomes
from bot.streams.decision import Reminded

MOST_REMEMBERED = 2_000  # what moves people changes
_ROWS = RowsOf(reminders)


class RemindersOf:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def told(self) -> tuple[Reminded, ...]:
        """By person and what was told, of the newest."""
        found = defaultdict[tuple[str, str], list[int | None]](list)
        for row in self.newest():
            found[row.person, row.tells].append(row.minutes)
        return tuple(_told(*about, minutes) for about, minutes in sorted(found.items()))

    def newest(self, since: datetime | None = None) -> list[Any]:
        wanted = sa.select(reminders).order_by(reminders.c.at.desc(), reminders.c.stream_id, reminders.c.no)
        if since is not None:
            wanted = wanted.where(reminders.c.at >= since)
        return list(self._sql.execute(wanted.limit(MOST_REMEMBERED)))

    def project(self, deal: Deal) -> None:
        decided = [(over.approval.id, over.by, over.at) for over in deal.approvals.decided]
        rows = [
            {"stream_id": deal.id, "no": no, "minutes": minutes}
            | {"person": each.person, "tone": each.tone, "tells": each.tells, "at": each.at}
            for no, (each, minutes) in enumerate(outcomes(deal.reminders.sent, decided), 1)
        ]
        _ROWS.put(self._sql, deal.id, rows)


def _told(person: str, tells: str, minutes: list[int | None]) -> Reminded:
    return Reminded(person, tells, len(minutes), tuple(sorted(each for each in minutes if each is not None)))
