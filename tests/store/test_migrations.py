"""Migrations make exactly the tables of the code, on both engines, wholly or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from signal import SIGKILL

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata, produce_migrations, render_python_code
from alembic.migration import MigrationContext

from bot.store import migrating, schema
from bot.store.columns import meta
from bot.store.engine import Engine
from bot.store.errors import OtherSchema

ROOT = Path(__file__).parents[2]


def difference(engine: Engine) -> str:
    """Empty, or the steps that a new migration needs."""
    with engine.reading() as sql:
        context = MigrationContext.configure(sql, opts={"compare_type": True})
        if not compare_metadata(context, meta):
            return ""
        needed = produce_migrations(context, meta).upgrade_ops
        return f"add a file to bot/store/migrations/versions:\n{render_python_code(needed)}" if needed else ""


def test_migrations_make_the_tables_of_the_code(empty: Engine) -> None:
    assert migrating.migrate(empty)[1] == schema.wanted()
    assert difference(empty) == ""
    assert migrating.migrate(empty)[0] == schema.wanted()


KILLED = """
import os, signal, sys
import sqlalchemy as sa
from bot.store import migrating, schema
from bot.store.engine import Engine

left = [int(sys.argv[2])]

@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def die(_sql, _cursor, statement, *_rest):
    left[0] -= statement.lstrip().startswith(("CREATE", "INSERT"))
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)

migrating.migrate(Engine(sys.argv[1]))
"""


@pytest.fixture
def empty(database_url: str) -> Iterator[Engine]:
    """The module's database, without anything in it."""
    engine = Engine(database_url)
    with engine.writing() as sql:
        meta.drop_all(sql)
        sql.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))
    yield engine
    engine.close()


@pytest.mark.chaos
@pytest.mark.parametrize("step", [1, 2, 9, 29])
def test_a_migration_killed_in_the_middle_left_nothing(empty: Engine, database_url: str, step: int) -> None:
    line = [sys.executable, "-c", KILLED, database_url, str(step)]
    assert subprocess.run(line, cwd=ROOT, check=False, timeout=60).returncode == -SIGKILL
    with empty.reading() as sql:
        assert sa.inspect(sql).get_table_names() == []
    assert migrating.migrate(empty) == (None, schema.wanted())
    assert difference(empty) == ""


def test_only_the_embedded_database_is_migrated_by_who_opens_it(empty: Engine) -> None:
    if empty.embedded:
        schema.prepare(empty)
        assert difference(empty) == ""
    else:
        with pytest.raises(OtherSchema, match=r"is empty, and this release needs \w+: run `countersign store migrate`"):
            schema.prepare(empty)


def test_a_newer_database_is_not_touched(empty: Engine) -> None:
    migrating.migrate(empty)
    with empty.writing() as sql:
        sql.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    for refused in (schema.prepare, migrating.migrate):
        with pytest.raises(OtherSchema, match="has schema 9999, which this release does not know"):
            refused(empty)


def test_many_may_migrate_at_once(empty: Engine) -> None:
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(migrating.migrate, [empty] * 4))
    assert sorted(before or "" for before, _ in told) == ["", *[schema.wanted()] * 3]
