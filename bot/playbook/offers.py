"""Which offers are worth making, and how much the past must hold before it says how likely a yes is."""

from typing import Self

from pydantic import Field, model_validator

from bot.playbook.section import Code, Days, Percent, Section


class Likeness(Section):
    """A past deal is like an offer when all of these hold; `size_times` is how often one may contain the other."""

    size_times: int = Field(gt=1, le=100)
    discount: Percent
    payment_days: Days


class GoesWith(Section):
    """`of` is sold: then `units` of the product for each of its units may be wanted too; 0 is one for the company."""

    of: Code
    product: Code
    units: Percent


class Expansion(Section):
    """`per_employee` is the share of a customer's people who may use a product, by the code of its plan."""

    per_employee: dict[Code, Percent]
    goes_with: tuple[GoesWith, ...]


class Offers(Section):
    """`shrink` deals of the base rate are added to those that are alike; `z` widens the interval (1.645 is 90%)."""

    at_least: int = Field(gt=1)
    nearest: int = Field(gt=1)
    shrink: int = Field(ge=0)
    z_thousandths: int = Field(gt=0, le=4_000)
    alike: Likeness
    discounts: tuple[Percent, ...] = Field(min_length=2)
    terms: tuple[int, ...] = Field(min_length=2)
    urgent_days: Days
    prompt_days: Days
    prompt_discount: Percent
    patient_days: Days
    patient_less: Percent
    late_days: Days
    first_year: Percent
    first_year_least: Percent
    expansion: Expansion

    @model_validator(mode="after")
    def _sorted(self) -> Self:
        for name in ("discounts", "terms"):
            if list(getattr(self, name)) != sorted(set(getattr(self, name))):
                raise ValueError(f"{name} do not rise. Fix: sort them, each once")
        if self.nearest < self.at_least:
            raise ValueError("nearest is below at_least. Fix: raise nearest")
        return self
