"""Migrations make exactly the tables of the code, on both engines, wholly or not at all."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext

from bot.store import schema
from bot.store.engine import Engine
from bot.store.errors import OtherSchema
from bot.store.tables import meta


def difference(engine: Engine) -> str:
    """Empty, or the steps that a new migration needs."""
    with engine.reading() as sql:
        context = MigrationContext.configure(sql, opts={"compare_type": True})
        if not compare_metadata(context, meta):
            return ""
        needed = produce_migrations(context, meta).upgrade_ops
        return f"add a file to bot/store/migrations/versions:\n{render_python_code(needed)}" if needed else ""


def test_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    engine = Engine(database_url)
    assert schema.migrate(engine)[1] == schema.wanted()
    assert difference(engine) == ""
    assert schema.migrate(engine)[0] == schema.wanted()
    engine.close()
