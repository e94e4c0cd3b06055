"""The company: what is stopped, who works here, and what the managers were told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Annotated, Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact
from bot.streams.person.person import Profile
from bot.streams.value import Value


class PastDealRow(Value):
    """A closed opportunity of the years before Countersign."""

    id: str
    customer: str
    industry: str
    currency: str
    total: int
    discount: int
    payment_days: int
    won: bool
    days: int
    closed_on: str


class Pause(Command):
    """`system` is a lane's name, or all."""

    system: str
    reason: str = ""


class Resume(Command):
    system: str


class LookAround(Command):
    """Reads people from Slack and closed deals from Salesforce; done at the start and once a night."""


class RecordPeople(Command):
    people: tuple[Profile, ...]


class RecordHistory(Command):
    deals: tuple[PastDealRow, ...]


class TellManagers(Command):
    """The daily digest; a deadline gives it."""

    day: str


class RecordDigest(Command):
    day: str
    ts: str


class SystemPaused(Fact):
    kind: Literal["system.paused"] = "system.paused"
    system: str
    by: str
    at: datetime
    reason: str


class SystemResumed(Fact):
    kind: Literal["system.resumed"] = "system.resumed"
    system: str
    by: str
    at: datetime


class LookedAround(Fact):
    kind: Literal["company.looked_around"] = "company.looked_around"
    at: datetime


class PeopleRecorded(Fact):
    kind: Literal["people.recorded"] = "people.recorded"
    people: tuple[Profile, ...]


class HistoryRecorded(Fact):
    kind: Literal["history.recorded"] = "history.recorded"
    deals: tuple[PastDealRow, ...]


class DigestDue(Fact):
    kind: Literal["digest.due"] = "digest.due"
    day: str


class DigestPosted(Fact):
    kind: Literal["digest.posted"] = "digest.posted"
    day: str
    ts: str


CompanyFact = Annotated[
    SystemPaused | SystemResumed | LookedAround | PeopleRecorded | HistoryRecorded | DigestDue | DigestPosted,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Company:
    id: str
    stops: tuple[SystemPaused, ...] = ()
    people: tuple[Profile, ...] = ()
    history: tuple[PastDealRow, ...] = ()
    digest: str = ""

    def stop(self, system: str) -> SystemPaused | None:
        return next((s for s in self.stops if s.system == system), None)


def apply(company: Company, fact: CompanyFact) -> Company:
    match fact:
        case SystemPaused():
            return replace(company, stops=(*company.stops, fact))
        case SystemResumed():
            return replace(company, stops=tuple(s for s in company.stops if s.system != fact.system))
        case PeopleRecorded():
            return replace(company, people=fact.people)
        case HistoryRecorded():
            return replace(company, history=fact.deals)
        case DigestPosted():
            return replace(company, digest=fact.day)
        case LookedAround() | DigestDue():
            return company
        case _:
            assert_never(fact)


def fold(company: Company, facts: Iterable[CompanyFact]) -> Company:
    return reduce(apply, facts, company)
