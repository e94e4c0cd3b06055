"""The company: what is stopped, who works here, and what the managers were told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from typing import Annotated, Literal, assert_never

from pydantic import Field

from bot.streams.busy import Busy
from bot.streams.company import policy, practices, priorities, proposals, roster, troubles
from bot.streams.company.autonomy import AutonomySet
from bot.streams.company.calendar import CalendarRead
from bot.streams.company.keeping import HeadsAnchored, KeepingFact, StreamErased, TextsForgotten
from bot.streams.company.policies import PolicyNoted
from bot.streams.company.policy import Policy, PolicyDecided, PolicyFact, PolicyProposed
from bot.streams.company.practices import PracticeDecided, PracticeFact, PracticeProposed, Practices
from bot.streams.company.priorities import (
    PlaceClaimed,
    PlaceEnded,
    PlaceFact,
    PlaceGiven,
    PlaceYielded,
    Priorities,
)
from bot.streams.company.proposals import (
    ProposalDecided,
    ProposalEnded,
    ProposalFact,
    ProposalMeasured,
    ProposalRaised,
    Proposals,
)
from bot.streams.company.roster import GroupsNoticed, PeopleRecorded, PersonNoticed, Roster, RosterFact, UsersRecorded
from bot.streams.company.stale import StaleFact, StaleFound, StaleSeen
from bot.streams.company.stranded import StrandedDecided
from bot.streams.company.troubles import Told, TroubleCardPosted, TroubleFact, TroubleNoticed, TroubleOver
from bot.streams.decision import Command, Fact
from bot.streams.value import Value

Period = Literal["daily", "weekly"]
WINS_KEPT = 2_000


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
    months: int = 0
    competitor: str = ""
    positioning: str = ""


class Pause(Command):
    """`system` is a lane's name, or all."""

    system: str
    reason: str = ""


class Resume(Command):
    system: str


class LookAround(Command):
    """Reads people from Slack and closed deals from Salesforce; done at the start and once a night."""


class RecordHistory(Command):
    deals: tuple[PastDealRow, ...]


class TellManagers(Command):
    """The digest of one day, or of the week that ends with it; a deadline gives it."""

    day: str
    period: Period = "daily"


class RecordDigest(Command):
    """`until` is the moment that it told up to: the next one begins there."""

    day: str
    ts: str
    period: Period = "daily"
    until: datetime
    won: tuple[str, ...] = ()


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


class HistoryRecorded(Fact):
    kind: Literal["history.recorded"] = "history.recorded"
    deals: tuple[PastDealRow, ...]


class DigestDue(Fact):
    kind: Literal["digest.due"] = "digest.due"
    day: str
    period: Period = "daily"


class DigestMissed(Fact):
    """Its hour was over too long when somebody could have told it; the next one tells what it would have."""

    kind: Literal["digest.missed"] = "digest.missed"
    day: str
    period: Period


class DigestPosted(Fact):
    kind: Literal["digest.posted"] = "digest.posted"
    day: str
    ts: str
    period: Period = "daily"
    until: datetime | None = None
    won: tuple[str, ...] = ()  # the deals whose win was told, so that a late one is told and none twice


CompanyFact = Annotated[
    SystemPaused
    | SystemResumed
    | AutonomySet
    | PolicyFact
    | PolicyNoted
    | PracticeFact
    | ProposalFact
    | PlaceFact
    | LookedAround
    | RosterFact
    | KeepingFact
    | HistoryRecorded
    | CalendarRead
    | DigestDue
    | DigestMissed
    | DigestPosted
    | StaleFact
    | StrandedDecided
    | TroubleFact,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True)
class Company:
    id: str
    stops: tuple[SystemPaused, ...] = ()
    autonomy: tuple[AutonomySet, ...] = ()
    policy: Policy = Policy()
    policies: tuple[PolicyNoted, ...] = ()
    practices: Practices = Practices()
    proposals: Proposals = Proposals()
    priorities: Priorities = Priorities()
    roster: Roster = Roster()
    history: tuple[PastDealRow, ...] = ()
    busy: tuple[Busy, ...] = ()
    due: tuple[DigestDue, ...] = ()
    told: tuple[DigestPosted, ...] = ()
    troubles: tuple[Told, ...] = ()
    wins_told: tuple[tuple[Period, str], ...] = ()
    anchored_at: datetime | None = None
    erased: tuple[str, ...] = ()
    stale: tuple[StaleFound, ...] = ()

    def stop(self, system: str) -> SystemPaused | None:
        return next((s for s in self.stops if s.system == system), None)

    def stale_of(self, no: int) -> StaleFound | None:
        return next((told for told in self.stale if told.no == no), None)

    def due_of(self, period: Period) -> DigestDue | None:
        """The newest that was to be told, posted or not."""
        return next((d for d in self.due if d.period == period), None)

    def told_until(self, period: Period) -> datetime | None:
        return next((t.until for t in self.told if t.period == period), None)

    def wins_told_in(self, period: Period) -> frozenset[str]:
        return frozenset(deal for told, deal in self.wins_told if told == period)


def apply(company: Company, fact: CompanyFact) -> Company:
    match fact:
        case SystemPaused() | SystemResumed() | AutonomySet() | PolicyProposed() | PolicyDecided() | PolicyNoted():
            return _switched(company, fact)
        case PeopleRecorded() | UsersRecorded() | PersonNoticed() | GroupsNoticed():
            return replace(company, roster=roster.apply(company.roster, fact))
        case DigestDue() | DigestPosted():
            return _told(company, fact)
        case HistoryRecorded() | CalendarRead() | HeadsAnchored() | StreamErased() | TextsForgotten() | StaleFound():
            return _kept(company, fact)
        case (
            PracticeProposed()
            | PracticeDecided()
            | ProposalRaised()
            | ProposalDecided()
            | ProposalMeasured()
            | ProposalEnded()
            | PlaceClaimed()
            | PlaceGiven()
            | PlaceYielded()
            | PlaceEnded()
        ):
            return _weighed(company, fact)
        case TroubleNoticed() | TroubleOver() | TroubleCardPosted():
            return replace(company, troubles=troubles.apply(company.troubles, fact))
        case LookedAround() | DigestMissed() | StrandedDecided() | StaleSeen():
            return company
        case _:
            assert_never(fact)


def _read(company: Company, fact: HistoryRecorded | CalendarRead) -> Company:
    if isinstance(fact, CalendarRead):
        return replace(company, busy=fact.busy)
    return replace(company, history=fact.deals)


def _switched(company: Company, fact: SystemPaused | SystemResumed | AutonomySet | PolicyFact | PolicyNoted) -> Company:
    match fact:
        case SystemPaused():
            return replace(company, stops=(*company.stops, fact))
        case SystemResumed():
            return replace(company, stops=tuple(s for s in company.stops if s.system != fact.system))
        case AutonomySet():
            others = tuple(a for a in company.autonomy if a.step != fact.step)
            return replace(company, autonomy=(*others, fact))
        case PolicyNoted():
            return replace(company, policies=(*company.policies, fact))
        case PolicyProposed() | PolicyDecided():
            return replace(company, policy=policy.apply(company.policy, fact))


def _kept(company: Company, fact: KeepingFact | StaleFound | HistoryRecorded | CalendarRead) -> Company:
    if isinstance(fact, HistoryRecorded | CalendarRead):
        return _read(company, fact)
    if isinstance(fact, StaleFound):
        return replace(company, stale=(*company.stale, fact))
    if isinstance(fact, HeadsAnchored):
        return replace(company, anchored_at=fact.at)
    if isinstance(fact, StreamErased):
        return replace(company, erased=(*company.erased, fact.erased))
    return company


def _weighed(company: Company, fact: PracticeFact | ProposalFact | PlaceFact) -> Company:
    if isinstance(fact, PlaceClaimed | PlaceGiven | PlaceYielded | PlaceEnded):
        return replace(company, priorities=priorities.apply(company.priorities, fact))
    if isinstance(fact, PracticeProposed | PracticeDecided):
        return replace(company, practices=practices.apply(company.practices, fact))
    return replace(company, proposals=proposals.apply(company.proposals, fact))


def _told(company: Company, fact: DigestDue | DigestPosted) -> Company:
    if isinstance(fact, DigestDue):
        return replace(company, due=(*(d for d in company.due if d.period != fact.period), fact))
    wins = (*company.wins_told, *((fact.period, deal) for deal in fact.won))
    told = (*(t for t in company.told if t.period != fact.period), fact)
    return replace(company, told=told, wins_told=wins[-WINS_KEPT:])


def fold(company: Company, facts: Iterable[CompanyFact]) -> Company:
    return reduce(apply, facts, company)
