"""What is committed is on the disk, unless it was said that it need not be."""

import pytest

from bot.store.transaction import Store

ASK = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}
WAITS = {"sqlite": 2, "postgresql": "on"}
GOES_ON = {"sqlite": 1, "postgresql": "off"}


def told(store: Store, lasting: bool) -> object:
    with store.engine.writing(lasting) as sql:
        return sql.exec_driver_sql(ASK[store.engine.name]).scalar()


@pytest.fixture
def durable(store: Store) -> Store:
    """The tests' own PostgreSQL does not wait by itself: as a server is that was not told so."""
    if not store.engine.embedded:
        with store.engine.writing() as sql:
            name = sql.exec_driver_sql("SELECT current_database()").scalar()
            sql.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = on")
        store.close()
    return store


def test_only_what_may_be_lost_with_the_power_waits_for_no_disk(durable: Store) -> None:
    name = durable.engine.name
    assert [told(durable, lasting) for lasting in (True, False, True)] == [WAITS[name], GOES_ON[name], WAITS[name]]
