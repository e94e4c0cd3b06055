"""Durable steps a second: a call is written down, its two steps are carried out, the result of each is written down.
Beside DBOS, which promises the same, on the same kind of database, in turns on the same machine.

`python -m benchmarks.steps`
"""

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dbos import DBOS, DBOSConfig

from benchmarks.kernel import Kernel
from benchmarks.results import Numbers, record, summary
from tests import engines

ROUNDS = 5
CALLS = 200  # of a round
LASTING = {"max_connections": "100"}  # what is committed is on the disk

Call = Callable[[int], object]


def measure() -> dict[str, Any]:
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["sqlite"] = _on(f"sqlite:///{folder}/ours.db", f"sqlite:///{folder}/dbos.db")
    with engines.postgres(secrets.token_hex(4), LASTING) as server, two_databases(server.url) as (ours, theirs):
        found["postgresql"] = _on(ours, theirs)
    return found


@contextmanager
def two_databases(url: str) -> Iterator[tuple[str, str]]:
    with engines.database(url) as one, engines.database(url) as other:
        yield one, other


def _on(ours_url: str, dbos_url: str) -> dict[str, Any]:
    kernel = Kernel(ours_url)
    with dbos_workflow(dbos_url) as theirs:
        rounds: dict[str, list[Numbers]] = {"ours": [], "dbos": []}
        for n in range(ROUNDS):
            rounds["ours"].append(_timed(kernel.call, n))
            rounds["dbos"].append(_timed(theirs, n))
    kernel.close()
    best = {name: max((_steps(*told) for told in all), key=_speed) for name, all in rounds.items()}
    return {**best, "ratio": round(_speed(best["ours"]) / _speed(best["dbos"]), 2)}


def _steps(each_ms: list[float], seconds: float) -> dict[str, float]:
    """The milliseconds are of a whole call."""
    return {**summary(each_ms, seconds), "steps_per_second": round(Kernel.steps * len(each_ms) / seconds, 1)}


def _speed(one: dict[str, float]) -> float:
    return one["steps_per_second"]


def _timed(call: Call, first: int) -> Numbers:
    each, began = [], time.perf_counter()
    for n in range(CALLS):
        at = time.perf_counter()
        call(first * CALLS + n)
        each.append((time.perf_counter() - at) * 1000)
    return each, time.perf_counter() - began


@contextmanager
def dbos_workflow(url: str) -> Iterator[Call]:
    """A workflow of two steps that do nothing."""

    @DBOS.step()
    def step(number: int) -> int:
        return number

    @DBOS.workflow()
    def workflow(number: int) -> int:
        return step(step(number))

    DBOS(config=DBOSConfig(name="steps", system_database_url=url, log_level="ERROR", use_listen_notify=False))
    DBOS.launch()
    try:
        yield workflow
    finally:
        DBOS.destroy(destroy_registry=True)


if __name__ == "__main__":
    record("steps", measure())
