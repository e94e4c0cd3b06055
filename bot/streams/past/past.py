"""A deal that was over before Countersign, as Salesforce or a file tells it: with lines, roles and stages."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.streams.decision import Command, Fact
from bot.streams.value import Value

HISTORY = "history.deal"  # the system of the links by which a past deal is found again


class PastLine(Value):
    """Prices in minor units of the deal's currency; `discount` in basis points; `quantity` as decimal text."""

    product: str
    quantity: str
    unit_price: int
    discount: int
    total: int


class PastStage(Value):
    stage: str
    on: date


class PastOpportunity(Value):
    """`total` in minor units of `currency`, `discount` the highest of its lines in basis points. An empty text, a zero
    or an empty tuple is what nobody told."""

    id: str
    customer: str
    industry: str
    currency: str
    total: int
    discount: int
    payment_days: int
    term_months: int
    won: bool
    loss_reason: str
    competitor: str
    opened_on: date
    closed_on: date
    lines: tuple[PastLine, ...] = ()
    roles: tuple[str, ...] = ()
    stages: tuple[PastStage, ...] = ()
    positioning: str = ""
    became: Literal["", "kept", "churned", "paid_late"] = ""  # a quarter later
    way: Literal["", "as_asked", "countered"] = ""  # to its last price

    @property
    def days(self) -> int:
        """From opening to close."""
        return max((self.closed_on - self.opened_on).days, 0)


class RecordPast(Command):
    deal: PastOpportunity


class PastRecorded(Fact):
    kind: Literal["past.recorded"] = "past.recorded"
    deal: PastOpportunity


PastFact = Annotated[PastRecorded, Field()]


@dataclass(frozen=True, slots=True)
class Past:
    id: str
    deal: PastOpportunity | None = None


def apply(past: Past, fact: PastRecorded) -> Past:
    return replace(past, deal=fact.deal)
