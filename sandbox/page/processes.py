"""Countersign's processes, as its operator sees them from outside."""

import os
import signal
from pathlib import Path

import redis

from sandbox.town import Town


def kill_worker(town: Town) -> None:
    """LookupError: none runs at the moment."""
    for process, words in _children(town):
        if "worker" in words and "deals" in words:
            os.kill(process, signal.SIGKILL)
            return
    raise LookupError("No worker runs at the moment; it is about to come back.")


def flush_queue(town: Town) -> None:
    """LookupError: it does not answer."""
    try:
        with redis.Redis(unix_socket_path=str(_socket(town.folder / "run"))) as client:
            client.flushall()
    except redis.RedisError:
        raise LookupError("The queue does not answer.") from None


def memory_kb(town: Town) -> int:
    """Of the sandbox and all of Countersign's processes; pages that several share are shared out."""
    found = [os.getpid(), *(process for process, _ in _children(town))]
    found += [town.process.pid] if town.process is not None else []
    return sum(_resident(process) for process in found)


def _socket(run: Path) -> Path:
    elsewhere = run / "queue.path"
    own = run / "queue.sock"
    return Path(elsewhere.read_text()) if not own.exists() and elsewhere.exists() else own


def _children(town: Town) -> list[tuple[int, list[str]]]:
    """(process, its words), of the supervisor that this town started."""
    if town.process is None:
        return []
    found = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [(process, _words(process)) for process in found if _parent(process) == town.process.pid]


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _words(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def _resident(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
