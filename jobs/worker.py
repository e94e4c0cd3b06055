"""What the queue calls, and the process that listens to one queue."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from threading import Event, Thread

from rq import Queue
from rq.serializers import JSONSerializer
from rq.timeouts import BaseTimeoutException
from rq.worker import SimpleWorker

from bot import wiring
from bot.documents import brand
from bot.loaded import keep_loaded
from bot.store.errors import Away, LostRace
from jobs.crew import Crew
from jobs.doorbell import DEALS, LONG, TIMEOUT_S, Doorbell, connect
from jobs.effects.how import Desk
from jobs.office import beat
from jobs.poke_job import PokeJob
from jobs.queue_server import address as queue_address
from jobs.relay import Relay

log = logging.getLogger(__name__)
PATIENCE_S = 0.5  # with one deal's slow lane, before the next deal's turn


@cache
def relay(queue: str) -> Relay:
    of = wiring.settings()
    address = queue_address(of.redis_url, of.run_dir)
    made = relay_of(of, Doorbell(address).ring)
    crew = Crew(PATIENCE_S) if queue == DEALS else Crew()
    keep_loaded()
    return replace(made, long=queue == LONG, ring_long=Doorbell(address, LONG).ring, crew=crew)


def relay_of(of: wiring.Settings, ring: Callable[[str], object]) -> Relay:
    """Takes every effect. `ring` is told of every stream that a result has woken."""
    dispatcher = wiring.dispatcher(of)
    files = wiring.texts(of.playbook_dir)
    desk = Desk(
        ports=wiring.ports(of, dispatcher.store),
        store=dispatcher.store,
        playbook=dispatcher.playbook,
        brand=brand.read(files["brand.yaml"]),
        templates=wiring.templates(files),
        links=wiring.links(of),
        shares=wiring.shares(of),
        requests=wiring.requests(of),
        anchors=wiring.anchors(of),
        code=dispatcher.code,
        credit_file=of.credit_file,
    )
    lease, deadline = timedelta(seconds=of.lease_s), timedelta(seconds=of.call_deadline_s)
    return Relay(dispatcher, desk, wiring.system_clock().now, ring, lease, deadline)


def poke(*stream_ids: str) -> None:
    """Only names, because the queue is only a doorbell."""
    _poked(DEALS, stream_ids)


def poke_long(*stream_ids: str) -> None:
    """The same in the process for what lasts."""
    _poked(LONG, stream_ids)


def _poked(queue: str, stream_ids: Sequence[str]) -> None:
    """What is owed stays owed while the database is away, or when we stumble over it: the clock rings again."""
    for stream_id in stream_ids:
        try:
            relay(queue).poke(stream_id)
        except (Away, LostRace) as away:
            log.warning("%s is left for later: %s", stream_id, away)
        except BaseTimeoutException:
            raise
        except Exception:
            log.exception("a poke failed", extra={"stream": stream_id})


def run(queue: str, address: str) -> None:
    """Works until SIGTERM, in this very process: no horse is left behind when it is killed.

    One queue a process: only then does the server keep a job that was taken and not yet begun.
    """
    if queue not in TIMEOUT_S:
        raise ValueError(f"there is no queue {queue!r}: choose one of {', '.join(TIMEOUT_S)}")
    connection = connect(address, patience_s=None)
    listened = Queue(queue, connection=connection, serializer=JSONSerializer, job_class=PokeJob)
    worker = SimpleWorker([listened], connection=connection, serializer=JSONSerializer, job_class=PokeJob)
    worker.log_job_description = False
    Thread(target=_beat, args=(queue,), name="heartbeat", daemon=True).start()
    worker.work(logging_level="WARNING")


def _beat(queue: str) -> None:
    """As long as this process lives."""
    of = wiring.settings()
    beat(wiring.store(of), wiring.system_clock().now, f"worker.{queue}", Event())
