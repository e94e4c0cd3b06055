"""The whole store as lines of JSON, which either engine gives and takes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import sqlalchemy as sa

from bot.store import schema
from bot.store.columns import meta
from bot.store.data_keys import DataKeys
from bot.store.errors import Damaged
from bot.store.keyring import Keyring
from bot.store.transaction import Transaction
from bot.store.verification import Report, verify

AT_ONCE = 500
TABLES = tuple(sorted(meta.tables))


class NotEmpty(Exception):
    """There is something in the store already."""


class OfAnotherSchema(Exception):
    """The copy was made by a release with other tables."""


def rows(sql: sa.Connection, name: str) -> Iterator[bytes]:
    """Each row as one line, as it lies in the table: what is encrypted stays so."""
    table = meta.tables[name]
    order: list[sa.ColumnClause[Any]] = [sa.column(key.name) for key in table.primary_key]
    found = sa.select(*_columns(table)).select_from(sa.table(name)).order_by(*order)
    for row in sql.execute(found, execution_options={"yield_per": AT_ONCE}):
        yield json.dumps(dict(row._mapping), separators=(",", ":")).encode() + b"\n"


def fill(sql: sa.Connection, keyring: Keyring, tables: Mapping[str, Iterable[bytes]], force: bool) -> Report:
    """Every row, then the proof that the record is whole. Raises NotEmpty, Damaged or WrongKey; then nothing stays."""
    if any(_holds_something(sql, name) for name in TABLES):
        if not force:
            raise NotEmpty
        for name in TABLES:
            sql.execute(meta.tables[name].delete())
    for name, lines in tables.items():
        _fill_one(sql, meta.tables[name], iter(lines))
    if sql.dialect.name == "postgresql":
        _count_on(sql)
    DataKeys(sql, keyring).check()
    report = verify(Transaction(sql, keyring, reading=True))
    if report.problems:
        raise Damaged(report.problems[0].stream_id, str(report.problems[0]))
    return report


def same_schema(found: str) -> None:
    if found != schema.wanted():
        raise OfAnotherSchema(
            f"The copy has schema {found} and this release {schema.wanted()}: restore it with the release that made "
            "it, then run `countersign store migrate` with this one."
        )


def _columns(table: sa.Table) -> list[sa.ColumnClause[Any]]:
    return [sa.column(column.name) for column in table.columns]


def _holds_something(sql: sa.Connection, name: str) -> bool:
    return sql.execute(sa.select(sa.literal(1)).select_from(sa.table(name)).limit(1)).first() is not None


def _fill_one(sql: sa.Connection, table: sa.Table, lines: Iterator[bytes]) -> None:
    flags = [column.name for column in table.columns if isinstance(column.type, sa.Boolean)]
    into = sa.table(table.name, *_columns(table)).insert()
    while chunk := [json.loads(line) for line in islice(lines, AT_ONCE)]:
        for row in chunk:
            row.update({flag: bool(row[flag]) for flag in flags})
        sql.execute(into, chunk)


def _count_on(sql: sa.Connection) -> None:
    """The next row that is owed comes after all that were copied."""
    last = sql.scalar(sa.text("SELECT max(position) FROM outbox"))
    if last is not None:
        sql.execute(sa.text("SELECT setval(pg_get_serial_sequence('outbox', 'position'), :last)"), {"last": last})
