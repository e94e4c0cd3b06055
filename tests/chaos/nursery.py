"""Loads the product once and forks its processes from there: a kill and a new start cost a tenth of a second.

`python -m tests.chaos.nursery` reads a line of JSON for each process wanted, and answers with its process id.
"""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event

from bot import dispatch, wiring
from bot.cli import main as cli
from bot.store.errors import Away, LostRace
from jobs import worker

PR_SET_PDEATHSIG = 1
LOOK_EVERY_S = 0.02


def work() -> None:
    """As the queue would ask, without a queue: whatever is due, at once."""
    of = wiring.settings()
    relay = worker.relay_of(of, lambda _stream: None)
    due = dispatch.due(relay.dispatcher, relay.clock)
    while True:
        with suppress(Away, LostRace):
            for stream_id in dict.fromkeys(due()):
                relay.poke(stream_id)
        Event().wait(LOOK_EVERY_S)


ROLES: dict[str, Callable[[], None]] = {"web": cli.web, "clock": cli.clock, "worker": work}


def main() -> None:
    wiring.playbook(wiring.local())
    wiring.local.cache_clear()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries them
    for line in sys.stdin:
        wanted = json.loads(line)
        if (pid := os.fork()) == 0:
            _live(ROLES[wanted["role"]], wanted["environment"], Path(wanted["log"]))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def _live(role: Callable[[], None], environment: dict[str, str], log: Path) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as said, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        for number in (1, 2):
            os.dup2(said.fileno(), number)
    try:
        role()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
