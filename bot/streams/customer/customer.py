"""A customer: what each negotiation asked for; after the handoff who looks after them, and what they were promised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Annotated, Literal, assert_never

from pydantic import Field

from bot.streams.customer.negotiation import Negotiation, NegotiationNoted
from bot.streams.deal.signals import PromiseHeard
from bot.streams.decision import Command, Fact


class WelcomeCustomer(Command):
    account_id: str
    deal: str
    csm: str
    starts_on: date
    promises: tuple[PromiseHeard, ...]


class CustomerWelcomed(Fact):
    kind: Literal["customer.welcomed"] = "customer.welcomed"
    account_id: str
    deal: str
    csm: str
    starts_on: date
    promises: tuple[PromiseHeard, ...]
    at: datetime


class CustomerMoved(Fact):
    """Another of our people looks after them now."""

    kind: Literal["customer.moved"] = "customer.moved"
    csm: str
    at: datetime


CustomerFact = Annotated[CustomerWelcomed | CustomerMoved | NegotiationNoted, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Customer:
    id: str
    account_id: str = ""
    csm: str = ""
    deals: tuple[str, ...] = ()
    promises: tuple[PromiseHeard, ...] = ()
    negotiations: tuple[Negotiation, ...] = ()

    def negotiation(self, deal: str) -> Negotiation | None:
        return next((each for each in self.negotiations if each.deal == deal), None)


def apply(customer: Customer, fact: CustomerFact) -> Customer:
    match fact:
        case CustomerWelcomed():
            return replace(
                customer,
                account_id=fact.account_id,
                csm=fact.csm,
                deals=(*customer.deals, fact.deal),
                promises=(*customer.promises, *fact.promises),
            )
        case CustomerMoved():
            return replace(customer, csm=fact.csm)
        case NegotiationNoted():
            others = tuple(each for each in customer.negotiations if each.deal != fact.negotiation.deal)
            return replace(customer, account_id=fact.account_id, negotiations=(*others, fact.negotiation))
        case _:
            assert_never(fact)


def fold(customer: Customer, facts: Iterable[CustomerFact]) -> Customer:
    return reduce(apply, facts, customer)
