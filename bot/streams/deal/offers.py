"""Offers worth making: what is known of the customer's situation, and the scenarios that were made of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact
from bot.streams.money import BasisPoints, Money
from bot.streams.value import Value


class Situation(Value):
    """What the rep knows of the customer: none, or not told. `late_days` is how late they pay on average."""

    budget: Money | None = None
    late_days: int | None = Field(default=None, ge=0, le=365)
    decide_by: date | None = None
    pressed: bool = False


class Chance(Value):
    """`won` of `of` deals most like it; the share and its interval in basis points. Not `known`: too few to say."""

    known: bool
    won: int
    of: int
    share: int = 0
    low: int = 0
    high: int = 0


class Need(Value):
    """Whose yes it needs, by which line of the policy."""

    role: str
    line: str


class Scenario(Value):
    """For our own people: a customer reads none of it. `buys` says what it gains against the deal as it stands."""

    id: str
    title: str
    why: str
    discount: BasisPoints
    months: int
    payment_days: int
    bill_shares: tuple[int, ...] = ()
    total: Money
    arr: Money
    first_invoice: Money
    margin: int
    needs: tuple[Need, ...]
    chance: Chance
    buys: str
    path: tuple[str, ...] = ()


class AskOffers(Command):
    situation: Situation


class RecordOffers(Command):
    """`seen` is the hash of the package that they were made beside; `notes` say what was looked at."""

    no: int
    seen: str
    notes: tuple[str, ...]
    scenarios: tuple[Scenario, ...]


class OffersAsked(Fact):
    kind: Literal["offers.asked"] = "offers.asked"
    no: int
    situation: Situation
    by: str
    at: datetime


class OffersMade(Fact):
    kind: Literal["offers.made"] = "offers.made"
    no: int
    seen: str
    notes: tuple[str, ...]
    scenarios: tuple[Scenario, ...]
    at: datetime


OfferFact = OffersAsked | OffersMade


@dataclass(frozen=True, slots=True)
class Offers:
    asked: OffersAsked | None = None
    made: OffersMade | None = None

    def scenario(self, scenario_id: str) -> Scenario | None:
        """Of the newest ones."""
        found = self.made.scenarios if self.made else ()
        return next((scenario for scenario in found if scenario.id == scenario_id), None)


def apply(state: Offers, fact: OfferFact) -> Offers:
    match fact:
        case OffersAsked():
            return replace(state, asked=fact)
        case OffersMade():
            return replace(state, made=fact)
        case _:
            assert_never(fact)
