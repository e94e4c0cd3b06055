"""Who holds an office, until when, and when it was heard of last: of the clock there is one, of workers many."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.tables import elections

CLOCK = "clock"
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Office:
    """`ticked_at` and `until` are transport time."""

    office: str
    holder: str
    until: datetime
    ticked_at: datetime


class Offices:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def hold(self, office: str, holder: str, now: datetime, until: datetime) -> bool:
        """Taken or kept. False while somebody else holds it."""
        told = {"holder": holder, "until": until, "ticked_at": now}
        free = sa.or_(elections.c.holder == holder, elections.c.until <= now)
        if self._sql.execute(elections.update().where(elections.c.office == office, free).values(**told)).rowcount:
            return True
        if self._sql.execute(sa.select(elections.c.office).where(elections.c.office == office)).first():
            return False
        self._sql.execute(elections.insert().values(office=office, **told))
        return True

    def beat(self, role: str, holder: str, now: datetime, until: datetime) -> None:
        """Of which there may be many; those of whom nothing was heard for a day are forgotten."""
        self._sql.execute(elections.delete().where(elections.c.until < now - FORGOTTEN))
        self.hold(f"{role} {holder}", holder, now, until)

    def leave(self, office: str, holder: str) -> None:
        self._sql.execute(elections.delete().where(elections.c.office == office, elections.c.holder == holder))

    def every(self) -> list[Office]:
        rows = self._sql.execute(sa.select(elections).order_by(elections.c.office))
        return [Office(row.office, row.holder, row.until, row.ticked_at or row.until) for row in rows]
