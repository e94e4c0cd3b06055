"""Providers that fail on real sockets: repeats stay within their budget, and nobody waits for another's trouble."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any, cast

import pytest

from bot.playbook.permissions import Permission
from bot.store.breakers import State
from bot.store.outbox import Warrant
from bot.streams import effects as owed
from bot.streams.effects import Effect, Lane
from bot.streams.ids import SYSTEM, stream_id, ulid
from integrations.billing.rest import RestBooks
from jobs.crew import Crew
from jobs.effects.how import How, Repeat, Result, Work
from jobs.effects.table import EFFECTS
from jobs.relay import Relay
from jobs.settling import Settled
from sandbox.wait import until
from tests.world import World

pytestmark = pytest.mark.chaos
TABLE = cast(dict[Any, How], EFFECTS)
NOTE = {"lines": [{"month": "2026-12", "amount": {"minor": 100, "currency": "EUR"}}]}


@dataclass
class Turned:
    """Transport time for one test."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 17, 9, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def on(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Shop:
    """A relay over the world's store, whose book entries go to the sandbox's books whatever the deal says."""

    world: World
    relay: Relay
    clock: Turned

    def owe(self, number: int, effect: Effect) -> str:
        stream = stream_id("deal", ulid(0, number))
        with self.world.relay.dispatcher.store.transaction() as tx:
            tx.outbox.owe(stream, number, (effect,), Warrant(SYSTEM, Permission.REPORT_RESULT))
        return stream

    def entries(self, count: int, first: int = 0) -> list[str]:
        return [self.owe(n, owed.PutInBooks(book="schedules", document=str(n))) for n in range(first, first + count)]

    def waiting(self, stream: str) -> list[str]:
        with self.world.relay.dispatcher.store.snapshot() as tx:
            return tx.outbox.waiting(stream)

    def due(self) -> list[str]:
        with self.world.relay.dispatcher.store.snapshot() as tx:
            return tx.outbox.due(self.clock())

    def round(self) -> None:
        for stream in self.due():
            self.relay.poke(stream)

    @property
    def done(self) -> int:
        return len(self.world.town.books.entries("schedules"))

    @property
    def asked(self) -> int:
        return len(self.world.town.books.served)


@pytest.fixture
def shop(tmp_path: Path, seal_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    world = World(tmp_path / "town", seal_dir)
    books = RestBooks(world.town.books.url, world.town.keys["BOOKS_TOKEN"])

    def put(work: Work) -> Result:
        books.put("schedules", work.key, NOTE)
        return None

    monkeypatch.setitem(TABLE, owed.PutInBooks, How(put, Repeat.KEYED))
    clock = Turned()
    yield Shop(
        world,
        replace(
            world.relay, clock=clock, chance=lambda: 0.5, lease=timedelta(seconds=60), deadline=timedelta(seconds=10)
        ),
        clock,
    )
    world.close()


@pytest.mark.slow
def test_a_storm_of_failures_costs_a_tenth_more_calls_and_loses_nothing(shop: Shop) -> None:
    for n in range(200):
        shop.world.town.books.fault("fail" if n % 10 in (2, 5, 8) else "none")
    shop.entries(150)
    for _ in range(20):
        shop.round()
        shop.clock.on(0.1)
    assert shop.asked <= 165
    for _ in range(60):
        shop.clock.on(60)
        shop.round()
    assert shop.done == 150


def test_a_breaker_opens_once_for_all_and_one_probe_closes_it(shop: Shop) -> None:
    shop.world.town.books.fault("fail", 6)
    shop.entries(20)
    shop.round()
    assert shop.asked == 5
    assert shop.due() == []
    shop.clock.on(10.1)
    shop.round()
    assert shop.asked == 6, "one probe, which fails"
    shop.clock.on(20.1)
    for _ in range(60):
        shop.round()
        shop.clock.on(10)
    assert shop.done == 20


def test_an_outage_delays_no_other_lane_and_no_other_deal(shop: Shop) -> None:
    shop.world.town.books.fault("fail", 100)
    streams = shop.entries(10)
    for n, _ in enumerate(streams):
        assert shop.owe(n, owed.RefreshIntroduction()) == streams[n]
    shop.round()
    left = {key.rpartition(":")[2] for stream in streams for key in shop.waiting(stream)}
    assert left == {"books.put"}
    assert shop.done == 0


def test_one_poisoned_deal_is_parked_and_delays_no_other(shop: Shop) -> None:
    shop.owe(0, owed.PutInBooks(book="schedules", document="0"))
    with shop.world.relay.dispatcher.store.transaction() as tx:
        tx.outbox.owe(
            stream_id("deal", ulid(0, 0)),
            9,
            (owed.RepriceOpportunity(version=1),),
            Warrant(SYSTEM, Permission.REPORT_RESULT),
        )
    shop.entries(5, first=1)
    shop.round()
    assert shop.done == 6
    with shop.world.relay.dispatcher.store.snapshot() as tx:
        assert [p.kind for p in tx.parked.every()] == ["opportunity.reprice"]


def test_a_slow_provider_keeps_only_its_own_lane_waiting(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller goes on to the next deal while the slow call is still under way."""
    answered = Event()
    heard: list[str] = []

    def hang(work: Work) -> Result:
        answered.wait(10)
        return None

    monkeypatch.setitem(TABLE, owed.RepriceOpportunity, How(hang, Repeat.UPSERT))
    relay = replace(shop.relay, crew=Crew(patience_s=0.01), ring=heard.append)
    slow = shop.owe(0, owed.RepriceOpportunity(version=1))
    others = shop.entries(3, first=1)
    for stream in (slow, *others):
        relay.poke(stream)
    until(lambda: shop.done == 3, 30, "the other deals' entries")
    assert slow not in heard
    answered.set()
    until(lambda: slow in heard, 30, "the slow lane says that it moved")


def test_a_lease_that_ran_out_during_the_call_settles_nothing(shop: Shop) -> None:
    (stream,) = shop.entries(1)
    late = shop.relay.take(stream, Lane.BOOKS)
    assert late is not None
    shop.clock.on(61)
    again = shop.relay.take(stream, Lane.BOOKS)
    assert again is not None
    assert again.owed.fence == late.owed.fence + 1
    assert shop.relay.settle(late.owed, None) is Settled.NOT
    assert shop.relay.settle(again.owed, None) is Settled.LAST


def test_a_lease_with_too_little_left_is_given_back_without_a_call(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    (stream,) = shop.entries(1)
    late = shop.relay.take(stream, Lane.BOOKS)
    assert late is not None
    shop.clock.on(45)
    shop.relay._carry_out(late)
    assert shop.asked == 0
    again = shop.relay.take(stream, Lane.BOOKS)
    assert again is not None
    assert again.owed.tries == 0


def test_a_task_that_lasts_keeps_its_lease_and_tells_how_far_it_is(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def work_long(work: Work) -> Result:
        shop.clock.on(55)
        work.progress("200 of 400")
        shop.clock.on(55)
        seen.extend(shop.due())
        return None

    monkeypatch.setitem(TABLE, owed.ReadHistory, How(work_long, Repeat.UPSERT, long=True))
    stream = shop.owe(0, owed.ReadHistory())
    shop.relay.poke(stream)
    assert stream not in seen, "still leased after 110 of 60 seconds"
    assert shop.waiting(stream) == []


def test_what_lasts_is_left_to_the_process_for_it(shop: Shop) -> None:
    rung: list[str] = []
    stream = shop.owe(0, owed.ReadHistory())
    replace(shop.relay, long=False, ring_long=rung.append).poke(stream)
    assert rung == [stream]


def test_a_thread_pool_does_not_lose_what_is_owed_while_it_works(shop: Shop) -> None:
    """Whoever is turned away because the same is queued is not needed: the queued one looks later."""
    relay = replace(shop.relay, crew=Crew(patience_s=None))
    streams = shop.entries(10)
    threads = [Thread(target=relay.poke, args=(s,)) for s in streams for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shop.done == 10
    assert shop.asked == 10


def test_an_open_breaker_stands_in_the_store_for_every_worker(shop: Shop) -> None:
    shop.world.town.books.fault("busy", 5, retry_after="120")
    shop.entries(5)
    shop.round()
    with shop.world.relay.dispatcher.store.snapshot() as tx:
        (row,) = [b for b in tx.breakers.every() if b.lane is Lane.BOOKS]
    assert (row.state, row.code) == (State.OPEN, "503")
    assert row.until is not None
    assert row.until >= shop.clock.now + timedelta(seconds=120)
