"""One store a module, on each engine."""

from collections.abc import Iterator

import pytest

from bot.dispatch import Dispatcher
from bot.store.transaction import Store
from tests import engines
from tests.store.desk import desk, opened


@pytest.fixture(scope="module")
def store(database_url: str) -> Iterator[Store]:
    made = opened(database_url)
    yield made
    made.close()


@pytest.fixture(scope="module")
def dispatcher(store: Store) -> Dispatcher:
    return desk(store)


@pytest.fixture
def another_postgres_database(postgres_url: str) -> Iterator[str]:
    with engines.database(postgres_url) as url:
        yield url
