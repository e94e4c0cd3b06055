"""Simulated: how long approvals take in a seeded company by our plan, against the best plain way.

Ours: side by side where the policy lets it, to who will have decided first, to a deputy of who is away, and on to the
next when it is overdue; by the product's own rules. Plainly: all at once to the right people by policy, each role's
turn by turn, whether they are there or not; and the same among those who are there. The better of these two is the
peer. The null is a company where nothing of this can help. `python -m benchmarks.approvals_simulated`
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from math import exp, sqrt
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from benchmarks.office_simulated import ASSUMED, BEGINS, Approver, Coming, Parameters, approvers, deals
from benchmarks.results import record
from bot.agents.approvals.choosing import back
from bot.agents.approvals.plan import next_of
from bot.agents.approvals.planning import Asker, Planned, later, plan_of, times_of
from bot.figures.conditions import holds
from bot.figures.hours import add_business_hours, business_minutes
from bot.figures.pace import pace_of
from bot.figures.waiting import Window
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.opening import Opening
from bot.streams.decision import Colleague, Context, Pace, Reads
from bot.wiring import playbook_in

ROOT = Path(__file__).parents[1]
SEEDS, SWEPT, ABSENT = 48, 24, (0.0, 0.06, 0.12, 0.24)
REP = "rep"
T_95 = 2.07  # Student's for 24 companies; for more it is a little wide
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STUCK = timedelta(days=10)


Act = Callable[[datetime], None]


@dataclass
class Case:
    """One deal under way."""

    coming: Coming
    planned: tuple[Planned, ...]
    low: datetime
    high: datetime
    decided: dict[str, datetime] = field(default_factory=dict)
    holders: dict[str, list[str]] = field(default_factory=dict)
    told: int = 0

    @property
    def took(self) -> timedelta:
        return max(self.decided.values()) - self.coming.at


@dataclass
class Company:
    """A way of asking in one company. `people` are as they are; `picks` says whom the planner is shown."""

    seed: int
    of: Parameters
    book: Playbook
    ours: bool
    present_only: bool = False
    people: dict[str, Approver] = field(default_factory=dict)
    minutes: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    events: list[tuple[datetime, int, Act]] = field(default_factory=list)
    turn: dict[str, int] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    number: int = 0

    def run(self) -> list[Case]:
        self.people = approvers(self.seed, self.of)
        for coming in deals(self.seed, self.of, self.book):
            self.at(coming.at, partial(self.begins, coming))
        for name, who in self.people.items():
            self.other_work(name, who)
        while self.events:
            now, _, act = heappop(self.events)
            act(now)
        return self.cases

    def at(self, moment: datetime, act: Act) -> None:
        self.number += 1
        heappush(self.events, (moment, self.number, act))

    def other_work(self, name: str, who: Approver) -> None:
        """The same for every way."""
        chance = random.Random(f"other {self.seed} {name}")
        at = BEGINS
        while who.other_rate and at < BEGINS + self.of.days * DAY:
            at += DAY * chance.expovariate(who.other_rate)
            self.at(at, partial(self.comes, who, (0, self.of.other_work_minutes), lambda _: None))

    def comes(self, who: Approver, lasts: tuple[float, float], done: Act, now: datetime) -> None:
        """It waits until she looks, in her hours, when she is there; what she looks at she does one after the other."""
        who.open += 1
        calendar = self.book.calendar_of(who.colleague.time_zone)
        here, _ = back(who.really, now, self.context(now))
        looks = add_business_hours(here, timedelta(minutes=lasts[0]), calendar)
        self.at(back(who.really, looks, self.context(looks))[0], partial(self.works, who, lasts[1], done))

    def works(self, who: Approver, minutes: float, done: Act, now: datetime) -> None:
        begins, _ = back(who.really, max(now, who.free_at), self.context(now))
        who.free_at = add_business_hours(
            begins, timedelta(minutes=minutes), self.book.calendar_of(who.colleague.time_zone)
        )
        self.at(who.free_at, partial(self.ends, who, done))

    def ends(self, who: Approver, done: Act, now: datetime) -> None:
        who.open -= 1
        done(now)

    def context(self, now: datetime) -> Context:
        return Context(now=now, playbook=self.book)

    def knows(self, now: datetime) -> Context:
        """What the planner is shown at that moment."""
        shown = [replace(each.colleague, open_tasks=each.open) for each in self.people.values()]
        if not self.ours:
            return Context(now=now, playbook=self.book, reads=Reads(colleagues=tuple(self.plainly(shown, now))))
        paces: tuple[Pace, ...] = tuple(pace_of(rule, who, took) for (rule, who), took in self.minutes.items())
        return Context(now=now, playbook=self.book, reads=Reads(colleagues=tuple(shown), paces=paces))

    def plainly(self, shown: Iterable[Colleague], now: datetime) -> Iterable[Colleague]:
        """Of each role one, turn by turn; `present_only`: of those who are known to be there."""
        groups: dict[str, list[Colleague]] = {}
        for each in shown:
            groups.setdefault(next(iter(each.groups)), []).append(each)
        for group, members in groups.items():
            there = [c for c in members if not c.is_away(now.date())] if self.present_only else members
            turn = self.turn[group] = self.turn.get(group, -1) + 1
            yield replace((there or members)[turn % len(there or members)], open_tasks=0, away=(), gives=())

    def begins(self, coming: Coming, now: datetime) -> None:
        share = self.book.approvals.urgent.share_of_deadline // 100 if coming.urgent else 100
        context = self.knows(now)
        planned = plan_of(coming.needs, Asker(REP, coming.total, f"{coming.no}-", share), context)
        times = times_of(planned, context).values()
        low, high = (max((getattr(t, name) for t in times), default=now) for name in ("early", "late"))
        case = Case(coming, planned, low, high)
        for each in planned:
            if each.choice is None:
                case.decided[each.approval.id] = now
        self.cases.append(case)
        self.asks_due(case, now)

    def asks_due(self, case: Case, now: datetime) -> None:
        wanted = {each.approval.id for each in case.planned}
        for each in case.planned:
            approval = each.approval
            waits = any(name in wanted and name not in case.decided for name in approval.after)
            if each.choice is not None and approval.id not in case.holders and not waits:
                self.asks(case, approval, each.choice.taken.person, now)

    def asks(self, case: Case, approval: Approval, person: str, now: datetime) -> None:
        """Who is said to be away is not asked when somebody else may decide."""
        who = self.people[person]
        if self.ours and who.colleague.is_away(now.date()):
            found = next_of(self.deal, approval, self.knows(now), {person})
            who = self.people[found.person] if found else who
        case.holders.setdefault(approval.id, []).append(who.colleague.person)
        case.told += 1
        lasts = self.reaction(case, approval, who), approval.look_minutes
        self.comes(who, lasts, partial(self.decides, case, approval, who, now), now)
        if self.ours:
            self.at(self.late_at(case, approval, who, now), partial(self.overdue, case, approval))

    def late_at(self, case: Case, approval: Approval, who: Approver, now: datetime) -> datetime:
        """When the share of its time is over that the playbook's row for such a deal says."""
        calendar, coming = self.book.calendar_of(who.colleague.time_zone), case.coming
        until = later(approval, who.colleague, self.context(now))
        if len(case.holders[approval.id]) == 1:
            minutes = business_minutes(approval.begins_at or now, approval.by_when, calendar)
            until = add_business_hours(now, timedelta(minutes=minutes), calendar)
        facts = {
            FactName.TOTAL: coming.total.decimal(),
            FactName.CURRENCY: coming.total.currency,
            FactName.DAYS_TO_CLOSE: 1 if coming.urgent else 30,
            FactName.COMPETITOR: "",
        }
        row = next(row for row in self.book.escalations.rows if holds(row.when, facts))
        return max(Window(now, until, calendar).at(row.at), now)

    @property
    def deal(self) -> Deal:
        return Deal("deal:simulated", opening=Opening(rep=REP))

    def reaction(self, case: Case, approval: Approval, who: Approver) -> float:
        """The same for the same person and request, whichever way it came to her."""
        name = who.colleague.person
        chance = random.Random(f"{self.seed} {case.coming.no} {approval.rule} {'' if self.of.alike else name}")
        return self.of.reaction_minutes * exp(chance.gauss(0, self.of.reaction_spread) + who.slowness)

    def decides(self, case: Case, approval: Approval, who: Approver, since: datetime, now: datetime) -> None:
        if approval.id in case.decided:
            return
        case.decided[approval.id] = now
        took = business_minutes(since, now, self.book.calendar_of(who.colleague.time_zone))
        self.minutes.setdefault((approval.rule, who.colleague.person), []).append(took)
        self.asks_due(case, now)

    def overdue(self, case: Case, approval: Approval, now: datetime) -> None:
        if approval.id in case.decided:
            return
        found = next_of(self.deal, approval, self.knows(now), set(case.holders[approval.id]))
        if found is not None:
            self.asks(case, approval, found.person, now)


@dataclass(frozen=True)
class Measured:
    """Of one way in one company; shares in percent, hours by the wall's clock."""

    hours: float
    within_24: float
    within_48: float
    stuck: float
    told: float
    foreseen: float


def measured(cases: list[Case]) -> Measured:
    hours = [case.took / HOUR for case in cases]
    share: Callable[[Iterable[bool]], float] = lambda found: 100 * mean(map(float, found))  # noqa: E731
    ends = [case.coming.at + case.took for case in cases]
    return Measured(
        hours=mean(hours),
        within_24=share(h <= 24 for h in hours),
        within_48=share(h <= 48 for h in hours),
        stuck=share(case.took > STUCK for case in cases),
        told=mean(case.told / max(len(case.holders), 1) for case in cases),
        foreseen=share(case.low <= end <= case.high for case, end in zip(cases, ends, strict=True)),
    )


def ways(seed: int, of: Parameters, book: Playbook) -> tuple[Measured, Measured, Measured]:
    """Ours, turn by turn, and turn by turn among who is there: the same people, deals and delays."""
    runs = (Company(seed, of, book, True), Company(seed, of, book, False), Company(seed, of, book, False, True))
    ours, plain, present = (measured(run.run()) for run in runs)
    return ours, plain, present


def compared(of: Parameters, seeds: int, book: Playbook) -> dict[str, Any]:
    found = [ways(seed, of, book) for seed in range(seeds)]
    names = list(asdict(found[0][0]))
    by_way = {way: {name: round(mean(getattr(each[no], name) for each in found), 1) for name in names}
              for no, way in enumerate(("ours", "turn_by_turn", "turn_by_turn_of_who_is_there"))}  # fmt: skip
    best = 1 if by_way["turn_by_turn"]["hours"] <= by_way["turn_by_turn_of_who_is_there"]["hours"] else 2
    less = [100 * (1 - each[0].hours / each[best].hours) for each in found]
    spread = T_95 * stdev(less) / sqrt(len(less))
    return {
        **by_way,
        "less_than_best_plain_percent": _tenth(mean(less)),
        "less_low": _tenth(mean(less) - spread),
        "less_high": _tenth(mean(less) + spread),
        "companies": seeds,
    }


def _tenth(value: float) -> float:
    return round(value, 1) or 0.0


def main() -> None:
    book, usual = playbook_in(ROOT / "playbook"), Parameters()
    told, null = compared(usual, SEEDS, book), compared(replace(usual, alike=True), SEEDS, book)
    sweep = {f"{share:.0%}": compared(replace(usual, absent=share), SWEPT, book) for share in ABSENT}
    kept = ("less_than_best_plain_percent", "less_low", "less_high")
    record(
        "approvals_simulated",
        {
            **told,
            "null": {name: null[name] for name in kept},
            "by_share_of_days_away": {share: {name: each[name] for name in kept} for share, each in sweep.items()},
            "assumed": {name: {"value": value, "means": ASSUMED[name]} for name, value in asdict(usual).items()},
        },
    )


if __name__ == "__main__":
    main()
