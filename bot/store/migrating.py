"""Brings the tables of a database to those of this release."""

from functools import cache

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from bot.store.engine import Engine
from bot.store.errors import OtherSchema
from bot.store.schema import VERSIONS, revision, wanted

ONE_AT_A_TIME = 6_020_411  # the number of PostgreSQL's lock for migrations; any that nobody else takes


@cache
def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(VERSIONS.parent))


def migrate(engine: Engine) -> tuple[str | None, str]:
    """From which to which. All of it or, killed anywhere, nothing: both engines change tables in a transaction."""
    with engine.writing() as sql:
        if sql.dialect.name == "postgresql":
            sql.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        before = revision(sql)
        if before != wanted():
            known(before)
            _upgrade(sql)
    return before, wanted()


def known(found: str | None) -> None:
    """Raises OtherSchema for one of a later release."""
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
