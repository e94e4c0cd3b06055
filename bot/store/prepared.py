"""A statement that is put together once: SQLAlchemy writes it for the engine, and the driver carries it out.

SQLAlchemy's own way to carry one out takes ten times as long as SQLite does to answer it.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

Told = Mapping[str, object]
Change = Callable[[Any], Any]
_INSERT: Mapping[str, Callable[[sa.Table], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


@dataclass(frozen=True, slots=True)
class Plan:
    """`binds` turn values for the driver, `results` turn the columns that need it, and `row` names them."""

    text: str
    fixed: Mapping[str, object]
    binds: tuple[tuple[str, Change | None], ...]
    positional: bool
    results: tuple[tuple[int, Change], ...]
    row: Callable[[Any], Any]


class Prepared:
    """For one statement, of which all parameters are named: `sa.bindparam`, or columns to write."""

    def __init__(self, statement: sa.Executable) -> None:
        self._statement: Any = statement.inline() if isinstance(statement, sa.Insert) else statement
        self._plans: dict[tuple[str, ...], Plan] = {}

    def first(self, sql: sa.Connection, told: Told) -> Any | None:
        """A row with its columns as attributes."""
        plan = self._plan(sql, told)
        found = _run(sql, plan, told).fetchone()
        return _read(plan, found) if found is not None else None

    def all(self, sql: sa.Connection, told: Told) -> list[Any]:
        plan = self._plan(sql, told)
        return [_read(plan, found) for found in _run(sql, plan, told).fetchall()]

    def scalar(self, sql: sa.Connection, told: Told) -> Any | None:
        row = self.first(sql, told)
        return row[0] if row is not None else None

    def scalars(self, sql: sa.Connection, told: Told) -> list[Any]:
        return [row[0] for row in self.all(sql, told)]

    def change(self, sql: sa.Connection, told: Told) -> int:
        """How many rows it wrote, changed or took away."""
        return int(_run(sql, self._plan(sql, told), told).rowcount)

    def _plan(self, sql: sa.Connection, told: Told) -> Plan:
        key = (sql.dialect.name, *told)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._made(sql.dialect, told)
        return plan

    def _for(self, _dialect: sa.Dialect) -> Any:
        return self._statement

    def _made(self, dialect: sa.Dialect, told: Told) -> Plan:
        statement = self._for(dialect)
        made = statement.compile(dialect=dialect, column_keys=list(told))
        defaults = {column.key: column.default.arg for column in getattr(made, "insert_prefetch", ())}
        fixed = {name: bind.effective_value for name, bind in made.binds.items() if not bind.required} | defaults
        names = made.positiontup if made.positional else made.binds
        columns = list(getattr(statement, "selected_columns", ()))
        turned = ((at, _result(column.type, dialect)) for at, column in enumerate(columns))
        return Plan(
            text=made.string,
            fixed=fixed,
            binds=tuple((name, _bind(made.binds[name].type, dialect)) for name in names),
            positional=made.positional,
            results=tuple((at, turn) for at, turn in turned if turn is not None),
            row=_row([column.key for column in columns]),
        )


class Once(Prepared):
    """For an insert, unless a row with that primary key stands: then nothing is changed, and `change` says 0."""

    def _for(self, dialect: sa.Dialect) -> Any:
        return _INSERT[dialect.name](self._statement.table).on_conflict_do_nothing().inline()


def _row(names: list[str]) -> Change:
    made: Any = namedtuple("Row", names)  # type: ignore[misc]
    turn: Change = made._make
    return turn


def _run(sql: sa.Connection, plan: Plan, told: Told) -> Any:
    """The driver's cursor. Errors are SQLAlchemy's."""
    every = {**plan.fixed, **told} if plan.fixed else told
    values = [every[name] if turn is None else turn(every[name]) for name, turn in plan.binds]
    driver: Any = sql.connection.driver_connection
    given: Any = values if plan.positional else dict(zip(map(itemgetter(0), plan.binds), values, strict=True))
    try:
        return driver.execute(plan.text, given)
    except sql.dialect.loaded_dbapi.Error as problem:
        raise _told(sql, plan, problem) from problem


def _told(sql: sa.Connection, plan: Plan, problem: Any) -> Any:
    gone = sql.dialect.is_disconnect(problem, sql.connection.dbapi_connection, None)
    if gone:
        sql.invalidate(problem)
    base = sql.dialect.loaded_dbapi.Error
    return sa.exc.DBAPIError.instance(plan.text, None, problem, base, connection_invalidated=gone, dialect=sql.dialect)


def _read(plan: Plan, found: Any) -> Any:
    if plan.results:
        found = list(found)
        for at, turn in plan.results:
            found[at] = turn(found[at])
    return plan.row(found)


def _bind(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Change | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _result(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Change | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
