"""The whole company, with Countersign as processes that are killed and started again while its people go on."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from signal import SIGKILL

import requests

from bot import wiring
from bot.settings import Stored
from bot.store.transaction import Store
from sandbox.slack.seed import OURS
from sandbox.town import ROOT, Town
from sandbox.wait import until
from tests.chaos.people import Persistent

DEADLINE_S, LEASE_S = 1, 2.5
LOOK_EVERY_S = 0.01
START_S = 90.0
AGAIN_S = 0.1


@dataclass
class Process:
    """`plan` names the passes of crash points at which it dies: "call.done 3" is the third."""

    name: str
    role: str
    plan: Iterable[str] = ()
    pid: int = 0
    deaths: int = 0

    def lives(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self, number: int = SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


@dataclass
class House:
    """Whoever dies is started again at once, until the house is closed."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    database_url: str = ""
    processes: dict[str, Process] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.town = Town(self.folder, database_url=self.database_url)
        self.town.open()
        self.town.people = Persistent(self.town.site)
        self.town.site.deliveries.retry_spacing = (AGAIN_S,) * 100
        assert self.town.outbound is not None
        self.town.outbound.spacings = (AGAIN_S,)
        self.environment = {
            **self.town.environment(),
            "CALL_DEADLINE_S": str(DEADLINE_S),
            "LEASE_S": str(LEASE_S),
            "REDIS_URL": f"unix://{self.folder / 'nobody'}",
            "LOG_LEVEL": "WARNING",
            **self.settings,
        }
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.nursery"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._lock, self._closing = threading.Lock(), threading.Event()
        self._watch = threading.Thread(target=self._raise_the_dead, daemon=True)
        self._watch.start()

    def open(self, *wanted: Process) -> None:
        """Up, when its web process answers and everybody's rights are known."""
        for process in wanted or (Process("web", "web"), Process("worker", "worker"), Process("clock", "clock")):
            crashes = self.folder / "crashes" / process.name
            crashes.mkdir(parents=True, exist_ok=True)
            (crashes / "plan").write_text("".join(f"{line}\n" for line in process.plan))
            with self._lock:
                self._start(process)
                self.processes[process.name] = process
        until(self.answers, START_S, "Countersign's web process answers")
        until(self._knows_people, START_S, "its people are known")

    def passed(self, name: str) -> list[str]:
        """Every crash point that the process of this name went through, with its number."""
        note = self.folder / "crashes" / name / "passed"
        return note.read_text().splitlines() if note.exists() else []

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.town.url}/healthz", timeout=2).ok
        except requests.RequestException:
            return False

    @cached_property
    def store(self) -> Store:
        """As the administrator's commands see it."""
        told = {name.lower(): value for name, value in self.environment.items()}
        wanted = {name: told[name] for name in Stored.model_fields if name in told}
        return wiring.store(Stored.model_validate(wanted))

    def _knows_people(self) -> bool:
        with self.store.snapshot() as tx:
            return len(tx.people.names()) >= len(OURS)

    def log(self) -> str:
        return (self.folder / "product.log").read_text()

    def close(self) -> None:
        self._closing.set()
        self._watch.join()
        for process in self.processes.values():
            process.kill()
        self._nursery.kill()
        self._nursery.communicate()
        self.store.close()
        self.town.close()

    def _raise_the_dead(self) -> None:
        while not self._closing.wait(LOOK_EVERY_S):
            with self._lock:
                for process in self.processes.values():
                    if not process.lives():
                        process.deaths += 1
                        self._start(process)

    def _start(self, process: Process) -> None:
        environment = {**self.environment, "CRASH_DIR": str(self.folder / "crashes" / process.name)}
        wanted = {"role": process.role, "environment": environment, "log": str(self.folder / "product.log")}
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(wanted) + "\n")
        self._nursery.stdin.flush()
        process.pid = int(self._nursery.stdout.readline())
