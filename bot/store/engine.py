"""Opens the database: SQLite by its file, PostgreSQL by its URL; says in the store's own words what went wrong."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteBusy
from typing import Any

import sqlalchemy as sa

from bot.store.connections import Connections
from bot.store.errors import Away, LostRace

POSTGRES = "postgresql"
LOST = frozenset({"23505", "40001", "40P01", "55P03"})  # taken, not in order, deadlock, waited too long for a row
SQLITE_TAKEN = "UNIQUE constraint failed"
# A process that hangs with a row in its hand is let go; one that waits for a row begins again.
SESSION = ("SET lock_timeout = '10s'", "SET idle_in_transaction_session_timeout = '60s'")
NO_WAIT = "SET synchronous_commit = off"  # a later commit that waits for the disk takes this one along
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 40, "pool_timeout": 10}
CONNECT_S = 5
Engines = tuple[sa.Engine, sa.Engine, sa.Engine]  # to write for good, to write what may be lost with the power, to read


class Engine:
    """`writing` sees what is committed at each statement, and locks rows; `reading` sees one moment."""

    def __init__(self, url: str) -> None:
        parsed = _parsed(url)
        self.embedded = parsed.get_backend_name() == "sqlite"
        self._lock: Path | None = None
        self._engines = self._sqlite(parsed) if self.embedded else _postgres(parsed)
        self._connections = tuple(Connections(each, self._let_go) for each in self._engines)
        self._lasting, self._passing, self._reading = self._connections

    @property
    def name(self) -> str:
        return self._engines[0].dialect.name

    @contextmanager
    def writing(self, lasting: bool = True) -> Iterator[sa.Connection]:
        """Committed at the end. Raises LostRace or Away; then nothing was written, or nobody can know (Away). What is
        not `lasting` outlives any process, but a loss of power may take it back, whole."""
        with _told(), self._alone(), (self._lasting if lasting else self._passing).begin() as sql:
            yield sql

    @contextmanager
    def part(self, sql: sa.Connection) -> Iterator[None]:
        """Of a transaction: undone alone when it raises."""
        with _told():
            driver: Any = sql.connection.driver_connection
            driver.execute("SAVEPOINT part")
            try:
                yield
            except BaseException:
                driver.execute("ROLLBACK TO part")
                raise
            finally:
                driver.execute("RELEASE part")

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with _told(), self._reading.begin() as sql:
            yield sql

    def scrub(self, table: str) -> None:
        """What was changed in the table is gone from its file too, as far as the engine can see to it."""
        line = "PRAGMA wal_checkpoint(TRUNCATE)" if self.embedded else f"VACUUM FULL {table}"
        with _told(), self._alone(), closing(self._engines[0].raw_connection()) as raw:
            driver: Any = raw.driver_connection
            if not self.embedded:
                driver.autocommit = True
            driver.execute(line)
            raw.invalidate()

    def close(self) -> None:
        self._let_go()
        for each in self._engines:
            each.dispose()

    def _let_go(self) -> None:
        for each in self._connections:
            each.let_go()

    def _sqlite(self, url: sa.URL) -> Engines:
        path = Path(url.database or "countersign.db")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = path.with_name(f"{path.name}.lock")
        return (
            _file(url, "BEGIN IMMEDIATE"),
            _file(url, "BEGIN IMMEDIATE", "NORMAL"),
            _file(url, "BEGIN"),
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """SQLite's own busy handler is unfair: under two busy writers a third waits for seconds."""
        if self._lock is None:
            yield
            return
        file = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)


def _file(url: sa.URL, begin: str, synchronous: str = "FULL") -> sa.Engine:
    engine = sa.create_engine(url, **POOL)
    sa.event.listen(engine, "connect", partial(_prepare, synchronous))
    sa.event.listen(engine, "begin", partial(_begin, begin))
    return engine


def _begin(line: str, sql: sa.Connection) -> None:
    """Past SQLAlchemy, whose own way to say it costs ten times as much."""
    driver: Any = sql.connection.driver_connection
    driver.execute(line)


def _prepare(synchronous: str, connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(f"PRAGMA synchronous={synchronous}")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA secure_delete=FAST")


def _parsed(url: str) -> sa.URL:
    """Hosts hand out postgres:// and postgresql://; ours is spoken by psycopg 3."""
    scheme, _, rest = url.partition("://")
    return sa.make_url(f"{POSTGRES}+psycopg://{rest}" if scheme in ("postgres", POSTGRES) else url)


def _postgres(url: sa.URL) -> Engines:
    """READ COMMITTED to write: keys and row locks decide races. A snapshot to read, as SQLite has it."""
    engine, passing = _pool(url, SESSION), _pool(url, (*SESSION, NO_WAIT))
    writer, passing = (each.execution_options(isolation_level="READ COMMITTED") for each in (engine, passing))
    return writer, passing, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _pool(url: sa.URL, settings: tuple[str, ...]) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"connect_timeout": CONNECT_S}, pool_pre_ping=True, **POOL)
    sa.event.listen(engine, "connect", partial(_settle_session, settings))
    return engine


def _settle_session(settings: tuple[str, ...], connection: Any, _record: object) -> None:
    for setting in settings:
        connection.execute(setting)
    connection.commit()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as problem:
        if _lost(problem):
            raise LostRace from problem
        if problem.connection_invalidated or isinstance(problem, sa.exc.OperationalError | sa.exc.InterfaceError):
            raise Away from problem
        raise
    except (sa.exc.TimeoutError, SqliteBusy) as busy:
        raise Away from busy


def _lost(problem: sa.exc.DBAPIError) -> bool:
    return getattr(problem.orig, "sqlstate", None) in LOST or SQLITE_TAKEN in str(problem.orig)
