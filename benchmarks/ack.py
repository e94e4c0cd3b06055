"""How long Slack waits for us: a message of a deal, and a command, written down before they are acknowledged, while a
worker carries out what each of them owes, from the same database. Beside a bare Bolt app that writes nothing, and the
disk itself. The answer to a command shows the deal as it is now; Bolt's says nothing.

`python -m benchmarks.ack`
"""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from benchmarks.office import Office, OpenTown, opened
from benchmarks.results import Numbers, record, summary
from sandbox.slack.deliveries import FORM, JSON
from sandbox.town import ROOT, _free_port
from sandbox.wait import until

DEALS = 64
ROUNDS = 3
ALONE, TOGETHER = 400, 1600  # requests of a round, over one connection and over sixteen
MANY = 16
SYNCS = 400


def measure() -> dict[str, Any]:
    with opened(OpenTown) as town:
        return _measured(town)


def _measured(town: OpenTown) -> dict[str, Any]:
    office = Office(town)
    office.look_around()
    channels = office.open_deals(0, DEALS)
    events = office.events(channels, ROUNDS * (ALONE + TOGETHER))
    bodies = iter([json.dumps(event) for event in events])
    commands = iter(office.commands(channels, ROUNDS * ALONE))
    town.start()
    found = defaultdict[str, list[Numbers]](list)
    with bare_bolt(town) as port:
        for _ in range(ROUNDS):
            alone, together = ([next(bodies) for _ in range(n)] for n in (ALONE, TOGETHER))
            typed = [next(commands) for _ in range(ALONE)]
            found["disk"].append(syncs(town.folder))
            for whose, at in (("bolt", port), ("ours", town.port)):
                found[f"{whose} 1"].append(load(town, at, alone, 1))
                found[f"{whose} 16"].append(load(town, at, together, MANY))
                found[f"{whose} command"].append(load(town, at, typed, 1, FORM))
    return {name: _best(rounds) for name, rounds in found.items()}


def _best(rounds: list[Numbers]) -> dict[str, float]:
    """Of the rounds the one with the least at the median: what the machine does when others leave it alone."""
    return min((summary(*told) for told in rounds), key=lambda one: one["p50_ms"])


def load(town: OpenTown, port: int, bodies: list[str], connections: int, content_type: str = JSON) -> Numbers:
    asked = {"port": port, "secret": town.site.app.signing_secret, "bodies": bodies, "connections": connections}
    asked |= {"content_type": content_type}
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.load"],
        input=json.dumps(asked),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(ran.stdout)
    refused = [status for status, _ in told["answers"] if status != 200]
    assert not refused, f"{len(refused)} of {len(bodies)} were not acknowledged: {refused[:5]}"
    return [ms for _, ms in told["answers"]], told["seconds"]


def syncs(folder: Path) -> Numbers:
    """One page written and on the disk: no durable acknowledgement can be quicker."""
    handle = os.open(folder / "floor", os.O_RDWR | os.O_CREAT)
    found, began = [], time.perf_counter()
    for n in range(SYNCS):
        at = time.perf_counter()
        os.pwrite(handle, os.urandom(4096), n * 4096)
        os.fdatasync(handle)
        found.append((time.perf_counter() - at) * 1000)
    os.close(handle)
    return found, time.perf_counter() - began


@contextmanager
def bare_bolt(town: OpenTown) -> Iterator[int]:
    port, app = _free_port(), town.site.app
    words = [str(port), app.signing_secret, app.bot_token, f"{town.slack.url}/api"]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bare_bolt", *words], cwd=ROOT)
    try:
        until(lambda: _listens(port), 30, "the bare Bolt app answers")
        yield port
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/", timeout=2).status_code == 404
    except requests.RequestException:
        return False


if __name__ == "__main__":
    record("ack", measure())
