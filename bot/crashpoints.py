"""The places at which a kill is dangerous. Each is a no-op until `arm` was called; the tests kill at every one."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Lock

# name -> what is half done there
POINTS = {
    "receive.verified": "a request is genuine, and nothing is written",
    "receive.committed": "its command is committed, and nobody knows it",
    "receive.rung": "a worker knows it, and perhaps the sender does not",
    "dispatch.begun": "a transaction is open, and the key was not seen before",
    "dispatch.facts": "facts are written, nothing is owed yet",
    "dispatch.owed": "effects are owed, deadlines and links are missing",
    "dispatch.recorded": "all is written, the key is not yet remembered",
    "store.committing": "all is written, nothing is committed",
    "store.committed": "all is committed, the caller does not know",
    "lease.taking": "a row is leased, and the lease is not committed",
    "lease.taken": "a row is leased, and nothing was done for it",
    "call.before": "the right was checked, the outside was not called",
    "call.between": "the first of two calls is done",
    "call.done": "the outside has acted, and we have not written it down",
    "call.failed": "the outside said no, and we have not written it down",
    "settle.marked": "the row is done, its result is not yet told",
    "settle.answered": "the result is told, and nothing is committed",
    "settle.done": "it is settled, and the stream that it woke is not rung for",
    "deadline.dropped": "a deadline is gone, its command is not yet given",
    "project.written": "reads are written, and not committed",
    "file.written": "a file is on the disk under a name of the moment",
    "file.renamed": "a file is in its place, and its folder is not on the disk",
    "ring.before": "a stream is due, and nobody was rung for",
    "ring.after": "the bell was rung, and its rings are not counted",
}

_armed: Callable[[str], None] | None = None


def crashpoint(name: str) -> None:
    """Costs one comparison."""
    if _armed is not None:
        _armed(name)


def arm(folder: Path) -> None:
    """`folder/plan` names passes, `name number` a line: at each of them this process kills itself.
    Every pass is appended to `folder/passed`, from which the numbers go on after a restart."""
    global _armed  # one process, one plan
    _armed = Plan(folder).passed


class Plan:
    def __init__(self, folder: Path) -> None:
        self._kills = frozenset(_lines(folder / "plan"))
        self._passes = Counter(line.partition(" ")[0] for line in _lines(folder / "passed"))
        self._note = os.open(folder / "passed", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._lock = Lock()

    def passed(self, name: str) -> None:
        with self._lock:
            self._passes[name] += 1
            this = f"{name} {self._passes[name]}"
            os.write(self._note, f"{this}\n".encode())
            if this in self._kills:
                os.kill(os.getpid(), signal.SIGKILL)


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []
