"""What the company's calendar takes of whose time: mail addresses and moments, no titles."""

from dataclasses import asdict

import sqlalchemy as sa

from bot.store.approval_tables import busy
from bot.streams.busy import Busy
from bot.streams.company.company import Company


class BusyOf:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def coming(self) -> tuple[Busy, ...]:
        """As the calendar was last read, in order."""
        rows = self._sql.execute(sa.select(busy).order_by(busy.c.no))
        return tuple(Busy(row.starts_at, row.ends_at, row.people, row.travel) for row in rows)

    def project(self, company: Company) -> None:
        self._sql.execute(busy.delete())
        rows = [{"no": no, **asdict(each)} for no, each in enumerate(company.busy, 1)]
        if rows:
            self._sql.execute(busy.insert(), rows)
