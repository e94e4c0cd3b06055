"""How list prices become the price of a deal: tiers, discounts and how they stack, bundles, floors, renewals."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Amounts, Code, Currency, Key, Percent, Section, Text

TierModel = Literal["graduated", "volume", "package"]
DiscountKind = Literal["bundle", "line", "volume", "term", "promotion", "order"]
KINDS: tuple[DiscountKind, ...] = ("bundle", "line", "volume", "term", "promotion", "order")
GIVEN: frozenset[DiscountKind] = frozenset({"bundle", "volume", "term", "promotion"})


class Tier(Section):
    """A row of tiers.csv, for a code that prices.csv has too: `up_to` is the last unit, none means no end.

    Graduated: each unit at its tier. Volume: all units at the tier that is reached. Package: a started package counts
    whole, and `price` is for one. `flat` is charged once and month for each tier that is reached (graduated), or for
    the reached one (volume).
    """

    code: Code
    currency: Currency
    model: TierModel
    up_to: int | None = Field(default=None, gt=0)
    price: Decimal = Field(ge=0)
    flat: Decimal = Field(default=Decimal(0), ge=0)
    package: int = Field(default=1, gt=0)
    valid_from: date
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Stacking(Section):
    """`chained`: each takes its share of what is left; `added`: the shares are summed up first."""

    order: tuple[DiscountKind, ...]
    method: Literal["chained", "added"]
    given_up_to: Percent

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if sorted(self.order) != sorted(KINDS):
            raise ValueError(f"order must name each kind once. Fix: list {', '.join(KINDS)}")
        return self


class Step(Section):
    at_least: int = Field(gt=0)
    discount: Percent


class Promotion(Section):
    """`products` by the code of the product; both days count."""

    id: Key
    title: Text
    discount: Percent
    products: frozenset[Code] = Field(min_length=1)
    valid_from: date
    valid_until: date


class BundlePart(Section):
    code: Code
    quantity: int = Field(gt=0)


class Bundle(Section):
    code: Code
    name: Text
    discount: Percent
    parts: tuple[BundlePart, ...] = Field(min_length=2)


class Floors(Section):
    """By the code of the product: the share of the list price that is kept."""

    of_list: dict[Code, Percent]
    of_list_else: Percent


class Renewal(Section):
    rise_up_to: Percent


class Pricing(Section):
    stacking: Stacking
    volume: tuple[Step, ...]
    term: tuple[Step, ...]
    promotions: tuple[Promotion, ...]
    bundles: tuple[Bundle, ...]
    floors: Floors
    least_order: Amounts
    renewal: Renewal

    @model_validator(mode="after")
    def _steps_rise(self) -> Self:
        for name, steps in (("volume", self.volume), ("term", self.term)):
            marks = [(step.at_least, step.discount) for step in steps]
            if marks != sorted(marks) or len({mark for mark, _ in marks}) != len(marks):
                raise ValueError(f"{name} does not rise. Fix: sort its steps, and give no less for more")
        return self

    def floor_of(self, product: str) -> int:
        return self.floors.of_list.get(product, self.floors.of_list_else)

    def promotion(self, promotion_id: str) -> Promotion | None:
        return next((p for p in self.promotions if p.id == promotion_id), None)

    def bundle(self, code: str) -> Bundle | None:
        return next((b for b in self.bundles if b.code == code), None)


def reached(steps: tuple[Step, ...], count: int) -> Step | None:
    """The highest step at or below the count."""
    return max((step for step in steps if step.at_least <= count), key=lambda step: step.at_least, default=None)
