"""The whole company, played once for all story tests."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.world import Played, play

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
