"""/metrics, /healthz and /readyz, over the wire, read by Prometheus' own parser."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
import requests
from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from jobs.office import Election, beat
from tests.world import World

TOKEN = "f3b1" * 16
NAMES = ("Brightwater", "Clara", "Maya", "example", "xoxb", "T07LARK", "deal:")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory, seal_dir: Path) -> Iterator[World]:
    """A deal that waits on its approvals; one letter of its history was given up."""
    world = World(tmp_path_factory.mktemp("watched"), seal_dir, more={"METRICS_TOKEN": TOKEN})
    world.walk.negotiate()
    world.town.site.faults.add("users.list", "fatal_misconfiguration")
    world.look()
    world.walk.agree()
    world.settle()
    yield world
    world.close()


def scraped(world: World) -> dict[str, Metric]:
    answer = requests.get(f"{world.town.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def value(found: dict[str, Metric], name: str, **labels: str) -> float:
    samples = [s for family in found.values() for s in family.samples if s.name == name]
    return next(s.value for s in samples if s.labels == labels)


def test_it_tells_what_the_store_holds_and_how_the_doors_answer(watched: World) -> None:
    found = scraped(watched)
    assert value(found, "countersign_facts_total", stream="deal") > 10
    assert value(found, "countersign_outbox_effects", lane="slack", state="parked") == 1
    assert value(found, "countersign_outbox_effects", lane="slack", state="due") == 0
    assert value(found, "countersign_acks_total", door="slack", status="2xx") >= 1
    assert value(found, "countersign_ack_seconds_bucket", door="slack", le="+Inf") >= 1
    assert value(found, "countersign_deadlines_late") == 0
    assert value(found, "countersign_breaker", lane="salesforce", state="closed") == 1


def test_processes_are_counted_by_their_heartbeats(watched: World) -> None:
    store, clock = watched.relay.dispatcher.store, watched.system_time
    over = Event()
    over.set()
    beat(store, clock, "worker.deals", over)
    assert Election(store, clock, "host:1")()
    found = scraped(watched)
    assert value(found, "countersign_processes", role="worker.deals") == 1
    assert value(found, "countersign_processes", role="clock") == 1
    assert value(found, "countersign_heartbeat_age_seconds", role="clock") < 60


def test_no_label_names_a_deal_a_person_or_a_secret(watched: World) -> None:
    for family in scraped(watched).values():
        for sample in family.samples:
            assert not any(name in text for text in sample.labels.values() for name in NAMES)
            assert all(re.fullmatch(r"[\w.+-]+", text) for text in sample.labels.values())


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xe9"])
def test_who_does_not_know_the_token_reads_nothing(watched: World, header: str) -> None:
    answer = requests.get(
        f"{watched.town.url}/metrics", headers={"Authorization": header.encode("latin-1")}, timeout=10
    )
    assert (answer.status_code, "countersign_" in answer.text) == (401, False)


def test_it_is_alive_and_ready_and_says_what_is_degraded(watched: World) -> None:
    assert requests.get(f"{watched.town.url}/healthz", timeout=30).json()["ok"] == "yes"
    answer = requests.get(f"{watched.town.url}/readyz", timeout=30)
    told = answer.json()
    assert (answer.status_code, told["ready"], told["database"], told["queue"]) == (200, True, "ok", "degraded")


def test_what_should_have_happened_already_is_late(watched: World) -> None:
    watched.town.clock.turn(timedelta(days=2))
    watched.read_clock()
    found = scraped(watched)
    assert value(found, "countersign_deadlines_late") >= 1
    assert value(found, "countersign_deadline_lateness_seconds") > 3_600
