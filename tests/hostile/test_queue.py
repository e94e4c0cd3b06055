"""Attack 33: who can write to the queue gets nothing run, and who empties it loses nothing for us."""

import json
import pickle
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Queue
from rq.serializers import JSONSerializer
from rq.worker import SimpleWorker

from jobs import worker
from jobs.doorbell import DEALS, Doorbell, connect
from jobs.poke_job import PokeJob
from jobs.queue_server import start_queue, stop_queue
from sandbox.walk import MAYA
from tests.hostile.knock import Knock

pytestmark = pytest.mark.attack(33)
JUNK = 20_000


class Gadget:
    """Unpickled, it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    folder = tmp_path_factory.mktemp("queue")
    yield connect(str(start_queue(folder)))
    stop_queue(folder)


@pytest.fixture
def work(queue: Redis, knock: Knock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A worker that takes all that is in the queue."""
    queue.flushall()
    monkeypatch.setattr(worker, "relay", lambda _queue: knock.world.relay)

    def burst() -> None:
        listened = Queue(DEALS, connection=queue, serializer=JSONSerializer, job_class=PokeJob)
        taker = SimpleWorker([listened], connection=queue, serializer=JSONSerializer, job_class=PokeJob)
        taker.work(burst=True, logging_level="CRITICAL")

    yield burst
    queue.flushall()


def job(queue: Redis, name: str, data: bytes, **fields: bytes) -> None:
    kept = {"data": data, "created_at": b"2026-11-17T09:00:00Z", "origin": DEALS.encode(), "timeout": b"30", **fields}
    for field, value in kept.items():
        queue.hset(f"rq:job:{name}", field, value)
    queue.rpush(f"rq:queue:{DEALS}", name)


def asked(function: str, *args: object) -> bytes:
    return zlib.compress(json.dumps([function, None, args, {}]).encode())


def test_a_pickle_in_a_job_is_not_opened(queue: Redis, work: Any, tmp_path: Path) -> None:
    gadget = pickle.dumps(Gadget(tmp_path / "taken"))
    job(queue, "pickled", gadget)
    job(queue, "packed", zlib.compress(gadget), exc_info=gadget, meta=gadget)
    work()
    assert not (tmp_path / "taken").exists()


def test_no_function_but_ours_is_called(queue: Redis, work: Any, tmp_path: Path) -> None:
    job(queue, "touching", asked("os.mkdir", str(tmp_path / "taken")))
    job(queue, "method", zlib.compress(json.dumps(["touch", str(tmp_path), [], {}]).encode()))
    work()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stream", ["deal:none", "", "'; DROP TABLE facts;--", "deal:" + "x" * 10_000, 7, None])
def test_a_poke_for_what_is_not_there_writes_nothing(queue: Redis, work: Any, knock: Knock, stream: object) -> None:
    before = knock.written()
    job(queue, "forged", asked("jobs.worker.poke", stream))
    work()
    assert knock.written() == before


def test_junk_in_the_queue_holds_nothing_up_and_an_emptied_one_loses_nothing(
    queue: Redis, work: Any, knock: Knock
) -> None:
    world = knock.world
    queue.rpush(f"rq:queue:{DEALS}", *[f"junk-{number}" for number in range(JUNK)])
    world.town.people.say(MAYA, "C07BRIGHT02", "Thanks, we go on as agreed.")
    world.town.site.queue.idle(2.0)
    assert (due := world.due())
    for stream in due:
        assert Doorbell.ring(_bell(queue), stream)
    work()
    assert queue.llen(f"rq:queue:{DEALS}") == 0
    queue.flushall()
    world.settle()
    assert world.due() == []


def _bell(queue: Redis) -> Doorbell:
    path = str(queue.connection_pool.connection_kwargs["path"])
    return Doorbell(path)
