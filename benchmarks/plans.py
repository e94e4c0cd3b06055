"""How long a plan of approvals takes, and how much earlier it ends than the plain ways: each after the one before, and
whoever of the role comes first by name, with no regard for what waits on her or whether she is there.

`python -m benchmarks.plans`
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from benchmarks.results import record
from bot.agents.approvals.showing import shown
from bot.figures.changing import quote_of
from bot.playbook.schema import Playbook
from bot.streams.deal.planning import AwayAsked, DealToPlan, PersonAsked, PlanShown
from bot.wiring import playbook_in

ROOT = Path(__file__).parents[1]
DEALS, SEED = 300, 6212
BEGINS = datetime(2026, 11, 16, 8, tzinfo=UTC)
ROLES = (
    ("sales-managers", 3),
    ("sales-vps", 2),
    ("finance", 3),
    ("finance-deputies", 1),
    ("legal", 2),
    ("signatories", 2),
)
ZONES = ("Europe/Dublin", "Europe/Berlin", "America/New_York")


def people(chance: random.Random, day: datetime) -> Iterator[PersonAsked]:
    """One in eight is away for some days; what waits on each is uneven, as it is."""
    for group, count in ROLES:
        for number in range(count):
            gone = (AwayAsked(from_on=day.date(), until_on=day.date() + timedelta(days=chance.randrange(1, 6))),)
            yield PersonAsked(
                person=f"{group}-{number}",
                groups=frozenset({group}),
                time_zone=chance.choice(ZONES),
                open=min(int(chance.expovariate(0.35)), 12),
                away=gone if chance.random() < 0.125 else (),
            )


def deal(chance: random.Random) -> DealToPlan:
    day = BEGINS + timedelta(days=chance.randrange(0, 28), minutes=chance.randrange(0, 540))
    told: dict[str, Any] = {
        "currency": "EUR",
        "months": chance.choice((12, 24, 36)),
        "starts_on": "2027-02-01",
        "offered_on": day.date(),
        "at": day,
        "country": chance.choice(("DE", "IE", "GB", "US")),
        "industry": chance.choice(("Logistics", "Logistics", "Retail", "Banking", "Hospitals")),
        "credit_limit": "400000",
        "credit_checked_on": day.date() - timedelta(days=chance.randrange(0, 160)),
        "credit_rating": chance.choice(("A", "A", "B", "C")),
        "payment_days": chance.choice((30, 45, 60, 90)),
        "legal_terms": chance.choice(("", "", "Indemnity: first", "Liability cap: first; Warranty: first")),
        "lines": [{"code": "FLEET", "quantity": chance.randrange(20, 500), "discount": chance.randrange(0, 2500)}],
        "people": tuple(people(chance, day)),
    }
    return DealToPlan.model_validate(told)


def waited(plan: PlanShown, one_by_one: bool, begun: datetime) -> float:
    end = plan.one_by_one_at if one_by_one else plan.expected_at
    return (end - begun) / timedelta(hours=1) if end else 0.0


def plainly(asked: DealToPlan) -> DealToPlan:
    """The first of each role by name, whoever that is, with what waits on her: the queue is looked at by nobody."""
    kept: dict[frozenset[str], PersonAsked] = {}
    for each in sorted(asked.people, key=lambda p: p.person):
        kept.setdefault(each.groups, each)
    return asked.model_copy(update={"people": tuple(kept.values())})


def main() -> None:
    chance, book = random.Random(SEED), playbook_in(ROOT / "playbook")
    asked = [deal(chance) for _ in range(DEALS)]
    taken, plans = _timed(asked, book)
    needed = [(a, p) for a, p in zip(asked, plans, strict=True) if p.expected_at is not None]
    ours = [waited(p, False, a.at or BEGINS) for a, p in needed]
    chained = [waited(p, True, a.at or BEGINS) for a, p in needed]
    plain = [waited(_plan(plainly(a), book), True, a.at or BEGINS) for a, _ in needed]
    several = [p for _, p in needed if sum(not step.auto for step in p.steps) > 1 and not p.high_risk]
    beside = [any(step.with_steps for step in p.steps) for p in several]
    away = [s for _, p in needed for s in p.steps if s.in_place_of]
    record(
        "plans",
        {
            "deals": DEALS,
            "plan_p95_ms": round(quantiles(taken, n=20, method="inclusive")[-1], 2),
            "hours_expected": round(mean(ours), 1),
            "hours_one_after_the_other_same_people": round(mean(chained), 1),
            "hours_first_by_name_one_after_the_other": round(mean(plain), 1),
            "less_than_one_after_the_other_percent": round(100 * (1 - mean(ours) / mean(chained)), 1),
            "less_than_first_by_name_percent": round(100 * (1 - mean(ours) / mean(plain)), 1),
            "side_by_side_where_several_percent": round(100 * mean(beside), 1),
            "steps_stood_in_for": len(away),
            "stuck": sum(step.stuck for _, p in needed for step in p.steps),
            "simulated": "times are the policy's shares of its deadlines; people, queues, absences by seed",
        },
    )


def _timed(asked: list[DealToPlan], book: Playbook) -> tuple[list[float], list[PlanShown]]:
    taken, plans = [], []
    for each in asked:
        begun = time.perf_counter()
        plans.append(_plan(each, book))
        taken.append((time.perf_counter() - begun) * 1000)
    return taken, plans


def _plan(asked: DealToPlan, book: Playbook) -> PlanShown:
    return shown(asked, quote_of(asked, book), book)


if __name__ == "__main__":
    main()
