"""Tells a worker that streams owe something. Only a hint: the outbox in the ledger is the truth."""

import logging
from urllib.parse import quote

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry as Reconnect
from rq import Queue, Retry
from rq.queue import EnqueueData
from rq.serializers import JSONSerializer

log = logging.getLogger(__name__)

DEALS = "deals"
LONG = "long"
JOBS = {DEALS: "jobs.worker.poke", LONG: "jobs.worker.poke_long"}
TIMEOUT_S = {DEALS: 30, LONG: 900}
FAILED_KEPT_S = 3600
UNHEARD_AFTER_S = 600
PATIENCE_S = 1
TOGETHER = 8  # streams of one job: it is over long before its time is


def connect(address: str, patience_s: float | None = PATIENCE_S) -> Redis:
    """`address` is redis://…, rediss://… or the path of a unix socket. No patience: waits for ever."""
    url = address if "://" in address else f"unix://{quote(address)}"
    return Redis.from_url(
        url, socket_connect_timeout=PATIENCE_S, socket_timeout=patience_s, retry=Reconnect(NoBackoff(), 1)
    )


class Doorbell:
    """Never raises: a ring that is missed is rung again by the clock."""

    def __init__(self, address: str, queue: str = DEALS) -> None:
        self.queue = Queue(queue, connection=connect(address), serializer=JSONSerializer)
        self.job, self.timeout_s = JOBS[queue], TIMEOUT_S[queue]
        self.missed = 0

    def answers(self) -> bool:
        try:
            return bool(self.queue.connection.ping())
        except (RedisError, OSError):
            return False

    def ring(self, *stream_ids: str) -> bool:
        try:
            self.queue.enqueue_many(
                [self._poke(stream_ids[at : at + TOGETHER]) for at in range(0, len(stream_ids), TOGETHER)]
            )
        except (RedisError, OSError) as lost:
            self.missed += 1
            log.warning("the doorbell is not heard (%s): the clock will ring again", type(lost).__name__)
            return False
        return True

    def _poke(self, stream_ids: tuple[str, ...]) -> EnqueueData:
        return Queue.prepare_data(
            self.job,
            args=stream_ids,
            timeout=self.timeout_s,
            result_ttl=0,
            ttl=UNHEARD_AFTER_S,
            failure_ttl=FAILED_KEPT_S,
            description=f"poke {' '.join(stream_ids)}",
            retry=Retry(max=1),
        )
