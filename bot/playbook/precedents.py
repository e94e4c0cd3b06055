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


class Looking(Section):
    """So many days after the last decision it is asked what became of the deal, and as often again while it is open.
    Paid late is what was paid so many days after it was due. Below `at_least` decisions no share is told."""

    after_days: Days
    looks: int = Field(gt=0, le=20)
    late_days: Days
    at_least: int = Field(gt=1, le=1_000)


PracticeKind = Literal["discount", "payment", "term", "counter"]


class Practice(Section):
    """A short rule that past deals are asked about anew each time: how many were won that keep to it, and of the
    others. `at_most` is of a discount (basis points) or of days to pay, `at_least` of the months of a term; a counter
    has neither: a lower price was offered for a no. `owner` is a role."""

    id: Key
    says: Text
    kind: PracticeKind
    at_most: Percent | Days = 0
    at_least: int = Field(default=0, ge=0, le=240)
    since: date
    owner: Key


class Owners(Section):
    """Roles, by what a rule is about."""

    discount: Key
    payment: Key
    term: Key
    counter: Key


class Finding(Section):
    """Which rules are tried on the past deals, each bound against all others: with fewer deals than `at_least` on
    either side nothing is found, and the confidence is that of all tries together."""

    discounts: tuple[Percent, ...] = Field(min_length=1)
    payment_days: tuple[Days, ...] = Field(min_length=1)
    months: tuple[int, ...] = Field(min_length=1)
    at_least: int = Field(gt=1, le=10_000)
    confidence: Percent
    owners: Owners


class Precedents(Section):
    shown: int = Field(gt=0, le=10)
    weights: Weights
    reach: Reach
    afterwards: Looking
    finding: Finding
    again_after: Percent
    practices: tuple[Practice, ...] = ()
