"""Opens the database: SQLite by its file, PostgreSQL by its URL; says in the store's own words what went wrong."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

import sqlalchemy as sa

from bot.store.errors import Away, LostRace

POSTGRES = "postgresql"
LOST = frozenset({"23505", "40001", "40P01", "55P03"})  # taken, not in order, deadlock, waited too long for a row
SQLITE_TAKEN = "UNIQUE constraint failed"
# A process that hangs with a row in its hand is let go; one that waits for a row begins again.
SESSION = ("SET lock_timeout = '10s'", "SET idle_in_transaction_session_timeout = '60s'")
POOL: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 40, "pool_timeout": 10}
CONNECT_S = 5


class Engine:
    """`writing` sees what is committed at each statement, and locks rows; `reading` sees one moment."""

    def __init__(self, url: str) -> None:
        parsed = _parsed(url)
        self.embedded = parsed.get_backend_name() == "sqlite"
        self._lock: Path | None = None
        self._writer, self._reader = self._sqlite(parsed) if self.embedded else _postgres(parsed)

    @property
    def name(self) -> str:
        return self._writer.dialect.name

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Committed at the end. Raises LostRace or Away; then nothing was written, or nobody can know (Away)."""
        with _told(), self._alone(), self._writer.begin() as sql:
            yield sql

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with _told(), self._reader.begin() as sql:
            yield sql

    def scrub(self, table: str) -> None:
        """What was changed in the table is gone from its file too, as far as the engine can see to it."""
        line = "PRAGMA wal_checkpoint(TRUNCATE)" if self.embedded else f"VACUUM FULL {table}"
        with _told(), self._alone(), closing(self._writer.raw_connection()) as raw:
            driver: Any = raw.driver_connection
            if not self.embedded:
                driver.autocommit = True
            driver.execute(line)
            raw.invalidate()

    def close(self) -> None:
        self._writer.dispose()

    def _sqlite(self, url: sa.URL) -> tuple[sa.Engine, sa.Engine]:
        path = Path(url.database or "countersign.db")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = path.with_name(f"{path.name}.lock")
        engine = sa.create_engine(url)
        sa.event.listen(engine, "connect", prepare)
        sa.event.listen(engine, "begin", _begin)
        return engine.execution_options(begin="BEGIN IMMEDIATE"), engine.execution_options(begin="BEGIN")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """SQLite's own busy handler is unfair: under two busy writers a third waits for seconds."""
        with self._lock.open("a") if self._lock else nullcontext() as file:
            if file is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield


def prepare(connection: SqliteConnection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA secure_delete=FAST")


def _parsed(url: str) -> sa.URL:
    """Hosts hand out postgres:// and postgresql://; ours is spoken by psycopg 3."""
    scheme, _, rest = url.partition("://")
    return sa.make_url(f"{POSTGRES}+psycopg://{rest}" if scheme in ("postgres", POSTGRES) else url)


def _postgres(url: sa.URL) -> tuple[sa.Engine, sa.Engine]:
    """READ COMMITTED to write: keys and row locks decide races. A snapshot to read, as SQLite has it."""
    engine = sa.create_engine(url, connect_args={"connect_timeout": CONNECT_S}, **POOL)
    sa.event.listen(engine, "connect", _settle_session)
    writer = engine.execution_options(isolation_level="READ COMMITTED")
    return writer, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _settle_session(connection: Any, _record: object) -> None:
    for setting in SESSION:
        connection.execute(setting)
    connection.commit()


def _begin(sql: sa.Connection) -> None:
    sql.exec_driver_sql(sql.get_execution_options()["begin"])


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
    except sa.exc.TimeoutError as busy:
        raise Away from busy


def _lost(problem: sa.exc.DBAPIError) -> bool:
    return getattr(problem.orig, "sqlstate", None) in LOST or SQLITE_TAKEN in str(problem.orig)
