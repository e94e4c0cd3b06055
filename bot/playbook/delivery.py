"""How a package reaches a customer: when, in which words, and what follows when nothing comes back."""

from datetime import time
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Country, Days, Key, Percent, Section, Text

Form = Literal["formal", "first_name"]
TWO_MINUTES = 120


class Tongue(Section):
    """`words` show that a text is in it; `formal` and `familiar` how its writer speaks to others."""

    words: frozenset[str] = Field(min_length=3)
    formal: frozenset[str] = frozenset()
    familiar: frozenset[str] = frozenset()


class Customs(Section):
    """Of a country. `zones` are those of its states that live by another clock. Mail is best at `best`, when nothing
    is known of the customer; never in `lunch`, nor on a weekday of `early_ends` after that time (Monday is 0)."""

    time_zone: Text
    zones: dict[Key, Text] = {}
    language: Key
    form: Form
    opens: time
    closes: time
    lunch_from: time
    lunch_until: time
    best: time
    weekend: frozenset[int] = frozenset({5, 6})
    early_ends: dict[int, time] = {}

    @model_validator(mode="after")
    def _best_is_open(self) -> Self:
        if not self.opens <= self.best < self.closes:
            raise ValueError("best is not between opens and closes. Fix: name an hour at which they work")
        return self


class Said(Section):
    """One part of the run of show, in jinja2; `seconds` of the two minutes are its."""

    seconds: int = Field(gt=0, le=TWO_MINUTES)
    title: Text
    says: Text


class Deliveries(Section):
    """A pattern needs `at_least` moments of the customer; its interval is of `z_thousandths` / 1,000 standard
    deviations. `attach` are documents by template. Days of follow-ups are working days of the customer's country."""

    at_least: int = Field(gt=1)
    z_thousandths: int = Field(gt=0, le=4_000)
    window_hours: int = Field(gt=0, le=8)
    brief_under: int = Field(gt=0)  # words of a message, on average: who writes shorter gets a short mail
    attach: tuple[Key, ...] = Field(min_length=1)
    slots: int = Field(gt=0, le=5)
    slot_minutes: int = Field(ge=10, le=120)
    silent_days: Days = Field(gt=0)
    opened_days: Days = Field(gt=0)
    most_follow_ups: int = Field(gt=0, le=5)
    slack_from: Percent
    run_of_show: tuple[Said, ...] = Field(min_length=2)
    tongues: dict[Key, Tongue]
    countries: dict[Country, Customs]
    elsewhere: Country

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if sum(part.seconds for part in self.run_of_show) != TWO_MINUTES:
            raise ValueError("run_of_show does not last 120 seconds. Fix: share two minutes among its parts")
        if self.elsewhere not in self.countries:
            raise ValueError(f"elsewhere {self.elsewhere} is not in countries. Fix: name one of them")
        lacking = {c.language for c in self.countries.values()} - set(self.tongues)
        if lacking:
            raise ValueError(f"tongues lack {', '.join(sorted(lacking))}. Fix: add how they are known")
        return self

    def customs(self, country: str) -> Customs:
        return self.countries.get(country, self.countries[self.elsewhere])


class LetterWords(Section):
    """Of one language, in jinja2. Greetings: `mr` and `ms` where Salesforce knows it, `full` where it does not.
    `titles` are those of the documents, by template; one without is called as on its page."""

    titles: dict[Key, Text] = {}
    mr: Text
    ms: Text
    full: Text
    first: Text
    subject: Text
    opening: Text
    reasons: Text
    answers: Text
    attached: Text
    next: Text
    close_formal: Text
    close_first: Text
    present_subject: Text
    present: Text
    again_subject: Text
    ignored: Text
    opened: Text
    forwarded: Text
