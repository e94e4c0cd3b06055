"""Reads are made anew from the facts, in the middle of everything and from where they were stopped."""

from collections.abc import Callable
from itertools import islice

import sqlalchemy as sa

from bot.dispatch import Dispatcher
from bot.store import rebuilding
from bot.store.statistics import statistics
from bot.store.tables import switches
from bot.store.transaction import Store, Transaction
from bot.streams.company.company import Pause
from bot.streams.ids import COMPANY
from tests.store.desk import CODE, NOW, hint, mint, new_deal


def rebuilt(store: Store, attempt: Callable[[Callable[[Transaction], None]], None]) -> list[str]:
    return list(rebuilding.steps(store, CODE, attempt))


def test_a_lost_read_comes_back(store: Store, dispatcher: Dispatcher) -> None:
    pause = Pause(stream_id=COMPANY, actor="operator", system="mail", reason="wrong template")
    assert dispatcher.execute(pause, mint()).reason is None
    with store.engine.writing() as sql:
        sql.execute(switches.delete())
    rebuilding.begin(store)
    rebuilt(store, dispatcher.attempt)
    with store.snapshot() as tx:
        assert [(stop.system, stop.reason) for stop in tx.switches.stops()] == [("mail", "wrong template")]
        assert tx.marks.due() == []


def test_a_stopped_rebuild_goes_on(store: Store, dispatcher: Dispatcher) -> None:
    deals = [new_deal() for _ in range(5)]
    for deal in deals:
        dispatcher.execute(hint(deal, mint()), mint())
    assert rebuilding.begin(store) >= 5
    first = list(islice(rebuilding.steps(store, CODE, dispatcher.attempt), 2))
    second = rebuilt(store, dispatcher.attempt)
    assert not set(first[:1]) & set(second)
    assert set(deals) <= {*first, *second}
    assert rebuilding.left(store) == 0


def test_an_erased_stream_stops_no_rebuild(store: Store, dispatcher: Dispatcher) -> None:
    deal = new_deal()
    dispatcher.execute(hint(deal, mint()), mint())
    dispatcher.attempt(lambda tx: tx.erase(deal, NOW))
    rebuilding.begin(store)
    assert deal not in rebuilt(store, dispatcher.attempt)
    assert rebuilding.left(store) == 0


def test_statistics_count_what_there_is(store: Store, dispatcher: Dispatcher) -> None:
    before = statistics(store.engine, NOW)
    dispatcher.execute(hint(new_deal(), mint()), mint())
    after = statistics(store.engine, NOW)
    assert (after.streams, after.facts) == (before.streams + 1, before.facts + 1)
    assert (after.owed, after.dirty) == (before.owed + 2, before.dirty + 1)
    assert after.engine == store.engine.name
    assert after.size > 0
    with store.engine.reading() as sql:
        assert after.revision == sql.scalar(sa.text("SELECT version_num FROM alembic_version"))
