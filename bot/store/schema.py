"""Which tables the database has, and how it comes to those of this release."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.store.engine import Engine
from bot.store.errors import OtherSchema

FOLDER = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 6_020_411  # the number of PostgreSQL's lock for migrations; any that nobody else takes


@cache
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def wanted() -> str:
    """The schema of this release."""
    newest = scripts().get_current_head()
    if newest is None:
        raise OtherSchema("this release has lost its migrations: install it again")
    return newest


def revision(sql: sa.Connection) -> str | None:
    """None for a database without tables of ours."""
    return MigrationContext.configure(sql).get_current_revision()


def migrate(engine: Engine) -> tuple[str | None, str]:
    """From which to which. All of it or, killed anywhere, nothing: both engines change tables in a transaction."""
    with engine.writing() as sql:
        if sql.dialect.name == "postgresql":
            sql.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        before = revision(sql)
        if before != wanted():
            _known(before)
            _upgrade(sql)
    return before, wanted()


def prepare(engine: Engine) -> None:
    """The embedded database is migrated by whoever comes first; any other by `countersign store migrate` alone."""
    with engine.reading() as sql:
        found = revision(sql)
    if found == wanted():
        return
    if engine.embedded:
        migrate(engine)
        return
    _known(found)
    have = f"has schema {found}" if found else "is empty"
    raise OtherSchema(f"The database {have}, and this release needs {wanted()}: run `countersign store migrate` first.")


def _known(found: str | None) -> None:
    try:
        if found is not None:
            scripts().get_revision(found)
    except CommandError:
        raise OtherSchema(
            f"The database has schema {found}, which this release does not know (it knows up to {wanted()}): "
            "run the newer release that made it, or restore a backup into an empty database."
        ) from None


def _upgrade(sql: sa.Connection) -> None:
    steps = scripts()._upgrade_revs
    context = MigrationContext.configure(
        sql, opts={"fn": lambda found, _: steps(wanted(), found), "transactional_ddl": True}
    )
    with Operations.context(context):
        context.run_migrations()
