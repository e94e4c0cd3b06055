"""How the installation is, read at one moment: what is counted, and whether it can work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.store import schema
from bot.store.breakers import Breaker
from bot.store.errors import Away
from bot.store.measures import Lot
from bot.store.offices import CLOCK, Office
from bot.store.transaction import Store


@dataclass(frozen=True, slots=True)
class Counted:
    """`late` are deadlines that are over, `latest` seconds since the earliest of them; `ages` the seconds since the
    oldest effect of a lane was owed; `memos` those of legal that were accepted as they were, and those amended."""

    facts: dict[str, int]
    lots: tuple[Lot, ...]
    ages: dict[str, float]
    late: int
    latest: float
    breakers: tuple[Breaker, ...]
    offices: tuple[Office, ...]
    memos: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Readiness:
    """`database` is ok, away or another schema; without it nothing is taken. Without the queue, or without a clock's
    beat, it works, and slower. `beat` is in seconds."""

    database: str
    queue: bool
    beat: float | None

    @property
    def ready(self) -> bool:
        return self.database == "ok"


@dataclass(frozen=True, slots=True)
class Health:
    """`business` is the company's clock, `transport` the system's; `queue` asks whether the queue server answers."""

    store: Store
    business: Callable[[], datetime]
    transport: Callable[[], datetime]
    queue: Callable[[], bool]

    def counted(self) -> Counted:
        now, today = self.transport(), self.business()
        with self.store.snapshot() as tx:
            lots, (late, first) = tuple(tx.measures.lots(now)), tx.measures.late(today)
            return Counted(
                facts=tx.measures.facts(),
                lots=lots,
                ages={lot.lane: _seconds(today, lot.since) for lot in lots},
                late=late,
                latest=_seconds(today, first),
                breakers=tuple(tx.breakers.every()),
                offices=tuple(tx.offices.every()),
                memos=tx.memos.counted(),
            )

    def readiness(self) -> Readiness:
        try:
            with self.store.engine.reading() as sql:
                same = schema.revision(sql) == schema.wanted()
            with self.store.snapshot() as tx:
                clocks = [office for office in tx.offices.every() if office.office == CLOCK]
        except Away:
            return Readiness("away", self.queue(), None)
        beat = _seconds(self.transport(), clocks[0].ticked_at) if clocks else None
        return Readiness("ok" if same else "another schema", self.queue(), beat)


def _seconds(now: datetime, since: datetime | None) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0
