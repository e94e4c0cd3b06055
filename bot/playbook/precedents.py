"""How alike two deals are, how many of them speak for a decision, and what experience says of a bound."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Days, Key, Percent, Section, Text


class Weights(Section):
    """In percent of the whole likeness."""

    industry: int = Field(ge=0, le=100)
    competitor: int = Field(ge=0, le=100)
    size: int = Field(ge=0, le=100)
    discount: int = Field(ge=0, le=100)
    payment_days: int = Field(ge=0, le=100)
    months: int = Field(ge=0, le=100)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (given := sum(self.model_dump().values())) != 100:
            raise ValueError(f"the weights add up to {given}. Fix: let them add up to 100")
        return self


class Reach(Section):
    """From here on two deals are not alike in this at all; `size_times` is how often one contains the other."""

    size_times: int = Field(gt=1, le=1_000)
    discount: Percent
    payment_days: Days
    months: int = Field(gt=0, le=240)


class Practice(Section):
    """A short rule that past deals are asked about anew each time: how many were won up to `at_most` (basis points, or
    days), and beyond it. `owner` is a role."""

    id: Key
    says: Text
    kind: Literal["discount", "payment"]
    at_most: Percent | Days
    since: date
    owner: Key


class Precedents(Section):
    shown: int = Field(gt=0, le=10)
    weights: Weights
    reach: Reach
    practices: tuple[Practice, ...] = ()
