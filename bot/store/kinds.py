"""What each kind of stream folds into; the id's prefix picks it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter

from bot.streams.company import company
from bot.streams.customer import customer
from bot.streams.deal import deal
from bot.streams.decision import Fact
from bot.streams.news import news
from bot.streams.past import past
from bot.streams.person import person


@dataclass(frozen=True)
class Kind:
    empty: Callable[[str], Any]
    apply: Callable[[Any, Any], Any]
    fact_type: Any
    state_type: Any

    @cached_property
    def fact(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.fact_type)

    @cached_property
    def state(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.state_type)

    def fold(self, state: Any, bodies: list[str]) -> Any:
        for body in bodies:
            state = self.apply(state, self.fact.validate_json(body))
        return state


KINDS: Mapping[str, Kind] = {
    "company": Kind(company.Company, company.apply, company.CompanyFact, company.Company),
    "customer": Kind(customer.Customer, customer.apply, customer.CustomerFact, customer.Customer),
    "deal": Kind(deal.Deal, deal.apply, deal.DealFact, deal.Deal),
    "news": Kind(news.News, news.apply, news.NewsFact, news.News),
    "past": Kind(past.Past, past.apply, past.PastFact, past.Past),
    "person": Kind(person.Person, person.apply, person.PersonFact, person.Person),
}


def kind_of(stream_id: str) -> Kind:
    return KINDS[stream_id.partition(":")[0]]


def read_fact(stream_id: str, body: str) -> Fact:
    fact: Fact = kind_of(stream_id).fact.validate_json(body)
    return fact
