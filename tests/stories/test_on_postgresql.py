"""A whole deal on PostgreSQL; and what people outside see while the database is away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.store.errors import Away
from bot.streams.ids import COMPANY
from sandbox.walk import MAYA
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


def test_while_the_database_is_away_the_doors_say_so_and_nothing_is_lost(on_postgresql: World) -> None:
    world = on_postgresql
    world.walk.negotiate()
    with engines.away(world.database_url):
        well = requests.get(f"{world.town.url}/healthz", timeout=5)
        assert (well.status_code, well.headers["retry-after"]) == (503, "5")
        assert "the database cannot be reached" in well.text
        typed = world.town.people.command(MAYA, world.walk.channel().id, "/deal", "status")
        assert typed.status == 503
        with pytest.raises(Away):
            world.relay.poke(COMPANY)
        with pytest.raises(Away):
            world.due()
    assert requests.get(f"{world.town.url}/healthz", timeout=5).ok
    assert world.person(MAYA).types("/deal status").startswith("BRIGHTWATER FREIGHT")
    assert "every chain is whole" in world.run("ledger", "verify")
