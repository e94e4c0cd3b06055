"""The whole company, played once for all story tests. Who needs no company does not load one."""

import gc
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from bot.loaded import keep_loaded
from tests import engines

if TYPE_CHECKING:
    from tests.played import Played
    from tests.world import World

pytest_plugins = ["tests.stories_report"]

# A law either holds or it does not; how long one example takes on a busy machine is no part of it.
settings.register_profile("laws", deadline=None)
settings.load_profile("laws")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgres-url", help="a PostgreSQL server on which the tests may make and drop databases")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """The tests and all that they import stand to the end: a million objects, which the garbage collector would walk
    again and again, while every server of a company in this process stands still for a second or two."""
    gc.disable()
    try:
        return (yield)
    finally:
        keep_loaded()
        gc.enable()


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[engines.Server]:
    """A server of our own, which a test may stop and start again."""
    with engines.postgres(engines.session_of(request.config)) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """Of a server on which databases may be made."""
    if (given := request.config.getoption("--postgres-url")) is not None:
        return str(given)
    server: engines.Server = request.getfixturevalue("postgres")
    return server.url


@pytest.fixture(scope="module")
def postgres_database(postgres_url: str) -> Iterator[str]:
    with engines.database(postgres_url) as url:
        yield url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of an empty database for the module: every test that uses it runs on both engines."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('database') / 'countersign.db'}"
    url: str = request.getfixturevalue("postgres_database")
    return url


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Played"]:
    """From the customer's yes to the win post, with some who try what they may not."""
    from tests.played import play

    made = play(tmp_path_factory.mktemp("town"))
    yield made
    made.town.close()


@pytest.fixture(scope="session")
def seal_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate takes a while to make, and is the same for every story."""
    return tmp_path_factory.mktemp("seal")


@pytest.fixture
def world(tmp_path: Path, seal_dir: Path, request: pytest.FixtureRequest) -> Iterator["World"]:
    """A company of its own for one story."""
    from tests.world import World

    made = World(tmp_path / "town", seal_dir)
    yield made
    made.close()
    if not request.session.testsfailed:
        made.told()
