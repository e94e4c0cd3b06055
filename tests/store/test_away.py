"""A database that was away is used again when it is back, and what was committed is still there."""

import pytest

from bot.store.errors import Away
from tests import engines
from tests.store.desk import desk, hint, mint, new_deal, opened


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
