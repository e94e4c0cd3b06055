"""A seeded company of approvers: who is there, how soon each looks, what else waits on her, and which deals come."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.agents.approvals.showing import context_of
from bot.figures.approval_needs import Needs, needs
from bot.figures.asked_facts import clauses_of, facts_of
from bot.figures.changing import quote_of
from bot.playbook.schema import Playbook
from bot.streams.deal.planning import DealToPlan
from bot.streams.decision import Colleague, Given
from bot.streams.money import Money

BEGINS = datetime(2026, 10, 5, 7, tzinfo=UTC)
ROLES = (
    ("sales-managers", 3),
    ("sales-vps", 2),
    ("finance", 3),
    ("finance-deputies", 1),
    ("legal", 2),
    ("signatories", 2),
)
DEPUTY_OF = {"sales-vps": "sales-managers", "finance": "finance-deputies", "signatories": "sales-vps"}


@dataclass(frozen=True)
class Parameters:
    """All are assumptions of ours, none is measured: what each stands for is in `ASSUMED`."""

    days: int = 20
    deals: int = 36
    absent: float = 0.12
    absence_days: tuple[int, int] = (1, 5)
    announced: float = 0.8
    lends: float = 0.5
    reaction_minutes: float = 75.0
    reaction_spread: float = 0.9
    people_differ: float = 0.4
    other_work_minutes: float = 25.0
    other_work_a_day: float = 4.0
    uneven: float = 0.5
    urgent: float = 0.2
    alike: bool = False


ASSUMED = {
    "days": "calendar days in which deals come",
    "deals": "deals that come in them, evenly",
    "absent": "share of days on which an approver is away",
    "absence_days": "calendar days of one absence",
    "announced": "share of absences that Slack, a calendar or the person says",
    "lends": "share of approvers who lent their authority to a deputy",
    "reaction_minutes": "median business minutes until an approver looks at a request",
    "reaction_spread": "spread of that (standard deviation of its logarithm)",
    "people_differ": "how far people's own medians lie apart (the same)",
    "other_work_minutes": "what another task before a request takes",
    "other_work_a_day": "other tasks that come to an approver a day",
    "uneven": "how unevenly other tasks fall on people (spread of their rates, logarithm)",
    "urgent": "share of deals that are to close within two days",
    "alike": "the null: nobody is ever away, all are as quick, and nothing else waits on anybody",
}


@dataclass
class Approver:
    """`colleague` as Countersign knows her; `gone` are the days on which she is really away."""

    colleague: Colleague
    gone: tuple[tuple[date, date], ...]
    slowness: float
    other_rate: float
    free_at: datetime = BEGINS
    open: int = 0

    @property
    def really(self) -> Colleague:
        return replace(self.colleague, away=self.gone)


@dataclass(frozen=True)
class Coming:
    """One deal: what it needs, and when it is asked for."""

    no: int
    at: datetime
    needs: Needs
    total: Money
    urgent: bool


def approvers(seed: int, of: Parameters) -> dict[str, Approver]:
    chance = random.Random(f"people {seed}")
    made: dict[str, Approver] = {}
    for group, count in ROLES:
        for number in range(count):
            name = f"{group}-{number}"
            gone = () if of.alike else tuple(_absences(chance, of))
            known = tuple(each for each in gone if chance.random() < of.announced)
            given = _given(name, group, chance, of)
            person = Colleague(name, "", name, "", "", "Europe/Dublin", frozenset({group}), 0, away=known, gives=given)
            slow = 0.0 if of.alike else chance.gauss(0, of.people_differ)
            rate = 0.0 if of.alike else of.other_work_a_day * 2.718 ** chance.gauss(0, of.uneven)
            made[name] = Approver(person, gone, slow, rate)
    return made


def _absences(chance: random.Random, of: Parameters) -> Iterator[tuple[date, date]]:
    day, least, most = BEGINS.date(), *of.absence_days
    last = day + timedelta(days=of.days * 2)
    while day < last:
        length = chance.randint(least, most)
        if chance.random() < of.absent * 2 / (least + most):
            yield day, day + timedelta(days=length - 1)
            day += timedelta(days=length)
        else:
            day += timedelta(days=1)


def _given(name: str, group: str, chance: random.Random, of: Parameters) -> tuple[Given, ...]:
    to, lends = DEPUTY_OF.get(group), chance.random() < of.lends
    first, last = BEGINS.date(), BEGINS.date() + timedelta(days=90)
    return (Given(f"of-{name}", f"group:{to}", first, last),) if to and lends and not of.alike else ()


def deals(seed: int, of: Parameters, book: Playbook) -> list[Coming]:
    chance = random.Random(f"deals {seed}")
    moments = sorted(BEGINS + timedelta(days=chance.uniform(0, of.days)) for _ in range(of.deals))
    found = (_coming(no, _working(at), chance, of, book) for no, at in enumerate(moments))
    return [each for each in found if any(not need.auto for need in each.needs.all)]


def _working(at: datetime) -> datetime:
    """In the open hours of a working day, when reps ask."""
    at = at.replace(hour=8 + at.hour % 9)
    return at + timedelta(days=max(0, 7 - at.weekday())) if at.weekday() > 4 else at


def _coming(no: int, at: datetime, chance: random.Random, of: Parameters, book: Playbook) -> Coming:
    told: dict[str, Any] = {
        "currency": "EUR",
        "months": chance.choice((12, 24, 36)),
        "starts_on": "2027-02-01",
        "offered_on": at.date(),
        "at": at,
        "country": chance.choice(("DE", "IE", "GB", "US")),
        "industry": chance.choice(("Logistics", "Logistics", "Retail", "Banking")),
        "credit_limit": "400000",
        "credit_checked_on": at.date() - timedelta(days=chance.randrange(0, 120)),
        "credit_rating": chance.choice(("A", "A", "A", "B", "C")),
        "payment_days": chance.choice((30, 30, 45, 60)),
        "legal_terms": chance.choice(("", "", "", "Indemnity: first")),
        "lines": [{"code": "FLEET", "quantity": chance.randrange(20, 400), "discount": chance.randrange(0, 2400)}],
    }
    asked = DealToPlan.model_validate(told)
    quote = quote_of(asked, book)
    facts = facts_of(asked, quote, book)
    wanted = needs(facts, quote, clauses_of(asked, facts, book), book)
    assert context_of(asked, book).now == at
    return Coming(no, at, wanted, quote.total, chance.random() < of.urgent)
