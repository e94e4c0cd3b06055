"""Of many clocks one holds the office, on both engines; when nothing is heard of it, the next one takes over."""

from datetime import timedelta
from functools import partial

from bot.questions.health import Health
from bot.store.offices import CLOCK
from bot.store.transaction import Store
from jobs.office import TERM, Election
from tests.store.desk import NOW
from tests.store.test_races import MANY, at_once


def hold(store: Store, holder: str) -> bool:
    with store.transaction() as tx:
        return tx.offices.hold("race", holder, NOW, NOW + TERM)


def test_of_many_at_once_one_is_elected(store: Store) -> None:
    assert hold(store, "first")
    told = at_once([partial(hold, store, f"host:{n}") for n in range(MANY)])
    assert told == [False] * MANY
    assert hold(store, "first"), "who holds it keeps it"


def test_the_next_takes_over_when_the_term_is_over_and_not_before(store: Store) -> None:
    now = [NOW]
    first, second = (Election(store, lambda: now[0], name) for name in ("host:1", "host:2"))
    assert (first(), second()) == (True, False)
    now[0] += TERM - timedelta(milliseconds=1)
    assert not second()
    now[0] += TERM  # the first was killed, and says nothing any more
    assert second()
    now[0] += timedelta(seconds=1)
    assert not first(), "it sees that it was replaced"
    second.leave()
    now[0] += timedelta(seconds=1)
    assert first(), "whoever stops cleanly keeps nobody waiting"


def test_a_beat_is_seen_and_an_old_one_is_forgotten(store: Store) -> None:
    with store.transaction() as tx:
        tx.offices.beat("worker.deals", "host:7", NOW, NOW + TERM)
        tx.offices.beat("worker.deals", "host:8", NOW + timedelta(days=2), NOW + timedelta(days=2) + TERM)
    with store.snapshot() as tx:
        assert [o.holder for o in tx.offices.every() if o.office.startswith("worker")] == ["host:8"]


def test_it_is_ready_with_a_late_clock_and_without_a_queue(store: Store) -> None:
    with store.transaction() as tx:
        tx.offices.hold(CLOCK, "host:9", NOW + timedelta(days=3), NOW + timedelta(days=3))
    then = NOW + timedelta(days=3, seconds=40)
    found = Health(store, lambda: then, lambda: then, lambda: False).readiness()
    assert (found.ready, found.queue, found.beat) == (True, False, 40.0)
