"""Who is in which user group. A guest, a stranger or a leaver has no rows, so no rights."""

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from bot.store.prepared import Prepared
from bot.store.reads.rows import RowsOf
from bot.store.tables import customers, members, people, tasks
from bot.streams.decision import Colleague, Given
from bot.streams.person.person import Person, Profile
from bot.streams.value import Value

_GROUPS = Prepared(sa.select(members.c.user_group).where(members.c.person == sa.bindparam("person")))
_PEOPLE, _MEMBERS = RowsOf(people, "person"), RowsOf(members, "person")
_NAMES = Prepared(sa.select(people.c.person, people.c.name))


class Standing(Value):
    """First and last days of absences, and what is lent to others."""

    away: tuple[tuple[date, date], ...] = ()
    gives: tuple[Given, ...] = ()


NOWHERE = Standing()


class People:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def groups(self, person: str) -> frozenset[str]:
        return frozenset(_GROUPS.scalars(self._sql, {"person": person}))

    def names(self) -> dict[str, str]:
        return {row.person: row.name for row in _NAMES.all(self._sql, {})}

    def team(self, manager: str) -> tuple[str, ...]:
        """Who reports to this person, by Salesforce."""
        mine = sa.select(people.c.person).where(people.c.manager == manager).order_by(people.c.person)
        return tuple(self._sql.scalars(mine))

    def manager(self, person: str) -> str:
        """To whom this person reports; empty when nobody is known."""
        return self._sql.scalar(sa.select(people.c.manager).where(people.c.person == person)) or ""

    def colleagues(self) -> tuple[Colleague, ...]:
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._sql.execute(sa.select(members)):
            groups[row.person].add(row.user_group)
        load, accounts = self._counts(tasks.c.person), self._counts(customers.c.csm)
        return tuple(
            Colleague(
                person=row.person,
                stream_id=row.stream_id,
                name=row.name,
                title=row.title,
                email=row.email,
                time_zone=row.time_zone,
                groups=frozenset(groups[row.person]),
                open_tasks=load.get(row.person, 0),
                accounts=accounts.get(row.person, 0),
                **_standing(row.standing),
            )
            for row in self._sql.execute(sa.select(people).order_by(people.c.person))
        )

    def project(self, person: Person) -> None:
        """Written in the transaction: a right that was taken away is gone at once."""
        if (profile := person.profile) is None:
            return
        groups = profile.groups if profile.active else ()
        _MEMBERS.put(self._sql, profile.user, ({"person": profile.user, "user_group": g} for g in sorted(groups)))
        _PEOPLE.put(self._sql, profile.user, [_row(person, profile)] if profile.active else [])

    def _counts(self, column: sa.Column[str]) -> dict[str, int]:
        count = sa.select(column, sa.func.count()).group_by(column)
        return {person: number for person, number in self._sql.execute(count)}


def _row(person: Person, profile: Profile) -> dict[str, object]:
    standing = Standing(away=person.wishes.absences, gives=person.lending.given)
    return {
        "person": profile.user,
        "stream_id": person.id,
        "name": profile.name,
        "title": profile.title,
        "email": profile.email.casefold(),
        "time_zone": profile.time_zone,
        "manager": profile.manager,
        "standing": standing.model_dump_json() if standing != NOWHERE else "",
    }


def _standing(body: str) -> dict[str, Any]:
    told = Standing.model_validate_json(body) if body else NOWHERE
    return {"away": told.away, "gives": told.gives}
