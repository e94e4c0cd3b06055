"""A database that was away is used again when it is back, and what was committed is still there."""

import pytest

from bot.questions.health import Health
from bot.store.errors import Away
from jobs.office import Election
from tests import engines
from tests.store.desk import NOW, desk, hint, mint, new_deal, opened


def test_the_pool_recovers(postgres_database: str) -> None:
    store, deal = opened(postgres_database), new_deal()
    dispatcher = desk(store)
    dispatcher.execute(hint(deal, "before"), mint())
    with engines.away(postgres_database), pytest.raises(Away, match="cannot be reached"):
        dispatcher.execute(hint(deal, "meanwhile"), mint())
    assert dispatcher.execute(hint(deal, "after"), mint()).reason is None
    with store.snapshot() as tx:
        assert [entry.seq for entry in tx.ledger.entries(deal)] == [1, 2]
    store.close()


def test_it_says_that_it_is_not_ready_and_is_ready_again(postgres_database: str) -> None:
    store = opened(postgres_database)
    health = Health(store, lambda: NOW, lambda: NOW, lambda: True)
    with engines.away(postgres_database):
        assert (health.readiness().ready, health.readiness().database) == (False, "away")
        assert not Election(store, lambda: NOW, "host:1")(), "nobody is elected meanwhile"
    assert health.readiness().ready
    store.close()
