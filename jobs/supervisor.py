"""Keeps the processes of the Procfile and the embedded queue server alive, and leaves none behind."""

import ctypes
import logging
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from jobs.queue_server import CannotStart, exclusive, start_queue, stop_queue

log = logging.getLogger(__name__)

STOP_S = 10.0
TICK_S = 0.2
QUEUE_EVERY_S = 2.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
SETTLED_S = 10.0
LARGEST_LOG = 10_000_000
PR_SET_PDEATHSIG = 1


def procfile(text: str) -> dict[str, str]:
    """Name -> command."""
    lines = (line.partition(":") for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name.strip(): command.strip() for name, _, command in lines}


def times(commands: Mapping[str, str], name: str, number: int) -> dict[str, str]:
    """That many of the one of this name: worker-1, worker-2 and so on; of one alone the name stays."""
    if number == 1 or name not in commands:
        return dict(commands)
    many = {f"{name}-{n}": commands[name] for n in range(1, number + 1)}
    return {**{other: line for other, line in commands.items() if other != name}, **many}


@dataclass
class Child:
    """One process, its log, and when it may be started again."""

    name: str
    command: list[str]
    log_dir: Path
    tell: Callable[[str], object]
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause_s: float = FIRST_PAUSE_S
    pump: Thread | None = None

    def tend(self, now: float) -> None:
        if self.process is not None and (code := self.process.poll()) is not None:
            self._ended(code, now)
        if self.process is None and now >= self.due_at:
            self._start(now)

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("%s did not stop in time and is killed", self.name)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.pump is not None:
            self.pump.join(STOP_S)

    def _start(self, now: float) -> None:
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
        self.started_at = now
        self.pump = Thread(target=self._keep_log, args=(self.process,), daemon=True)
        self.pump.start()
        log.info("%s started (process %d)", self.name, self.process.pid)

    def _ended(self, code: int, now: float) -> None:
        if now - self.started_at > SETTLED_S:
            self.pause_s = FIRST_PAUSE_S
        log.warning("%s ended with %d; started again in %.1f s", self.name, code, self.pause_s)
        self.due_at = now + self.pause_s
        self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)
        self.process = None

    def _keep_log(self, process: subprocess.Popen[str]) -> None:
        path = self.log_dir / f"{self.name}.log"
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
        with process, path.open("a", buffering=1) as kept:
            for line in process.stdout or ():
                kept.write(line.rstrip() + "\n")
                self.tell(f"{self.name:<11} | {line.rstrip()}")


def up(
    commands: Mapping[str, str],
    run_dir: Path,
    stop: Event,
    tell: Callable[[str], object] = lambda _line: None,
    embedded: bool = True,
) -> None:
    """Runs until `stop`, from the main thread: a child dies with the thread that started it."""
    log_dir = run_dir / "log"
    with exclusive(run_dir / "up.lock") as lock:
        if lock is None:
            raise CannotStart(f"it is running already: {run_dir / 'up.lock'} is held")
        log_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        children = [Child(name, _argv(line), log_dir, tell) for name, line in commands.items()]
        if embedded:
            start_queue(run_dir)
        try:
            _tend(children, run_dir if embedded else None, stop)
        finally:
            _end(children)
            if embedded:
                stop_queue(run_dir)


def release(command: str | None) -> None:
    """What must be done before any process begins. Raises CannotStart when it fails; it has said why."""
    if command is not None and subprocess.run(_argv(command), check=False).returncode != 0:
        raise CannotStart(f"nothing was started, because this failed: {command}")


def stop_on_signals(stop: Event) -> None:
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda _number, _frame: stop.set())


def _tend(children: list[Child], queue_dir: Path | None, stop: Event) -> None:
    look_at = 0.0
    while not stop.is_set():
        now = time.monotonic()
        if queue_dir is not None and now >= look_at:
            _tend_queue(queue_dir)
            look_at = now + QUEUE_EVERY_S
        for child in children:
            child.tend(now)
        stop.wait(TICK_S)


def _tend_queue(run_dir: Path) -> None:
    try:
        start_queue(run_dir)
    except (CannotStart, OSError, subprocess.SubprocessError):
        log.exception("the queue server is down; tried again in %.0f s", QUEUE_EVERY_S)


def _end(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_S
    for child in children:
        child.end(deadline)


def _argv(line: str) -> list[str]:
    """`python` and what is installed beside it are this interpreter's, whatever the PATH says."""
    first, *rest = shlex.split(line)
    beside = Path(sys.executable).parent / first
    if first in ("python", "python3"):
        return [sys.executable, *rest]
    return [str(beside) if beside.exists() else first, *rest]


def _die_with(parent: int) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def leash() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return leash
