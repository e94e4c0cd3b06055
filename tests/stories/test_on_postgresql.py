"""A whole deal on PostgreSQL, and a decision that two streams make together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.slack.seed import PRIYA
from tests import engines
from tests.store.desk import opened
from tests.stories import test_channels as mail
from tests.stories.conftest import Changed
from tests.stories.test_delegation import agreed
from tests.world import World


@pytest.fixture
def postgresql(postgres_url: str) -> Iterator[str]:
    with engines.database(postgres_url) as url:
        opened(url).close()
        yield url


@pytest.fixture
def on_postgresql(tmp_path: Path, seal_dir: Path, postgresql: str) -> Iterator[World]:
    made = World(tmp_path / "town", seal_dir, postgresql)
    yield made
    made.close()


def test_a_whole_deal_is_walked_on_postgresql(on_postgresql: World) -> None:
    world = on_postgresql
    world.walk.play()
    assert world.record()["StageName"] == "Closed Won"
    assert "CLOSED WON" in world.card()
    assert "every chain is whole" in world.run("ledger", "verify")
    assert "postgresql" in world.run("store", "stats")


def test_a_request_is_decided_by_mail_on_postgresql_once(postgresql: str, company: Changed) -> None:
    world = company(postgresql, doors=[("EUR: 50000", "EUR: 300000")])
    mail.chooses(world, PRIYA, "mail")
    agreed(world)
    url = mail.link(world)
    code = mail.asks_code(world, url)
    for _ in range(2):
        assert mail.sends(world, f"{url}/decide", verb="approve", code=code).status_code == 200
    (row,) = mail.decisions(world)
    assert (row["outcome"], row["decided_by"], row["door"]) == ("granted", "Priya Raman", "mail")
