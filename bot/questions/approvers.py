"""Who decides approvals, with what waits on each, and what two weeks will bring: read at one moment."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.blocks.people import Known
from bot.blocks.team_card import Team
from bot.figures.afterwards import OVER
from bot.figures.standing_in import stood_in
from bot.figures.workload import Load, View, Waiting, load_of, speed_of
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.store.errors import Erased
from bot.store.reads.tasks import OpenTask
from bot.store.transaction import Store, Transaction
from bot.streams.decision import Colleague
from bot.streams.person.person import Person

DEFAULT_LOOK = 5  # minutes, of a request whose rule the policy has no more
BY_PEOPLE = frozenset({"own", "delegated"})


@dataclass(frozen=True, slots=True)
class Approvers:
    store: Store
    playbook: Playbook
    code: str

    def team(self, viewer: str, now: datetime) -> Team:
        """Speed only of the viewer herself, and of who reports to her."""
        book, rules = self.playbook, self.playbook.approvals.workload
        with self.store.snapshot() as tx:
            people = tx.people.colleagues()
            every = tx.decisions.since(now - timedelta(weeks=rules.weeks_back))
            decided = [d for d in every if d.way in BY_PEOPLE]
            open_tasks = tx.tasks.decisions()
            able = [c for c in people if book.may(c.groups, Permission.DECIDE_APPROVAL)]
            view = View(now, rules, people, {c.person: self._waiting(c, open_tasks) for c in able}, decided)
            reports = frozenset(tx.people.team(viewer))
            loads = [self._load(tx, c, able, view, viewer, reports) for c in able]
        calendar = book.calendars[book.default_calendar]
        return Team(
            loads=tuple(sorted(loads, key=lambda load: (-load.overdue, -load.open, load.colleague.name))),
            stood_in=stood_in(decided, rules.least_decisions, calendar),
            known=Known({c.person: c.name for c in people}),
            now=now,
        )

    def _load(
        self, tx: Transaction, who: Colleague, able: list[Colleague], view: View, viewer: str, reports: frozenset[str]
    ) -> Load:
        book = self.playbook
        roles = tuple(r for r in sorted(book.roles_of(who.groups)) if Permission.DECIDE_APPROVAL in book.roles[r].may)
        equals = [c for c in able if any(c.groups & book.groups_of(role) for role in roles)]
        titles = tuple(book.roles[role].title for role in roles)
        load = load_of(who, titles, equals, view, book.calendar_of(who.time_zone))
        if who.person != viewer and who.person not in reports:
            return load
        over = [became for became in tx.decisions.after_yes_of(who.person) if became in OVER]
        speed, clear = speed_of(who.person, view.decided), self._clear(tx, who)
        return replace(load, speed=speed, clear=clear, kept=(over.count("kept"), len(over)))

    def _clear(self, tx: Transaction, who: Colleague) -> tuple[int, int]:
        try:
            person: Person = tx.ledger.load(who.stream_id, self.code).state
        except Erased:
            return 0, 0
        told = [item.clear for item in person.inbox if item.clear is not None]
        return sum(told), len(told)

    def _waiting(self, who: Colleague, tasks: list[OpenTask]) -> tuple[Waiting, ...]:
        return tuple(self._one(task) for task in tasks if task.person == who.person)

    def _one(self, task: OpenTask) -> Waiting:
        """The request's id is its package's version, the rule, and the seat from the second on."""
        name = task.about.partition("-")[2]
        policy = self.playbook.approvals
        rule = policy.rule(name) or policy.rule(name.rpartition("-")[0])
        return Waiting(rule.id if rule else name, task.by_when, rule.look_minutes if rule else DEFAULT_LOOK)
