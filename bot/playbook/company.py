"""Who we are, what our roles may do, and when we work."""

from datetime import time, timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.permissions import NEVER_ABOVE_ASK, NOT_FOR_GROUPS, Permission, Step
from bot.playbook.section import Amounts, Country, Currency, Days, Hours, Key, Language, Percent, Section, Text

Autonomy = Literal["suggest", "ask", "act"]
Told = Literal["message", "mail"]
Door = Literal["quickest", "message", "mail", "home", "digest"]
Urgency = Literal["critical", "now", "bundle", "digest", "silent"]


class Company(Section):
    name: Text
    legal_name: Text
    street: Text
    city: Text
    country: Country
    vat_id: Text
    domain: Text
    mail_from: Text
    contact: Text
    privacy_url: Text
    time_zone: Text
    currency: Currency

    @model_validator(mode="after")
    def _sends_from_its_own_domain(self) -> Self:
        if not self.mail_from.endswith(f"@{self.domain}"):
            raise ValueError(
                f"mail_from {self.mail_from} is not at domain {self.domain}. "
                f"Fix: use an address that ends in @{self.domain}, or change domain"
            )
        return self


class Role(Section):
    """`groups` are Slack user-group handles; a person has every role that one of hers gives."""

    title: Text
    groups: frozenset[str]
    may: frozenset[Permission]
    discount_up_to: Percent = 0
    payment_days_up_to: Days = 0
    sign_up_to: Amounts = {}

    @model_validator(mode="after")
    def _nobody_plays_the_system(self) -> Self:
        if taken := self.may & NOT_FOR_GROUPS:
            raise ValueError(f"may: {', '.join(sorted(taken))} is not for groups. Fix: take it out of may")
        if self.sign_up_to and Permission.COUNTERSIGN_CONTRACT not in self.may:
            raise ValueError(
                "sign_up_to is given, but may lacks contract.countersign. Fix: add it to may, or drop the former"
            )
        return self


class AutonomyOfSteps(Section):
    steps: dict[Step, Autonomy]

    @model_validator(mode="after")
    def _irreversible_needs_a_person(self) -> Self:
        for step in sorted(NEVER_ABOVE_ASK):
            if self.steps.get(step) == "act":
                raise ValueError(f"steps: {step} is act, but it cannot be undone. Fix: set {step} to ask or suggest")
        if missing := sorted(set(Step) - set(self.steps)):
            raise ValueError(f"steps: {', '.join(missing)} missing. Fix: set each to suggest, ask or act")
        return self


class Calendar(Section):
    """Business hours of the people in one time zone; its holidays are those of `subdivision`."""

    time_zone: Text
    opens: time
    closes: time
    weekend: frozenset[int] = frozenset({5, 6})  # Monday is 0
    country: Country
    subdivision: str = ""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError(f"opens {self.opens} is not before closes {self.closes}. Fix: make closes the later one")
        if not self.weekend < frozenset(range(7)):
            raise ValueError("weekend must leave a working day. Fix: list days from 0 (Monday) to 6 (Sunday)")
        return self


class Notifications(Section):
    """What holds for who chose nothing; the door "quickest" is by playbook/doors.yaml. Quiet hours are on the person's
    own clock; `per_day` counts messages to one person in a day, whatever they say; `urgency` says how each kind of
    request is told. Who has one of `away_words` in her status is away."""

    door: Door
    quiet_from: time
    quiet_until: time
    per_day: int = Field(gt=0)
    most_per_day: int = Field(gt=0)
    numbers: Text
    numbers_offered: tuple[Text, ...] = Field(min_length=1)
    critical_breaks_quiet: bool
    digest_at: time
    urgency: dict[Key, Urgency]
    away_words: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _default_is_offered(self) -> Self:
        if self.per_day > self.most_per_day:
            raise ValueError("per_day is above most_per_day. Fix: make most_per_day the larger one")
        if self.numbers not in self.numbers_offered:
            raise ValueError(f"numbers {self.numbers} is not offered. Fix: add it to numbers_offered")
        return self


class Attention(Section):
    """When a deal needs a manager: a signature that is out longer, a package that nobody sends, a stop that lasts."""

    signature_days: Days
    unsent_hours: Hours
    stopped_hours: Hours


class TeamDigest(Section):
    """`channel` is a name without its #; `at` on every working day of `calendar`; the weekly one on the weekday
    `weekly_on` (Monday is 0), or the working day before it. `late_hours`: later than that, the next one tells it.
    Numbers are written in `language`; times need at least `at_least_for_times` deals."""

    title: Text
    channel: Text
    calendar: Key
    language: Language
    at: time
    weekly_on: int = Field(ge=0, le=6)
    weekly_at: time
    late_hours: Hours
    at_most_items: int = Field(gt=0, le=10)
    at_least_for_times: int = Field(gt=0)
    attention: Attention


class Operators(Section):
    """`channel` is a name without its #. A provider that is shut is told after `told_after_minutes`."""

    channel: Text
    told_after_minutes: int = Field(gt=0, le=1_440)

    @property
    def told_after(self) -> timedelta:
        return timedelta(minutes=self.told_after_minutes)


class Retention(Section):
    """Years are counted to the end of the year; a legal hold stops them."""

    link_days: Days
    unsigned_file_years: int = Field(gt=0)
    signed_file_years: int = Field(gt=0)
    audit_years: int = Field(gt=0)


class Ownership(Section):
    """How long a deal waits for an owner whom nobody in Slack is known to be, and how often we look."""

    patience_minutes: int = Field(gt=0, le=1_440)
    first_look_seconds: int = Field(gt=0, le=3_600)
    last_look_hours: Hours

    @property
    def patience(self) -> timedelta:
        return timedelta(minutes=self.patience_minutes)

    @property
    def first_look(self) -> timedelta:
        return timedelta(seconds=self.first_look_seconds)

    @property
    def last_look(self) -> timedelta:
        return timedelta(hours=self.last_look_hours)


class Stages(Section):
    """Salesforce's own names: where a deal opens, and what ends it."""

    listen_from: frozenset[str]
    won: Text
    lost: Text

    @model_validator(mode="after")
    def _open_is_not_closed(self) -> Self:
        if self.listen_from & {self.won, self.lost} or self.won == self.lost:
            raise ValueError("listen_from, won and lost name the same stage. Fix: give each stage one meaning")
        return self
