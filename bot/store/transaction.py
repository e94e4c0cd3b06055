"""Hands out transactions; all SQL of the product happens inside one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from bot.crashpoints import crashpoint
from bot.store import personal, schema
from bot.store.breakers import Breakers
from bot.store.data_keys import DataKeys
from bot.store.deadlines import Deadlines
from bot.store.engine import Engine
from bot.store.health import HealthOf
from bot.store.homes import Homes
from bot.store.keyring import Keyring
from bot.store.ledger import Ledger
from bot.store.links import Links
from bot.store.measures import Measures
from bot.store.offices import Offices
from bot.store.outbox import Outbox
from bot.store.parked import ParkedRows
from bot.store.reads.bottlenecks import BottlenecksOf
from bot.store.reads.busy import BusyOf
from bot.store.reads.critical import CriticalOf
from bot.store.reads.customers import Customers
from bot.store.reads.deals import Deals
from bot.store.reads.decisions import Decisions
from bot.store.reads.doors import DoorsOf
from bot.store.reads.escalations import EscalationsOf
from bot.store.reads.feedback import FeedbackOf
from bot.store.reads.marks import Marks
from bot.store.reads.memos import Memos
from bot.store.reads.negotiated import Negotiated
from bot.store.reads.news import NewsOf
from bot.store.reads.past_deals import PastDeals
from bot.store.reads.people import People
from bot.store.reads.queues import Queues
from bot.store.reads.reminders import RemindersOf
from bot.store.reads.risks import RisksOf
from bot.store.reads.switches import Switches
from bot.store.reads.tasks import Tasks
from bot.store.reads.timelines import Timelines
from bot.store.tables import data_keys
from bot.store.texts import Texts
from bot.store.together import Job, Together
from bot.streams.company.company import Company
from bot.streams.customer.customer import Customer
from bot.streams.deal.deal import Deal
from bot.streams.decision import Reads
from bot.streams.news.news import News
from bot.streams.past.past import Past
from bot.streams.person.person import Person

T = TypeVar("T")


class OfDeals(Protocol):
    """A read that each deal has its rows in."""

    def project(self, deal: Deal, /) -> None: ...


class Transaction:
    """What is not asked for is not made: most transactions need a few of these."""

    def __init__(self, sql: sa.Connection, keyring: Keyring, reading: bool = False) -> None:
        self._sql = sql
        self._locking = not reading and sql.dialect.name != "sqlite"
        self.keys = DataKeys(sql, keyring)

    ledger = cached_property(lambda tx: Ledger(tx._sql, tx.keys, tx._locking))
    outbox = cached_property(lambda tx: Outbox(tx._sql, tx.keys))
    parked = cached_property(lambda tx: ParkedRows(tx._sql, tx.outbox))
    breakers = cached_property(lambda tx: Breakers(tx._sql))
    offices = cached_property(lambda tx: Offices(tx._sql))
    measures = cached_property(lambda tx: Measures(tx._sql))
    deadlines = cached_property(lambda tx: Deadlines(tx._sql, tx.keys))
    links = cached_property(lambda tx: Links(tx._sql))
    texts = cached_property(lambda tx: Texts(tx._sql, tx.keys))
    people = cached_property(lambda tx: People(tx._sql))
    tasks = cached_property(lambda tx: Tasks(tx._sql, tx.keys))
    switches = cached_property(lambda tx: Switches(tx._sql))
    deals = cached_property(lambda tx: Deals(tx._sql, tx.keys))
    past_deals = cached_property(lambda tx: PastDeals(tx._sql, tx.keys))
    timelines = cached_property(lambda tx: Timelines(tx._sql, tx.keys))
    reminders = cached_property(lambda tx: RemindersOf(tx._sql))
    escalations = cached_property(lambda tx: EscalationsOf(tx._sql))
    risks = cached_property(lambda tx: RisksOf(tx._sql))
    decisions = cached_property(lambda tx: Decisions(tx._sql, tx.keys))
    feedback = cached_property(lambda tx: FeedbackOf(tx._sql, tx.keys))
    customers = cached_property(lambda tx: Customers(tx._sql))
    bottlenecks = cached_property(lambda tx: BottlenecksOf(tx._sql))
    queues = cached_property(lambda tx: Queues(tx._sql))
    memos = cached_property(lambda tx: Memos(tx._sql))
    negotiated = cached_property(lambda tx: Negotiated(tx._sql))
    critical = cached_property(lambda tx: CriticalOf(tx._sql))
    news = cached_property(lambda tx: NewsOf(tx._sql, tx.keys))
    busy = cached_property(lambda tx: BusyOf(tx._sql))
    doors = cached_property(lambda tx: DoorsOf(tx._sql))
    marks = cached_property(lambda tx: Marks(tx._sql))
    homes = cached_property(lambda tx: Homes(tx._sql))
    health = cached_property(lambda tx: HealthOf(tx._sql, tx.outbox, tx.breakers, tx.measures))

    @property
    def _of_deals(self) -> tuple[OfDeals, ...]:
        return (
            self.deals,
            self.timelines,
            self.decisions,
            self.reminders,
            self.escalations,
            self.risks,
            self.bottlenecks,
            self.critical,
            self.queues,
            self.past_deals,
            self.memos,
        )

    def read(self, names: Iterable[str], state: object = None) -> Reads:
        """For a rule; `state` is the stream that it decides for."""
        sources: Mapping[str, Callable[[], Any]] = {
            "colleagues": self.people.colleagues,
            "stops": self.switches.stops,
            "autonomy": self.switches.autonomy,
            "past_deals": lambda: self.past_deals.like(state),
            "news": self.news.taken,
            "paces": self.decisions.paces,
            "weekdays": self.decisions.weekdays,
            "busy": self.busy.coming,
            "reminded": self.reminders.told,
            "tempos": self.decisions.tempos,
            "queues": lambda: self.queues.all(state),
            "past_of": lambda: self.past_deals.of_industry(state),
            "demands": lambda: self.negotiated.demands(state),
            "objections": lambda: self.negotiated.objections(state),
        }
        return Reads(**{name: sources[name]() for name in names})

    def erase(self, stream_id: str, at: datetime) -> None:
        """For ever: what was encrypted for the stream cannot be read any more, and its words in reads are gone."""
        personal.erase(self._sql, self.keys, stream_id, at)

    def project_now(self, state: Person | Company | Deal | Customer | News) -> None:
        """The reads that a right or a stop depends on; all others wait for `project_later`."""
        match state:
            case Person():
                self.people.project(state)
                self.tasks.project(state)
                self.feedback.project(state)
                self.marks.set(state.id)
            case Company():
                self.switches.project(state)
                self.marks.set(state.id)
            case _:
                self.marks.set(state.id)

    def project_later(self, state: Person | Company | Deal | Customer | News | Past) -> None:
        """Every read of a stream that `ledger.load` gave in this transaction: who writes a newer fact waits for it,
        and then sets the mark anew."""
        match state:
            case Person():
                self.people.project(state)
                self.tasks.project(state)
                self.feedback.project(state)
                self.doors.project(state)
            case Deal():
                for read in self._of_deals:
                    read.project(state)
            case Company():
                self.switches.project(state)
                self.past_deals.project_history(state)
                self.busy.project(state)
            case Customer():
                self.customers.project(state)
                self.negotiated.project(state)
            case News():
                self.news.project(state)
            case Past():
                self.past_deals.project_past(state)
        self.marks.clear(state.id)


class Store:
    """By the database's URL. The embedded one is brought to this release's schema; any other must have it.

    Raises WrongKey for another store's keyring, OtherSchema for another release's tables, and Away.
    """

    def __init__(self, url: str, keyring: Keyring) -> None:
        self.keyring = keyring
        self.engine = Engine(url)
        self._together = Together(self._carry_out)
        try:
            schema.prepare(self.engine)
            with self.engine.reading() as sql:
                DataKeys(sql, keyring).check()
        except Exception:
            self.close()
            raise

    @contextmanager
    def transaction(self, lasting: bool = True) -> Iterator[Transaction]:
        """Raises LostRace when another writer was first: nothing was written."""
        with self.engine.writing(lasting) as sql:
            yield Transaction(sql, self.keyring)
            crashpoint("store.committing")
        crashpoint("store.committed")

    def run(self, work: Callable[[Transaction], T], lasting: bool = True) -> T:
        """As `transaction`. On the embedded database, which has one writer at a time, works that wait for their turn
        are committed together; which of several locks heads first, no two on a server may disagree on.

        The work may be done by another thread, and what it raises undoes nothing but this work.
        """
        if self.engine.embedded:
            answer: T = self._together.run(work, lasting)
            return answer
        with self.transaction(lasting) as tx:
            return work(tx)

    def _carry_out(self, jobs: Sequence[Job]) -> None:
        with self.engine.writing(any(job.lasting for job in jobs)) as sql:
            for job in jobs:
                with job, self.engine.part(sql):
                    job.answer = job.work(Transaction(sql, self.keyring))
            crashpoint("store.committing")
        crashpoint("store.committed")

    @contextmanager
    def snapshot(self) -> Iterator[Transaction]:
        with self.engine.reading() as sql:
            yield Transaction(sql, self.keyring, reading=True)

    def file_key(self, stream_id: str) -> bytes | None:
        """What a stream's files are encrypted with; none when the stream is erased, or was never begun."""
        with self.snapshot() as tx:
            return tx.keys.file_key(stream_id)

    def scrub(self) -> None:
        """After an erasing: of a destroyed data key the file keeps no copy."""
        self.engine.scrub(data_keys.name)

    def close(self) -> None:
        self.engine.close()
