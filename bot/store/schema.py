"""Which tables the database has, and which this release wants."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa

from bot.store.engine import Engine
from bot.store.errors import OtherSchema

VERSIONS = Path(__file__).parent / "migrations" / "versions"
STANDS_AT = sa.table("alembic_version", sa.column("version_num"))


@cache
def wanted() -> str:
    """The schema of this release: the number of its newest migration. Without Alembic, which takes a third of a
    second to load: it is only needed to migrate."""
    numbers = [path.name[1:5] for path in VERSIONS.glob("v[0-9]*.py")]
    if not numbers:
        raise OtherSchema("this release has lost its migrations: install it again")
    return max(numbers)


def revision(sql: sa.Connection) -> str | None:
    """None for a database without tables of ours."""
    if not sa.inspect(sql).has_table(STANDS_AT.name):
        return None
    found: str | None = sql.scalar(sa.select(STANDS_AT.c.version_num))
    return found


def prepare(engine: Engine) -> None:
    """The embedded database is migrated by whoever comes first; any other by `countersign store migrate` alone."""
    with engine.reading() as sql:
        found = revision(sql)
    if found == wanted():
        return
    from bot.store import migrating

    if engine.embedded:
        migrating.migrate(engine)
        return
    migrating.known(found)
    have = f"has schema {found}" if found else "is empty"
    raise OtherSchema(f"The database {have}, and this release needs {wanted()}: run `countersign store migrate` first.")
