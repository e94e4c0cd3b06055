"""What Home shows one person, read at one moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.blocks import feedback_lines, home
from bot.blocks.card import Block
from bot.blocks.home import Page
from bot.blocks.home_admin import Admin, System
from bot.blocks.home_deals import SHOWN, MyDeal
from bot.blocks.home_team import Load, Team
from bot.blocks.people import Known
from bot.blocks.state import state_of
from bot.figures.critical import order
from bot.figures.pipeline import DealLine, Overdue, is_open, needs
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.questions.feedback import feedback
from bot.store.errors import Erased
from bot.store.health import Connection
from bot.store.reads.deals import line_of
from bot.store.reads.tasks import OpenTask
from bot.store.transaction import Store, Transaction
from bot.streams.company.autonomy import levels
from bot.streams.company.company import Company
from bot.streams.deal.deal import Deal
from bot.streams.decision import Link
from bot.streams.ids import COMPANY, digest
from bot.streams.person.person import Inbox, Person

LATELY = timedelta(days=14)
ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Homes:
    """`transport` is the system's clock, by which the workers keep what they owe."""

    store: Store
    playbook: Playbook
    code: str
    transport: Callable[[], datetime]

    def page(self, user: str, now: datetime, fresh: Deal | None = None, first: bool = False) -> Page | None:
        """None for who is not one of ours any more. `fresh`: a deal that the reads may be behind of."""
        with self.store.snapshot() as tx:
            person = self._person(tx, user)
            if person is None or person.profile is None or not person.profile.active:
                return None
            reports = _below(tx, user)
            every = _lines(tx, (user, *reports), self.playbook, fresh)
            lines = [line for line in every if is_open(line)]
            return Page(
                person=person,
                tasks=self._tasks(tx, person, now),
                deals=self._mine(tx, user, lines),
                won=[line for line in every if line.rep == user and _won_lately(line, now)],
                team=_team(tx, reports, lines, self.playbook, now),
                admin=self._admin(tx, user),
                playbook=self.playbook,
                known=Known(tx.people.names()),
                now=now,
                first=first,
                feedback=self._feedback(tx, user, now),
            )

    def concerned(self, deal: Deal, now: datetime) -> list[str]:
        """Who may be looking at a Home that shows this deal: its rep, and her managers up to the last."""
        with self.store.snapshot() as tx:
            watching = tx.homes.watching(now)
            if not watching:
                return []
            return [who for who in (deal.opening.rep, *_above(tx, deal.opening.rep)) if who in watching]

    def administrators(self, now: datetime) -> list[str]:
        """Who may be looking at the company's switches."""
        with self.store.snapshot() as tx:
            return [who for who in tx.homes.watching(now) if self._switches(tx, who)]

    def _switches(self, tx: Transaction, user: str) -> bool:
        return self.playbook.may(tx.people.groups(user), Permission.PAUSE_SYSTEM)

    def _admin(self, tx: Transaction, user: str) -> Admin | None:
        if not self._switches(tx, user):
            return None
        company: Company = tx.ledger.load(COMPANY, self.code).state
        health = tx.health.read(self.transport())
        return Admin(
            stops=company.stops,
            systems=tuple(_system(each) for each in health.connections),
            waits=health.waits,
            waits_since=health.waits_since,
            database=f"{ENGINES.get(health.engine, health.engine)}, {health.streams} streams, schema {health.revision}",
            levels=levels(company.autonomy, self.playbook),
            changed=company.autonomy,
        )

    def _feedback(self, tx: Transaction, user: str, now: datetime) -> list[str]:
        if not self.playbook.may(tx.people.groups(user), Permission.OVERRIDE_APPROVAL):
            return []
        return feedback_lines.lines(feedback(tx, self.playbook, now), self.playbook)

    def _person(self, tx: Transaction, user: str) -> Person | None:
        stream = tx.links.stream_of(Link("slack.user", user))
        try:
            return tx.ledger.load(stream, self.code).state if stream else None
        except Erased:
            return None

    def _tasks(self, tx: Transaction, person: Person, now: datetime) -> list[tuple[Deal, Inbox]]:
        """As they are to be done: protected ones, those of critical deals, then by deadline."""
        calendar = self.playbook.calendar_of(person.profile.time_zone if person.profile else "")
        ordered = order(person.open, now, calendar, self.playbook.critical)
        found = [(self._deal(tx, item.task.deal), item) for item in ordered]
        return [(deal, item) for deal, item in found if deal is not None]

    def _deal(self, tx: Transaction, stream: str) -> Deal | None:
        try:
            found = tx.ledger.load(stream, self.code).state
            return found if isinstance(found, Deal) else Deal(id=stream)
        except Erased:
            return None

    def _mine(self, tx: Transaction, user: str, lines: Iterable[DealLine]) -> list[MyDeal]:
        """What waits on herself comes first, then what has waited longest."""
        mine = sorted((line for line in lines if line.rep == user), key=lambda line: _urgency(line, user))
        loaded = {line.stream_id: self._deal(tx, line.stream_id) for line in mine[:SHOWN]}
        following = {stream: state_of(deal).next for stream, deal in loaded.items() if deal is not None}
        return [MyDeal(line, following.get(line.stream_id, "")) for line in mine]


def _system(of: Connection) -> System:
    told = of.breaker if of.down else None
    return System(
        name=of.lane,
        owed=of.owed,
        parked=of.parked,
        worked_at=of.worked_at,
        down_since=(told.since or told.counted_at) if told else None,
        code=told.code if told else "",
        again_at=told.until if told else None,
    )


def view_of(page: Page) -> tuple[Block, str]:
    """The view, and a hash of what it says: the moment at which it was made is no news."""
    shown = home.view(page)
    return shown, digest(repr(shown["blocks"][:-1]))


def _urgency(line: DealLine, user: str) -> tuple[bool, bool, str, str]:
    return line.waits_on != user, line.since is None, line.since.isoformat() if line.since else "", line.stream_id


def _below(tx: Transaction, user: str) -> tuple[str, ...]:
    """Who reports to this person, and to these; each once, whatever Salesforce says of who reports to whom."""
    found: dict[str, None] = {}
    asked = [user]
    while asked:
        fresh = [who for who in tx.people.team(asked.pop()) if who not in found and who != user]
        found |= dict.fromkeys(fresh)
        asked += fresh
    return tuple(found)


def _above(tx: Transaction, user: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    while (user := tx.people.manager(user)) and user not in found:
        found[user] = None
    return tuple(found)


def _won_lately(line: DealLine, now: datetime) -> bool:
    return not is_open(line) and line.since is not None and now - line.since < LATELY


def _lines(tx: Transaction, reps: tuple[str, ...], playbook: Playbook, fresh: Deal | None) -> list[DealLine]:
    """Every deal of these that is not lost; a fresh one as it is at this moment."""
    newest = line_of(fresh) if fresh else None
    read = [line for line in tx.deals.of_reps(reps) if newest is None or line.stream_id != newest.stream_id]
    found = [*read, newest] if newest and newest.rep in reps else read
    lost = tx.timelines.among((line.stream_id for line in found), playbook.stages.lost)
    return [line for line in found if line.stream_id not in lost]


def _team(
    tx: Transaction, reports: tuple[str, ...], lines: list[DealLine], playbook: Playbook, now: datetime
) -> Team | None:
    if not reports:
        return None
    deals = tuple(line for line in lines if line.rep in reports)
    ours = {line.stream_id for line in deals}
    waiting = [task for task in tx.tasks.decisions() if task.deal in ours]
    late = [Overdue(t.deal, t.person, t.by_when) for t in waiting if t.by_when and t.by_when < now]
    found = needs(deals, late, playbook.team_digest.attention, now)
    return Team(reports, deals, found, _loads(waiting, now))


def _loads(waiting: list[OpenTask], now: datetime) -> tuple[Load, ...]:
    people = dict.fromkeys(task.person for task in waiting)
    made = [_load(who, [t for t in waiting if t.person == who], now) for who in people]
    return tuple(sorted(made, key=lambda load: (-load.late, -load.open, load.person)))


def _load(who: str, mine: list[OpenTask], now: datetime) -> Load:
    return Load(who, len(mine), sum(1 for task in mine if task.by_when and task.by_when < now))
