"""A whole deal on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import engines
from tests.store.desk import opened
from tests.world import World


@pytest.fixture
def on_postgresql(tmp_path: Path, seal_dir: Path, postgres_url: str) -> Iterator[World]:
    with engines.database(postgres_url) as url:
        opened(url).close()
        made = World(tmp_path / "town", seal_dir, url)
        yield made
        made.close()


def test_a_whole_deal_is_walked_on_postgresql(on_postgresql: World) -> None:
    world = on_postgresql
    world.walk.play()
    assert world.record()["StageName"] == "Closed Won"
    assert "CLOSED WON" in world.card()
    assert "every chain is whole" in world.run("ledger", "verify")
    assert "postgresql" in world.run("store", "stats")
