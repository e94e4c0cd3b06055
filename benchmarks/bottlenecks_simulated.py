"""Simulated: how many bottlenecks of approvals need nobody, and what that wins, in the seeded companies of approvals.

The same people, deals and delays, with the product's classes, its signs and its rule of who may: with reliefs, against
our own escalation alone. What is recommended is done by people, so it is not simulated and counts as not resolved. The
null is a company where nobody is away and nothing else waits. `python -m benchmarks.bottlenecks_simulated`
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from math import sqrt
from statistics import mean, stdev
from typing import Any

from benchmarks.approvals_simulated import HOUR, ROOT, T_95, Case, Company
from benchmarks.office_simulated import ASSUMED, Approver, Parameters
from benchmarks.results import record
from bot.agents.approvals.choosing import Candidate
from bot.agents.approvals.plan import choice_of
from bot.figures.bottlenecks import a_day, away_days, class_of, tempo_of
from bot.figures.hours import add_business_hours, business_minutes
from bot.playbook.bottlenecks import Relief, Sign
from bot.playbook.schema import Playbook
from bot.streams.deal.approvals import Approval
from bot.wiring import playbook_in

RELIEFS: tuple[Relief, ...] = ("reassign", "split", "parallelise")
SEEDS, SWEPT, ABSENT = 16, 6, (0.0, 0.06, 0.12, 0.24)


@dataclass
class Seen:
    """One bottleneck, and who decided what it held up."""

    relief: Relief
    deal: int
    given: tuple[str, ...]  # who was asked, or which requests
    about: str
    decided_by: str = ""
    late: bool = False


@dataclass
class Watched(Company):
    """With `relieves`, what is seen is relieved as well."""

    relieves: bool = True
    queues: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    took: defaultdict[str, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))
    seen: list[Seen] = field(default_factory=list)
    escalated: set[str] = field(default_factory=set)
    relieved: set[tuple[str, str, str]] = field(default_factory=set)

    def asks(self, case: Case, approval: Approval, person: str, now: datetime) -> None:
        super().asks(case, approval, person, now)
        holder = case.holders[approval.id][-1]
        for queue in self.queues.values():
            if approval.id in queue:
                queue.remove(approval.id)
        self.queues[holder].append(approval.id)
        self.again(case, approval, holder, now, now)

    def again(self, case: Case, approval: Approval, holder: str, since: datetime, now: datetime) -> None:
        calendar = self.book.calendar_of(self.people[holder].colleague.time_zone)
        soon = timedelta(minutes=self.book.bottlenecks.look_minutes)
        self.at(add_business_hours(now, soon, calendar), partial(self.looks, case, approval, holder, since))

    def looks(self, case: Case, approval: Approval, holder: str, since: datetime, now: datetime) -> None:
        if approval.id in case.decided or case.holders[approval.id][-1] != holder:
            return
        others = self.others(case, approval, now) if self.stands(approval, holder, now) else ()
        behind = self.behind(case, approval)
        signs = self.signs(approval, holder, (since, now), others, behind)
        seen = frozenset(kind for of, who, kind in self.relieved if (of, who) == (approval.id, holder))
        kind = class_of(signs, self.book.bottlenecks, seen)
        if kind is not None and not (approval.id in self.escalated and kind.relief != "parallelise"):
            self.relieved.add((approval.id, holder, kind.id))
            self.relieve(case, approval, kind.relief, (others, behind), now)
        self.again(case, approval, holder, since, now)

    def relieve(
        self,
        case: Case,
        approval: Approval,
        relief: Relief,
        to: tuple[tuple[Candidate, ...], tuple[Approval, ...]],
        now: datetime,
    ) -> None:
        others, behind = to
        if relief == "parallelise":
            self.seen.append(Seen(relief, case.coming.no, tuple(each.id for each in behind), approval.id))
            for each in behind if self.relieves else ():
                self.asks(case, each, self.first(case, each), now)
        elif relief == "recommend" or not others:
            self.seen.append(Seen("recommend", case.coming.no, (), approval.id))
        else:
            self.seen.append(Seen(relief, case.coming.no, (others[0].person,), approval.id))
            if self.relieves:
                self.asks(case, approval, others[0].person, now)

    def stands(self, approval: Approval, holder: str, now: datetime) -> bool:
        """Only then is it asked who else may, which takes long."""
        calendar = self.book.calendar_of(self.people[holder].colleague.time_zone)
        beyond = self.queues[holder].index(approval.id) >= self.day_of(holder)
        return beyond or away_days(self.people[holder].colleague, now, calendar) > 0

    def others(self, case: Case, approval: Approval, now: datetime) -> tuple[Candidate, ...]:
        found = choice_of(self.deal, approval, self.knows(now), set(case.holders[approval.id]))
        if found is None or found.stuck:
            return ()
        return tuple(c for c in (found.taken, *found.others) if not c.away)

    def behind(self, case: Case, approval: Approval) -> tuple[Approval, ...]:
        if case.coming.needs.risk:
            return ()
        rules, ruled = self.book.bottlenecks, {each.approval.id: each.approval.rule for each in case.planned}
        waits = {
            each.approval.id: [name for name in each.approval.after if name in ruled and name not in case.decided]
            for each in case.planned
        }
        return tuple(
            each.approval
            for each in case.planned
            if each.choice is not None
            and each.approval.id not in case.holders
            and approval.id in waits[each.approval.id]
            and all(rules.may_run_beside(each.approval.rule, ruled[name]) for name in waits[each.approval.id])
        )

    def first(self, case: Case, approval: Approval) -> str:
        choice = next(each.choice for each in case.planned if each.approval.id == approval.id)
        assert choice is not None
        return choice.taken.person

    def day_of(self, person: str) -> int:
        return a_day(person, (tempo_of(person, self.took[person]),), self.book.bottlenecks)

    def signs(
        self,
        approval: Approval,
        holder: str,
        between: tuple[datetime, datetime],
        others: Iterable[Candidate],
        behind: tuple[Approval, ...],
    ) -> Mapping[Sign, int]:
        since, now = between
        who: Approver = self.people[holder]
        calendar = self.book.calendar_of(who.colleague.time_zone)
        waited, expected = business_minutes(since, now, calendar), approval.expected
        return {
            "may": 1,
            "hers": 1,
            "away_days": away_days(who.colleague, now, calendar),
            "open": len(self.queues[holder]),
            "beyond_a_day": max(self.queues[holder].index(approval.id) + 1 - self.day_of(holder), 0),
            "free": sum(len(self.queues[c.person]) < self.day_of(c.person) for c in others),
            "behind": len(behind),
            "waited": waited,
            "rest": max((expected.minutes if expected else 0) - waited, approval.look_minutes),
        }

    def decides(self, case: Case, approval: Approval, who: Approver, since: datetime, now: datetime) -> None:
        if approval.id not in case.decided:
            for queue in self.queues.values():
                if approval.id in queue:
                    queue.remove(approval.id)
            self.took[who.colleague.person].append((since, now))
            for each in self.seen:
                if approval.id in (each.about, *each.given) and (
                    each.relief != "parallelise" or each.about != approval.id
                ):
                    each.decided_by = each.decided_by or who.colleague.person
        super().decides(case, approval, who, since, now)

    def overdue(self, case: Case, approval: Approval, now: datetime) -> None:
        self.escalated.add(approval.id)
        for each in self.seen if approval.id not in case.decided else ():
            each.late = each.late or (not each.decided_by and approval.id in (each.about, *each.given))
        super().overdue(case, approval, now)


def by_itself(each: Seen) -> bool:
    """Whoever was asked by the relief decided, or what was freed was decided at all."""
    return bool(each.decided_by) and (each.relief == "parallelise" or each.decided_by in each.given)


def in_time(each: Seen) -> bool:
    """Relieved, and decided without any escalation after."""
    return each.relief != "recommend" and bool(each.decided_by) and not each.late


def compared(of: Parameters, seeds: int, book: Playbook) -> dict[str, Any]:
    seen: list[Seen] = []
    less, held = list[float](), list[float]()
    for seed in range(seeds):
        with_reliefs, without = Watched(seed, of, book, True), Watched(seed, of, book, True, relieves=False)
        took = [{c.coming.no: c.took / HOUR for c in run.run()} for run in (with_reliefs, without)]
        seen += with_reliefs.seen
        less.append(100 * (1 - mean(took[0].values()) / mean(took[1].values())))
        stuck = {each.deal for each in with_reliefs.seen}
        held += [took[1][no] - took[0][no] for no in stuck]
    spread = T_95 * stdev(less) / sqrt(len(less)) if len(less) > 1 else 0.0
    good, automatic = sum(map(by_itself, seen)), [s for s in seen if s.relief != "recommend"]
    return {
        "companies": seeds,
        "bottlenecks": len(seen),
        "relieved": {relief: sum(s.relief == relief for s in automatic) for relief in RELIEFS},
        "in_time_percent": round(100 * sum(map(in_time, seen)) / len(seen), 1) if seen else None,
        "by_whom_it_asked_percent": round(100 * good / len(seen), 1) if seen else None,
        "hours_less_of_these_deals": round(mean(held), 1) if held else 0.0,
        "less_percent_of_all": round(mean(less), 1) or 0.0,
        "less_low": round(mean(less) - spread, 1) or 0.0,
        "less_high": round(mean(less) + spread, 1) or 0.0,
    }


def main() -> None:
    book, usual = playbook_in(ROOT / "playbook"), Parameters()
    sweep = {f"{share:.0%}": compared(replace(usual, absent=share), SWEPT, book) for share in ABSENT}
    record(
        "bottlenecks_simulated",
        {
            **compared(usual, SEEDS, book),
            "busy": compared(replace(usual, deals=160), SWEPT, book),
            "null": compared(replace(usual, alike=True), SWEPT, book),
            "by_share_of_days_away": sweep,
            "assumed": {name: {"value": value, "means": ASSUMED[name]} for name, value in asdict(usual).items()},
        },
    )


if __name__ == "__main__":
    main()
