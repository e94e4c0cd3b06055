"""What is stopped at this moment."""

import sqlalchemy as sa

from bot.store.tables import switches
from bot.streams.company.company import Company
from bot.streams.decision import Stop


class Switches:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def stops(self) -> tuple[Stop, ...]:
        rows = self._sql.execute(sa.select(switches).order_by(switches.c.system))
        return tuple(Stop(row.system, row.by, row.at, row.reason) for row in rows)

    def project(self, company: Company) -> None:
        self._sql.execute(switches.delete())
        for stop in company.stops:
            row = {"system": stop.system, "by": stop.by, "at": stop.at, "reason": stop.reason}
            self._sql.execute(switches.insert().values(row))
