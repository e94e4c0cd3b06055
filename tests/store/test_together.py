"""Works that wait for the database's turn are committed together, and each still stands for itself."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any

import pytest

from bot.store.errors import LostRace
from bot.store.ledger import Outcome
from bot.store.together import MOST, Job, Together
from bot.store.transaction import Store, Transaction
from sandbox.wait import until
from tests.store.desk import NOW

MANY = 24
OUTCOME = Outcome("deal:together")


def test_of_many_at_once_only_what_raises_is_undone(store: Store) -> None:
    ready = Barrier(MANY)

    def write(number: int) -> str:
        def work(tx: Transaction) -> str:
            tx.marks.set(f"deal:together{number}")
            if number % 3 == 0:
                raise LostRace
            return f"wrote {number}"

        ready.wait()
        try:
            return store.run(work)
        except LostRace:
            return "lost"

    with ThreadPoolExecutor(MANY) as pool:
        told = list(pool.map(write, range(MANY)))
    with store.snapshot() as tx:
        marked = [tx.marks.is_set(f"deal:together{number}") for number in range(MANY)]
    assert told == ["lost" if number % 3 == 0 else f"wrote {number}" for number in range(MANY)]
    assert marked == [number % 3 != 0 for number in range(MANY)]


def test_a_statement_that_is_refused_loses_one_race(store: Store) -> None:
    def forge(tx: Transaction) -> None:
        for _ in range(2):
            tx.ledger.remember("together:key", OUTCOME, NOW)

    with pytest.raises(LostRace):
        store.run(forge)
    store.run(lambda tx: tx.ledger.remember("together:key", OUTCOME, NOW))
    with store.snapshot() as tx:
        assert tx.ledger.answered("together:key") == OUTCOME


class Bench:
    """Stands for the database: the first batch is held until the others wait."""

    def __init__(self, fails: bool = False) -> None:
        self.batches: list[int] = []
        self.fails, self.first, self.go = fails, Event(), Event()
        self.together = Together(self.carry_out)

    def carry_out(self, jobs: Sequence[Job]) -> None:
        self.batches.append(len(jobs))
        self.first.set()
        assert self.go.wait(10)
        for job in jobs:
            with job:
                job.answer = job.work(len(self.batches))
        if self.fails and len(self.batches) > 1:
            raise OSError("the disk is full")

    def waiting(self) -> int:
        return len(self.together._waiting)


def test_one_leads_and_the_rest_are_carried_along() -> None:
    bench = Bench()
    told = _held(bench, MOST + 3)
    assert bench.batches == [1, MOST, 3]
    assert sorted(told) == [1] + [2] * MOST + [3] * 3


def test_when_the_commit_fails_all_of_it_are_told() -> None:
    bench = Bench(fails=True)
    told = _held(bench, 4)
    assert told.count("the disk is full") == 4
    assert told.count(1) == 1


def test_after_a_failure_the_next_one_leads() -> None:
    bench = Bench(fails=True)
    _held(bench, 2)
    bench.fails = False
    assert bench.together.run(lambda batch: batch, True) == len(bench.batches)


def _held(bench: Bench, more: int) -> list[Any]:
    """What one and, while it is at work, `more` others are told."""

    def ask() -> Any:
        try:
            return bench.together.run(lambda batch: batch, True)
        except OSError as no:
            return str(no)

    with ThreadPoolExecutor(more + 1) as pool:
        first = pool.submit(ask)
        assert bench.first.wait(10)
        others = [pool.submit(ask) for _ in range(more)]
        until(lambda: bench.waiting() == more, 30, "the others wait")
        bench.go.set()
        return [each.result() for each in [first, *others]]
