"""Who changes a table writes a migration; on both engines this is tried by tests/store/test_migrations.py."""

from pathlib import Path

from bot.store import migrating, schema
from bot.store.engine import Engine
from tests.store.test_migrations import difference


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    engine = Engine(f"sqlite:///{tmp_path / 'new.db'}")
    migrating.migrate(engine)
    assert difference(engine) == ""
    engine.close()


def test_the_newest_migration_is_known_without_alembic() -> None:
    assert schema.wanted() == migrating.scripts().get_current_head()
