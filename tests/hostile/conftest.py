"""One company for each file of attacks: a deal that waits on its approvals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.knock import Knock
from tests.world import World


@pytest.fixture(scope="module")
def knock(tmp_path_factory: pytest.TempPathFactory, seal_dir: Path) -> Iterator[Knock]:
    """Knocks at the doors of a company in which a package waits on its approvals."""
    world = World(tmp_path_factory.mktemp("hostile"), seal_dir)
    world.walk.negotiate()
    world.walk.promise()
    world.walk.agree()
    world.settle()
    yield Knock(world)
    world.close()
