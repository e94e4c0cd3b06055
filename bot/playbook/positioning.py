"""What sets us apart, and what is known of whom the customer compares us with: each claim with source and date."""

from datetime import date, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.playbook.papers import Audience, PaperKind
from bot.playbook.section import Code, Days, Key, Percent, Section, Text

ENGLISH = "en"


def _with_english(words: dict[str, str]) -> dict[str, str]:
    if ENGLISH not in words:
        raise ValueError("en is missing. Fix: say it in English too, other languages fall back to that")
    return words


Words = Annotated[dict[Key, Text], AfterValidator(_with_english)]
"""The same said in several languages, by their codes."""


def said(words: Words, language: str = ENGLISH) -> str:
    return words.get(language, words[ENGLISH])


class Claim(Section):
    """`audience` decides who may ever read it: what is for the rep never reaches a customer. `seen_on` is the day on
    which `source` said so."""

    audience: Audience
    source: Text
    seen_on: date


class Topic(Claim):
    """Something that customers decide by, and what we say to it. `words` show that they wrote of it, whatever their
    language; `products` are those that it is about (none: all)."""

    id: Key
    title: Words
    words: frozenset[str] = Field(min_length=1)
    products: frozenset[Code] = frozenset()
    says: Words


class Theirs(Claim):
    """What the other one says or does on a topic."""

    topic: Key
    says: Words


class Answer(Claim):
    """`asks` is what customers ask when they compare, and may be written to them as it stands."""

    id: Key
    topic: Key
    asks: Words
    answer: Words


class Note(Claim):
    """What we should know, whatever the topic."""

    id: Key
    says: Words


class Battlecard(Section):
    """Of one competitor. `also` are other spellings of its name; who holds role `owner` keeps it fresh."""

    name: Text
    also: frozenset[str] = frozenset()
    owner: Key
    theirs: tuple[Theirs, ...] = ()
    answers: tuple[Answer, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        return (*self.theirs, *self.answers, *self.notes)

    def is_called(self, name: str) -> bool:
        wanted = " ".join(name.casefold().split())
        return bool(wanted) and wanted in {self.name.casefold(), *(other.casefold() for other in self.also)}


class Positioning(Section):
    """A claim that is older than `fresh_days` is left out. Rates need `at_least` past deals; their interval is of
    `z_thousandths` / 1,000 standard deviations. The share lost to a competitor is a high threat when the interval's
    lower end is at `high_from` or more, a low one when its upper end is at `low_to` or less. `owner` keeps the
    topics."""

    owner: Key
    fresh_days: Days = Field(gt=0)
    at_least: int = Field(gt=1)
    z_thousandths: int = Field(gt=0, le=4_000)
    high_from: Percent
    low_to: Percent
    most_advantages: int = Field(gt=0, le=6)
    most_answers: int = Field(gt=0, le=6)
    most_rows: int = Field(gt=0, le=20)
    how_we_compare: PaperKind
    topics: tuple[Topic, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _threats_apart(self) -> Self:
        if self.low_to >= self.high_from:
            raise ValueError("low_to is not below high_from. Fix: make high_from the larger one")
        if len({topic.id for topic in self.topics}) != len(self.topics):
            raise ValueError("topics name one id twice. Fix: give each topic its own")
        return self

    def topic(self, topic_id: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.id == topic_id), None)

    def is_fresh(self, seen_on: date, today: date) -> bool:
        """Seen in the future is not seen."""
        return timedelta(0) <= today - seen_on <= timedelta(days=self.fresh_days)
