"""What is stopped at this moment, and what an administrator said on the autonomy of steps."""

import sqlalchemy as sa

from bot.playbook.permissions import Step
from bot.store.tables import autonomy, switches
from bot.streams.company.company import Company
from bot.streams.decision import Stop, Switch


class Switches:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def stops(self) -> tuple[Stop, ...]:
        rows = self._sql.execute(sa.select(switches).order_by(switches.c.system))
        return tuple(Stop(row.system, row.by, row.at, row.reason) for row in rows)

    def autonomy(self) -> tuple[Switch, ...]:
        rows = self._sql.execute(sa.select(autonomy).order_by(autonomy.c.step))
        return tuple(Switch(Step(row.step), row.level, row.by, row.at) for row in rows)

    def project(self, company: Company) -> None:
        self._sql.execute(switches.delete())
        for stop in company.stops:
            row = {"system": stop.system, "by": stop.by, "at": stop.at, "reason": stop.reason}
            self._sql.execute(switches.insert().values(row))
        self._sql.execute(autonomy.delete())
        for said in company.autonomy:
            held = {"step": said.step, "level": said.level, "by": said.by, "at": said.at}
            self._sql.execute(autonomy.insert().values(held))
