"""By which door each request for an approval was told, and what came of it."""

from typing import Any

import sqlalchemy as sa

from bot.store.approval_tables import doors
from bot.store.reads.rows import RowsOf
from bot.streams.person.person import Person

MOST_REMEMBERED = 10_000  # how people answer changes
_ROWS = RowsOf(doors)


class DoorsOf:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def newest(self) -> list[Any]:
        wanted = sa.select(doors).order_by(doors.c.at.desc(), doors.c.stream_id, doors.c.no)
        return list(self._sql.execute(wanted.limit(MOST_REMEMBERED)))

    def project(self, person: Person) -> None:
        user = person.profile.user if person.profile else ""
        rows = [
            {"stream_id": person.id, "no": each.no, "person": user, "door": each.door, "chose": each.chose}
            | {"how": each.how, "at": each.at, "minutes": each.minutes}
            for each in person.doors.sent
        ]
        _ROWS.put(self._sql, person.id, rows)
