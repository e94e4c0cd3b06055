"""How the company sells. It maps groups to roles and never names a person."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import Field

from bot.playbook.access import Access
from bot.playbook.approving import Approvals
from bot.playbook.bottlenecks import Bottlenecks
from bot.playbook.clauses import Clause, MemoRules, NegotiationRules, Regulation
from bot.playbook.closing import Documents, Handoff, Past, Review, Signing, Wins
from bot.playbook.company import (
    Autonomy,
    AutonomyOfSteps,
    Calendar,
    Company,
    Notifications,
    Operators,
    Ownership,
    Retention,
    Role,
    Stages,
    TeamDigest,
)
from bot.playbook.conflicts import Conflict, Limiting
from bot.playbook.countries import country_name
from bot.playbook.critical import Critical
from bot.playbook.delivery import Deliveries, LetterWords
from bot.playbook.doors import Doors
from bot.playbook.escalating import Escalations
from bot.playbook.feedback import FeedbackRules
from bot.playbook.finance import Accounts, Billing, Compensation, Revenue, Tax, TaxRate
from bot.playbook.offers import Offers
from bot.playbook.papers import Papers
from bot.playbook.permissions import Permission, Step
from bot.playbook.positioning import Battlecard, Positioning
from bot.playbook.precedents import Precedents
from bot.playbook.pricing import Pricing, Tier
from bot.playbook.proposing import Proposing
from bot.playbook.quality import Quality
from bot.playbook.reading import Reading
from bot.playbook.reminding import Reminders
from bot.playbook.risking import Risks
from bot.playbook.section import Key, Section, Text
from bot.playbook.selling import Plan, Price, Product, Signals, Strategy
from bot.playbook.tracking import Tracking
from bot.playbook.wording import ParkedWords, Refusal, fill


class Playbook(Section):
    version: int = Field(gt=0)
    digest: str = ""  # the SHA-256 of all source texts, set by the loader
    company: Company
    roles: dict[Key, Role]
    autonomy: AutonomyOfSteps
    stages: Stages
    operators: Operators
    ownership: Ownership
    signals: Signals
    products: tuple[Product, ...]
    prices: tuple[Price, ...]
    tiers: tuple[Tier, ...] = ()
    pricing: Pricing
    offers: Offers
    precedents: Precedents
    quality: Quality
    strategies: tuple[Strategy, ...] = Field(min_length=1)
    approvals: Approvals
    documents: Documents
    clauses: tuple[Clause, ...] = Field(min_length=1)
    regulation: tuple[Regulation, ...]
    reading: tuple[Reading, ...]
    limiting: Limiting
    conflicts: tuple[Conflict, ...]
    negotiation: NegotiationRules
    memo: MemoRules
    papers: Papers
    positioning: Positioning
    deliveries: Deliveries
    letters: dict[Key, LetterWords]
    battlecards: dict[Key, Battlecard] = {}  # by the name of its file
    access: Access
    texts: dict[Key, Review] = {}  # by the template's folder, from its review.yaml
    signing: Signing
    billing: Billing
    revenue: Revenue
    accounts: Accounts
    compensation: Compensation
    tax: Tax
    tax_rates: tuple[TaxRate, ...]
    handoff: Handoff
    wins: Wins
    past: Past
    team_digest: TeamDigest
    notifications: Notifications
    doors: Doors
    reminders: Reminders
    escalations: Escalations
    critical: Critical
    proposals: Proposing
    tracking: Tracking
    risks: Risks
    bottlenecks: Bottlenecks
    feedback: FeedbackRules
    calendars: dict[Key, Calendar]
    default_calendar: Key
    retention: Retention
    refusals: dict[str, Refusal]
    words: dict[str, Text]
    parked: dict[str, ParkedWords]

    def may(self, groups: frozenset[str], permission: Permission) -> bool:
        return any(permission in role.may for role in self._held(groups))

    def roles_of(self, groups: frozenset[str]) -> frozenset[str]:
        return frozenset(name for name, role in self.roles.items() if role.groups & groups)

    def groups_of(self, role: str) -> frozenset[str]:
        return self.roles[role].groups

    def discount_authority(self, groups: frozenset[str]) -> int:
        return max((role.discount_up_to for role in self._held(groups)), default=0)

    def payment_authority(self, groups: frozenset[str]) -> int:
        return max((role.payment_days_up_to for role in self._held(groups)), default=0)

    def signing_authority(self, groups: frozenset[str], currency: str) -> Decimal:
        return max((r.sign_up_to.get(currency, Decimal(0)) for r in self._held(groups)), default=Decimal(0))

    def autonomy_of(self, step: Step) -> Autonomy:
        return self.autonomy.steps[step]

    def product_of(self, code: str) -> Product | None:
        """By the code of any of its plans, as the opportunity's line carries it."""
        return next((p for p in self.products if any(plan.code == code for plan in p.plans)), None)

    def plan_of(self, code: str) -> Plan | None:
        return next((plan for p in self.products for plan in p.plans if plan.code == code), None)

    def price_on(self, code: str, currency: str, day: date) -> Price | None:
        rows = (p for p in self.prices if (p.code, p.currency) == (code, currency))
        return next((row for row in rows if row.holds_on(day)), None)

    def tiers_on(self, code: str, currency: str, day: date) -> tuple[Tier, ...]:
        """From the lowest to the one without an end; none when the price is the same for every unit."""
        rows = (t for t in self.tiers if (t.code, t.currency) == (code, currency) and t.holds_on(day))
        return tuple(sorted(rows, key=lambda tier: (tier.up_to is None, tier.up_to or 0)))

    def battlecard(self, name: str) -> Battlecard | None:
        """In whatever letters the competitor's name was written."""
        return next((found for found in self.battlecards.values() if found.is_called(name)), None)

    def regions_of(self, country: str) -> frozenset[str]:
        return frozenset(name for name, members in self.documents.regions.items() if country in members)

    def law_of(self, country: str, state: str = "", public_body: bool = False) -> str:
        """Of a public body, always the law of its own country."""
        documents = self.documents
        if public_body:
            own = {**documents.governing_law, **documents.governing_law_of_public_bodies}
            return own.get(f"{country}-{state}") or own.get(country) or country_name(country)
        law = documents.governing_law.get(country, documents.governing_law_else)
        return documents.governing_law_of_states.get(f"{country}-{state}", law)

    def calendar_of(self, time_zone: str) -> Calendar:
        zones = (c for c in self.calendars.values() if c.time_zone == time_zone)
        return next(zones, self.calendars[self.default_calendar])

    def refusal(self, reason: str, words: dict[str, str] | None = None) -> tuple[str, str]:
        """The bold sentence and the rest, with the words filled in."""
        wording = self.refusals[reason]
        return fill(wording.bold, words), fill(wording.rest, words)

    def given_up(self, kind: str) -> ParkedWords:
        """What it means that an effect of that kind is parked."""
        return self.parked.get(kind, self.parked["other"])

    def word(self, key: str, words: dict[str, str] | None = None) -> str:
        return fill(self.words[key], words)

    def _held(self, groups: frozenset[str]) -> Iterator[Role]:
        return (role for role in self.roles.values() if role.groups & groups)
