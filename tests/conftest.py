"""The whole company, played once for all story tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.played import Played, play
from tests.world import World

pytest_plugins = ["tests.stories_report"]

# A law either holds or it does not; how long one example takes on a busy machine is no part of it.
settings.register_profile("laws", deadline=None)
settings.load_profile("laws")


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """From the customer's yes to the win post, with some who try what they may not."""
    made = play(tmp_path_factory.mktemp("town"))
    yield made
    made.town.close()


@pytest.fixture(scope="session")
def seal_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate takes a while to make, and is the same for every story."""
    return tmp_path_factory.mktemp("seal")


@pytest.fixture
def world(tmp_path: Path, seal_dir: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A company of its own for one story."""
    made = World(tmp_path / "town", seal_dir)
    yield made
    made.close()
    if not request.session.testsfailed:
        made.told()
