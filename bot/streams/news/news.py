"""News of a competitor: told by one of ours, taken or left by who keeps its battle card."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Annotated, Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact

Verdict = Literal["customer", "rep", "no"]
LONGEST = 300


class TellNews(Command):
    """`card` names a battle card, `topic` one of the playbook's topics, or none. `source` is where it can be read or
    who said it, `seen_on` when."""

    card: str
    topic: str = ""
    says: str = Field(max_length=LONGEST)
    source: str = Field(max_length=LONGEST)
    seen_on: date


class AskOwner(Command):
    """`without`: who was asked and is not there."""

    without: str = ""


class DecideNews(Command):
    """Customers may read it, it is for us alone, or it is not taken."""

    verdict: Verdict


class NewsTold(Fact):
    kind: Literal["news.told"] = "news.told"
    card: str
    topic: str
    says: str
    source: str
    seen_on: date
    by: str
    at: datetime


class OwnerAsked(Fact):
    kind: Literal["news.owner_asked"] = "news.owner_asked"
    person: str
    at: datetime


class NewsDecided(Fact):
    kind: Literal["news.decided"] = "news.decided"
    verdict: Verdict
    by: str
    at: datetime


NewsFact = Annotated[NewsTold | OwnerAsked | NewsDecided, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class News:
    id: str
    told: NewsTold | None = None
    asked: tuple[str, ...] = ()
    decided: NewsDecided | None = None

    @property
    def taken(self) -> bool:
        return self.decided is not None and self.decided.verdict != "no"


def apply(news: News, fact: NewsFact) -> News:
    match fact:
        case NewsTold():
            return replace(news, told=fact)
        case OwnerAsked():
            return replace(news, asked=(*news.asked, fact.person))
        case NewsDecided():
            return replace(news, decided=fact)
        case _:
            assert_never(fact)


def fold(news: News, facts: Iterable[NewsFact]) -> News:
    return reduce(apply, facts, news)
