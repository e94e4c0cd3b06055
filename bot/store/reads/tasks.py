"""The requests that wait on a person."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
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
        """Only what differs is written: somebody may have hundreds, and every command to her comes by here."""
        mine = tasks.c.stream_id == person.id
        kept = {task.task_id: task for task in self._read(sa.select(tasks).where(mine))}
        open_now = list(_open(person))
        gone = self._erased({task.deal for task in open_now})
        wanted = {task.task_id: task for task in open_now if task.deal not in gone}
        if over := [id for id, task in kept.items() if wanted.get(id) != task]:
            self._sql.execute(tasks.delete().where(mine, tasks.c.task_id.in_(over)))
        if rows := [self._row(task) for id, task in wanted.items() if kept.get(id) != task]:
            self._sql.execute(tasks.insert(), rows)

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

    def _row(self, task: OpenTask) -> dict[str, Any]:
        row = asdict(task)
        return row | {"body": self._hidden.hide(task.stream_id, task.task_id, row.pop("title"))}

    def _task(self, row: dict[str, Any]) -> OpenTask:
        title = self._hidden.show(row["stream_id"], row["task_id"], row.pop("body"))
        return OpenTask(**row, title=title)


def _open(person: Person) -> Iterator[OpenTask]:
    if person.profile is None:
        return
    for item in person.open:
        asked = item.task.model_dump(include={"deal", "kind", "about", "seen", "title", "by_when"})
        yield OpenTask(**asked, stream_id=person.id, task_id=item.task.id, person=person.profile.user, at=item.at)
