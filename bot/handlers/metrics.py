"""/metrics for Prometheus: what the store says at this moment, and how this process answered at its doors."""

import hmac
from collections.abc import Iterator
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.questions.health import Counted, Health
from bot.store.breakers import State

DOORS = {"/slack/": "slack", "/salesforce/": "salesforce", "/p/": "pages"}
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)  # Slack waits for three seconds
BEARER = "Bearer "


class Acks:
    """How this process answered: by door and class of status."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.answers = Counter("countersign_acks", "Requests answered", ["door", "status"], registry=registry)
        self.took = Histogram(
            "countersign_ack_seconds", "Until the answer", ["door"], buckets=BUCKETS, registry=registry
        )


class Measured:
    """Around the whole application, so that what is refused counts too."""

    def __init__(self, app: ASGIApp, acks: Acks) -> None:
        self._app, self._acks = app, acks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        door = door_of(scope.get("path", "")) if scope["type"] == "http" else ""
        if not door:
            await self._app(scope, receive, send)
            return
        began, status = perf_counter(), [500]

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                status[0] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._acks.answers.labels(door, f"{status[0] // 100}xx").inc()
            self._acks.took.labels(door).observe(perf_counter() - began)


class Stored(Collector):
    """Read when it is asked for. Labels are lanes, kinds of streams and roles: never a name or an id of a deal."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        told = self._health.counted()
        facts = CounterMetricFamily("countersign_facts", "Facts in the ledger", labels=["stream"])
        for kind, count in told.facts.items():
            facts.add_metric([kind], count)
        yield facts
        yield from _outbox(told)
        yield from _providers(told)
        yield GaugeMetricFamily("countersign_deadlines_late", "Deadlines that are over", value=told.late)
        yield GaugeMetricFamily("countersign_deadline_lateness_seconds", "Since the earliest of them", told.latest)
        memos = GaugeMetricFamily("countersign_memos", "Legal memos, as legal judged them", labels=["answer"])
        for answer, count in zip(("accepted", "amended"), told.memos, strict=True):
            memos.add_metric([answer], count)
        yield memos
        yield from self._beats(told)

    def _beats(self, told: Counted) -> Iterator[Metric]:
        now, roles = self._health.transport(), sorted({office.office.partition(" ")[0] for office in told.offices})
        alive = GaugeMetricFamily("countersign_processes", "Alive, by role", labels=["role"])
        beat = GaugeMetricFamily("countersign_heartbeat_age_seconds", "Since the newest beat", labels=["role"])
        for role in roles:
            mine = [office for office in told.offices if office.office.partition(" ")[0] == role]
            alive.add_metric([role], sum(office.until > now for office in mine))
            beat.add_metric([role], max((now - max(o.ticked_at for o in mine)).total_seconds(), 0.0))
        yield alive
        yield beat


def door_of(path: str) -> str:
    return next((door for start, door in DOORS.items() if path.startswith(start)), "")


def page(registry: CollectorRegistry) -> tuple[bytes, str]:
    """The text and its content type."""
    return generate_latest(registry), CONTENT_TYPE_LATEST


def may_read(header: str, token: str | None) -> bool:
    """Nobody, when no token is set."""
    given = header.removeprefix(BEARER).encode() if header.startswith(BEARER) else b""
    return token is not None and hmac.compare_digest(given, token.encode())


def _outbox(told: Counted) -> Iterator[Metric]:
    effects = GaugeMetricFamily("countersign_outbox_effects", "Not done yet", labels=["lane", "state"])
    ages = GaugeMetricFamily("countersign_outbox_oldest_seconds", "Since the oldest was owed", labels=["lane"])
    for lot in told.lots:
        for state, count in (("owed", lot.owed), ("due", lot.due), ("leased", lot.leased), ("parked", lot.parked)):
            effects.add_metric([lot.lane, state], count)
        ages.add_metric([lot.lane], told.ages[lot.lane])
    yield effects
    yield ages


def _providers(told: Counted) -> Iterator[Metric]:
    breakers = GaugeMetricFamily("countersign_breaker", "1 for the state it is in", labels=["lane", "state"])
    for breaker in told.breakers:
        for state in State:
            breakers.add_metric([breaker.lane, state], int(breaker.state is state))
    yield breakers
