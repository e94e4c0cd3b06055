"""The requests that wait on a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.store.data_keys import DataKeys
from bot.store.reads.hidden import Hidden
from bot.store.tables import data_keys, tasks
from bot.streams.person.person import Person


@dataclass(frozen=True, slots=True)
class OpenTask:
    stream_id: str
    task_id: str
    person: str
    deal: str
    kind: str
    about: str
    seen: str
    title: str
    at: datetime
    by_when: datetime | None


class Tasks:
    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql, self._hidden = sql, Hidden(keys, tasks)

    def of(self, person: str) -> list[OpenTask]:
        return self._read(sa.select(tasks).where(tasks.c.person == person).order_by(tasks.c.at, tasks.c.task_id))

    def overdue(self, now: datetime) -> list[OpenTask]:
        return self._rows(tasks.c.by_when < now)

    def due_between(self, start: datetime, end: datetime) -> list[OpenTask]:
        return self._rows(sa.and_(tasks.c.by_when >= start, tasks.c.by_when < end))

    def project(self, person: Person) -> None:
        self._sql.execute(tasks.delete().where(tasks.c.stream_id == person.id))
        if person.profile is None:
            return
        gone = self._erased({item.task.deal for item in person.open})
        for item in person.open:
            if item.task.deal in gone:
                continue
            asked = item.task.model_dump(include={"deal", "kind", "about", "seen", "by_when"})
            place = {"stream_id": person.id, "task_id": item.task.id, "person": person.profile.user}
            body = self._hidden.hide(person.id, item.task.id, item.task.title)
            self._sql.execute(tasks.insert().values(**asked, **place, body=body, at=item.at))

    def decisions(self) -> list[OpenTask]:
        """Every approval that somebody has still to decide."""
        return self._rows(tasks.c.kind == "approval")

    def _erased(self, deals: set[str]) -> frozenset[str]:
        """What a person was told of a deal that is erased does not come back into the open."""
        mine = sa.select(data_keys.c.stream_id).where(data_keys.c.stream_id.in_(sorted(deals)))
        return frozenset(self._sql.scalars(mine.where(data_keys.c.erased_at.is_not(None)))) if deals else frozenset()

    def _rows(self, which: sa.ColumnElement[bool]) -> list[OpenTask]:
        return self._read(sa.select(tasks).where(which).order_by(tasks.c.by_when, tasks.c.task_id))

    def _read(self, which: sa.Select[Any]) -> list[OpenTask]:
        return [self._task(dict(row._mapping)) for row in self._hidden.opening(self._sql.execute(which))]

    def _task(self, row: dict[str, Any]) -> OpenTask:
        title = self._hidden.show(row["stream_id"], row["task_id"], row.pop("body"))
        return OpenTask(**row, title=title)
