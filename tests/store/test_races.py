"""Many at once on one store: each writes whole or not at all, and nobody's work is lost or done twice."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest

from bot.dispatch import Dispatcher
from bot.store import verification
from bot.store.errors import Erased, LostRace
from bot.store.links import Links
from bot.store.outbox import Owed
from bot.store.transaction import Store, Transaction
from bot.streams.decision import Deadline, Link
from bot.streams.effects import Lane
from tests.store.desk import CODE, NOW, address, hint, mint, new_deal

T = TypeVar("T")
MANY = 8
LATER = NOW + timedelta(minutes=1)


def at_once(works: Sequence[Callable[[], T]]) -> list[T]:
    """All begin at the same moment."""
    ready = Barrier(len(works))

    def begin(work: Callable[[], T]) -> T:
        ready.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result() for each in [pool.submit(begin, work) for work in works]]


def causes(store: Store, deal: str) -> list[int]:
    with store.snapshot() as tx:
        return [entry.seq for entry in tx.ledger.entries(deal)]


def test_one_stream_takes_all_of_many_writers(store: Store, dispatcher: Dispatcher) -> None:
    deal, word = new_deal(), mint()
    told = at_once([partial(dispatcher.execute, hint(deal, f"{word}{n}"), f"{word}:{n}") for n in range(MANY)])
    assert {outcome.reason for outcome in told} == {None}
    assert causes(store, deal) == list(range(1, MANY + 1))
    with store.snapshot() as tx:
        assert verification.verify(tx).problems == ()
        waiting = tx.outbox.waiting(deal)
    # in the order of the facts that owe them; of the card's refreshes only the last
    assert [key.split(":")[2] for key in waiting if "opportunity.read" in key] == [str(n + 1) for n in range(MANY)]
    assert [key for key in waiting if "card.refresh" in key] == [f"{deal}:{MANY}:1:card.refresh"]


def test_the_same_key_at_once_is_done_once(store: Store, dispatcher: Dispatcher) -> None:
    word = mint()
    told = at_once([lambda: dispatcher.execute(hint(new_deal(), word), word) for _ in range(MANY)])
    assert len({outcome.stream_id for outcome in told}) == 1
    assert causes(store, told[0].stream_id) == [1]


def test_many_hints_at_once_make_one_deal(store: Store, dispatcher: Dispatcher) -> None:
    word = mint()
    told = at_once(
        [partial(dispatcher.execute, hint(new_deal(), word), f"{word}:{n}", address(word)) for n in range(MANY)]
    )
    assert len({outcome.stream_id for outcome in told}) == 1
    assert causes(store, told[0].stream_id) == list(range(1, MANY + 1))


def test_one_worker_alone_gets_a_lease(store: Store, dispatcher: Dispatcher) -> None:
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), word)

    def lease() -> Owed | None:
        with store.transaction() as tx:
            head = tx.outbox.head(deal, Lane.SALESFORCE, NOW)
            return tx.outbox.hold(head, LATER) if head else None

    held = [owed for owed in at_once([lease] * MANY) if owed is not None]
    assert len(held) == 1
    assert [settle(store, held[0]), settle(store, held[0])] == [True, False]


def settle(store: Store, owed: Owed) -> bool:
    with store.transaction() as tx:
        return tx.outbox.settle(owed, NOW)


def test_a_link_belongs_to_the_first(store: Store) -> None:
    link = Link("slack.channel", mint())

    def write(deal: str) -> bool:
        try:
            with store.transaction() as tx:
                tx.links.write(deal, link)
        except LostRace:
            return False
        return True

    deals = [new_deal() for _ in range(MANY)]
    won = [deal for deal, first in zip(deals, at_once([partial(write, deal) for deal in deals]), strict=True) if first]
    with store.snapshot() as tx:
        assert won == [tx.links.stream_of(link)]


def test_a_mark_outlives_a_projection_that_did_not_see_the_fact(store: Store, dispatcher: Dispatcher) -> None:
    """Whoever projects and whoever writes take turns; the last fact is either in the reads or marked."""
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), f"{word}:0")
    seen: list[int] = []

    def project(tx: Transaction) -> None:
        head = tx.ledger.load(deal, CODE)
        tx.project_later(head.state)
        seen.append(head.seq)

    for n in range(1, 6):
        at_once(
            [
                partial(dispatcher.execute, hint(deal, word), f"{word}:{n}"),
                partial(dispatcher.attempt, project),
                partial(dispatcher.attempt, project),
            ]
        )
        with store.snapshot() as tx:
            assert tx.marks.is_set(deal) or max(seen) == n + 1


def test_a_deadline_fires_or_is_replaced_and_nobody_waits_in_a_ring(store: Store, dispatcher: Dispatcher) -> None:
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), word)

    def replace(tx: Transaction) -> None:
        head = tx.ledger.load(deal, CODE)
        tx.deadlines.set(deal, head.seq, (Deadline("look", NOW, hint(deal, word)),))

    def fire(tx: Transaction) -> None:
        tx.ledger.lock(deal)
        for due in tx.deadlines.of(deal, NOW):
            tx.deadlines.drop_fired(due)

    for _ in range(4):
        at_once([partial(dispatcher.attempt, replace), partial(dispatcher.attempt, fire)] * 3)
    dispatcher.attempt(fire)
    with store.snapshot() as tx:
        assert tx.deadlines.of(deal, NOW) == []


def test_a_deadline_that_is_put_off_without_a_new_fact_stays(store: Store, dispatcher: Dispatcher) -> None:
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), word)
    later = NOW + timedelta(hours=1)

    def set_at(at: datetime, tx: Transaction) -> None:
        tx.deadlines.set(deal, tx.ledger.load(deal, CODE).seq, (Deadline("look", at, hint(deal, word)),))

    def put_off(tx: Transaction) -> None:
        (due,) = tx.deadlines.of(deal, NOW)
        set_at(later, tx)
        tx.deadlines.drop_fired(due)

    dispatcher.attempt(partial(set_at, NOW))
    dispatcher.attempt(put_off)
    with store.snapshot() as tx:
        assert [due.due_at for due in tx.deadlines.of(deal, later)] == [later]


@pytest.mark.parametrize("times", range(3))
def test_an_erased_stream_owes_nothing_whoever_writes(store: Store, dispatcher: Dispatcher, times: int) -> None:
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), f"{word}:0")
    writers = [partial(dispatcher.execute, hint(deal, word), f"{word}:{n}") for n in range(1, 4)]
    at_once([*writers, partial(dispatcher.erase, deal, "asked", mint())])
    with store.snapshot() as tx:
        assert tx.outbox.waiting(deal) == []
        with pytest.raises(Erased):
            tx.ledger.load(deal, CODE)


@pytest.mark.parametrize("times", range(3))
def test_a_key_is_not_wrapped_anew_while_it_is_destroyed(store: Store, dispatcher: Dispatcher, times: int) -> None:
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), word)

    def rewrap() -> None:
        with suppress(Erased):
            dispatcher.attempt(lambda tx: tx.keys.rewrap(deal))

    def erase() -> None:
        assert dispatcher.erase(deal, "asked", mint()).reason is None

    at_once([rewrap, rewrap, erase])
    with store.snapshot() as tx:
        assert deal in tx.keys.erased()


def test_a_name_with_a_nul_is_kept_the_same_way(store: Store) -> None:
    link, deal = Link("slack.channel", f"C\0{mint()}"), new_deal()
    with store.transaction() as tx:
        tx.links.write(deal, link)
    with store.snapshot() as tx:
        assert tx.links.stream_of(link) == deal


def test_processes_take_turns_as_threads_do(store: Store, database_url: str) -> None:
    deal, word = new_deal(), mint()
    line = [sys.executable, "-m", "tests.store.writer", database_url, deal, word]
    root = Path(__file__).parents[2]
    running = [subprocess.Popen([*line, str(n)], cwd=root) for n in range(2)]
    assert [process.wait(60) for process in running] == [0, 0]
    assert causes(store, deal) == list(range(1, 2 * 10 + 1))
    with store.snapshot() as tx:
        assert verification.verify(tx).problems == ()


def test_a_hint_that_comes_while_its_deal_begins_is_told_to_that_deal(
    store: Store, dispatcher: Dispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first look for the holder finds nobody; before the rule is asked, somebody else has begun the deal."""
    word, begun = mint(), new_deal()
    looks = iter([None])
    found = Links.stream_of
    monkeypatch.setattr(Links, "stream_of", lambda self, link: next(looks, found(self, link)))
    with store.transaction() as tx:
        tx.links.write(begun, address(word))
    outcome = dispatcher.execute(hint(new_deal(), word), mint(), address(word))
    assert (outcome.stream_id, outcome.reason) == (begun, None)
    assert causes(store, begun) == [1]
