"""Authority that a person lends for a while: to somebody, or to a group, up to an amount; and takes back."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact, Given
from bot.streams.money import Money
from bot.streams.value import Value


class Delegation(Value):
    """`to` is team:user, or a user group's handle after "group:". Both days count. No amount: for every deal."""

    id: str
    to: str
    from_on: date
    until_on: date
    up_to: tuple[Money, ...] = ()
    reason: str = ""

    @property
    def given(self) -> Given:
        limits = tuple((money.currency, money.minor) for money in self.up_to)
        return Given(self.id, self.to, self.from_on, self.until_on, limits)


class Lend(Command):
    to: str = Field(max_length=100)
    from_on: date
    until_on: date
    up_to: tuple[Money, ...] = ()
    reason: str = Field(default="", max_length=200)


class TakeBack(Command):
    """`delegation` is its id; empty: all of them."""

    delegation: str = ""


class AuthorityLent(Fact):
    kind: Literal["authority.lent"] = "authority.lent"
    delegation: Delegation
    at: datetime


class AuthorityTakenBack(Fact):
    kind: Literal["authority.taken_back"] = "authority.taken_back"
    delegation: str
    at: datetime


LendingFact = AuthorityLent | AuthorityTakenBack


@dataclass(frozen=True, slots=True)
class Lending:
    delegations: tuple[Delegation, ...] = ()

    @property
    def given(self) -> tuple[Given, ...]:
        return tuple(each.given for each in self.delegations)

    def running(self, on: date) -> tuple[Delegation, ...]:
        """That hold on that day, or will."""
        return tuple(each for each in self.delegations if each.until_on >= on)


def apply(state: Lending, fact: LendingFact) -> Lending:
    match fact:
        case AuthorityLent():
            return replace(state, delegations=(*state.delegations, fact.delegation))
        case AuthorityTakenBack():
            left = tuple(each for each in state.delegations if each.id != fact.delegation)
            return replace(state, delegations=left)
        case _:
            assert_never(fact)
