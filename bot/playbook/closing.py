"""The documents of a deal, its signatures, who takes over, and how a win is told."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from bot.playbook.conditions import Condition
from bot.playbook.section import Amounts, Country, Days, Hours, Key, Section, Text

StateKey = Annotated[str, Field(pattern="^[A-Z]{2}-[A-Z0-9]{1,3}$")]  # ISO 3166-2, such as US-CA


class DocumentRule(Section):
    """`template` is a folder of playbook/templates; used when all conditions hold. One template may have several rules:
    any of them asks for it, and those that hold are its reasons."""

    template: Key
    title: Text
    number: Text  # the prefix of its document number, such as OF
    line: Text
    when: tuple[Condition, ...] = ()
    signed: bool = True  # the quote is shown, not signed

    @property
    def cite(self) -> str:
        return self.line.partition(":")[0]


class Review(Section):
    """Who read a template, under which law, and by when it is read again. Without `reviewed_on` nobody has."""

    reviewed_by: Text
    reviewed_on: date | None = None
    jurisdiction: Text
    next_review: date

    def unfit_on(self, day: date) -> str:
        """Why the text may not go to a customer on that day; empty when it may."""
        if self.reviewed_on is None or self.reviewed_on > day:
            return "it has not been reviewed by counsel"
        return f"its review was due on {self.next_review}" if self.next_review < day else ""


class Hosting(Section):
    """Where data is held: `place` stands in the documents."""

    place: Text


class StandingYears(Section):
    """For how long a signed agreement spares the next deal a new one."""

    master_agreement: int = Field(gt=0, le=20)
    data_agreement: int = Field(gt=0, le=20)


class OwnPaper(Section):
    """We take a customer's own terms from this total on, and from these sectors at any."""

    from_total: Amounts
    sectors: frozenset[Key]


class Documents(Section):
    """`production`: only texts that counsel has reviewed leave. The example company has none, and says so."""

    production: bool
    rules: tuple[DocumentRule, ...] = Field(min_length=1)
    hosting: dict[Key, Hosting] = Field(min_length=1)
    home_hosting: Key
    privacy_contact: Text
    standing_years: StandingYears
    own_paper: OwnPaper
    sectors: dict[Key, frozenset[Text]]
    governing_law: dict[Country, Text]
    governing_law_else: Text
    governing_law_of_states: dict[StateKey, Text] = {}
    governing_law_of_public_bodies: dict[Country | StateKey, Text] = {}
    regions: dict[Key, frozenset[Country]]

    @model_validator(mode="after")
    def _home_is_a_place(self) -> Self:
        if self.home_hosting not in self.hosting:
            raise ValueError(f"home_hosting {self.home_hosting} is not in hosting. Fix: use one of hosting's keys")
        return self


class Consent(Section):
    """What a signer agrees to before the documents open. A changed text needs a new version."""

    version: Text
    points: tuple[Text, ...] = Field(min_length=6, max_length=6)
    tick: Text


class Signing(Section):
    open_days: int = Field(gt=0, le=120)
    reminder_hours: tuple[Hours, ...]
    consent: Consent
    intent: Text  # the sentence beside the button: {name}, {company}, {documents} are filled in
    ours_signs_last: bool = True

    @model_validator(mode="after")
    def _reminds_while_open(self) -> Self:
        if self.reminder_hours != tuple(sorted(set(self.reminder_hours))):
            raise ValueError("reminder_hours must rise. Fix: sort them, each once")
        if self.reminder_hours and self.reminder_hours[-1] >= self.open_days * 24:
            raise ValueError(
                f"reminder_hours {self.reminder_hours[-1]} is not before open_days {self.open_days} end. "
                "Fix: lower reminder_hours or raise open_days"
            )
        return self


class Handoff(Section):
    """`industries` maps an industry to words of a CSM's title that show she knows it."""

    group: Text
    capacity: int = Field(gt=0)
    accept_within_hours: Hours
    industries: dict[Text, frozenset[str]]


class WinLevel(Section):
    """`from_total` by currency; none means from the first cent."""

    channel: Text
    from_total: Amounts = {}
    shows_amount: bool = False
    line: Text


class Wins(Section):
    individual: WinLevel
    team: WinLevel
    company: WinLevel
    managers_channel: Text

    @model_validator(mode="after")
    def _levels_rise(self) -> Self:
        for currency, least in self.team.from_total.items():
            if self.company.from_total.get(currency, least) < least:
                raise ValueError(f"company.from_total is below team.from_total in {currency}. Fix: raise the former")
        if set(self.team.from_total) != set(self.company.from_total):
            raise ValueError("team.from_total and company.from_total differ in currencies. Fix: list the same ones")
        return self


class Past(Section):
    """When the history of deals says something, and how much of it is shown."""

    shown: int = Field(gt=0, le=10)
    at_least_for_a_rate: int = Field(gt=1)
    within_days: Days
