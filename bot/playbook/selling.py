"""What is sold, for how much, and by which strategy."""

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.conditions import Condition
from bot.playbook.section import Code, Currency, Days, Key, Percent, Section, Text


class Signals(Section):
    """Scores from 0 to 100. What is at or above `unsure_at` and below `commit_at` is asked of the rep."""

    commit_at: int = Field(ge=0, le=100)
    unsure_at: int = Field(ge=0, le=100)
    keep_days_with_signal: Days
    keep_days_without_signal: Days

    @model_validator(mode="after")
    def _unsure_below_sure(self) -> Self:
        if self.unsure_at >= self.commit_at:
            raise ValueError(
                f"unsure_at {self.unsure_at} is not below commit_at {self.commit_at}. Fix: lower unsure_at"
            )
        if self.keep_days_without_signal > self.keep_days_with_signal:
            raise ValueError("keep_days_without_signal is above keep_days_with_signal. Fix: lower the former")
        return self


class Plan(Section):
    """`code` is what the opportunity's line carries."""

    code: Code
    name: Text
    detail: Text


class Product(Section):
    """`obligation` is how its revenue is earned; `delivery_months` spreads a one-off over its delivery."""

    code: Code
    name: Text
    unit: Text
    sold: Literal["recurring", "one_off"]
    discountable: bool
    obligation: Literal["over_time", "point_in_time"]
    delivery_months: int = Field(default=0, ge=0, le=24)
    tax_category: Key
    personal_data: bool
    plans: tuple[Plan, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _earned_as_it_is_sold(self) -> Self:
        if self.sold == "recurring" and (self.obligation != "over_time" or self.delivery_months):
            raise ValueError("sold is recurring, but obligation or delivery_months says else. Fix: over_time, and 0")
        if (self.sold, self.obligation) == ("one_off", "over_time") and not self.delivery_months:
            raise ValueError("obligation is over_time, but delivery_months is 0. Fix: say how many months it takes")
        if self.obligation == "point_in_time" and self.delivery_months:
            raise ValueError("obligation is point_in_time, but delivery_months is given. Fix: drop one of them")
        return self


class Price(Section):
    """A row of prices.csv: per unit and month, or once. `valid_until` is the last day; none means open."""

    code: Code
    currency: Currency
    price: Decimal = Field(ge=0)
    cost: Decimal = Field(ge=0)
    ssp: Decimal = Field(ge=0)  # the standalone selling price that revenue is allocated by
    minimum: int = Field(ge=1)
    valid_from: date
    valid_until: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from. Fix: swap them, or leave valid_until empty")
        return self

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class Strategy(Section):
    """The first whose conditions all hold is taken. `discount` guides the rep, it is no authority."""

    id: Key
    title: Text
    when: tuple[Condition, ...] = ()
    says: Text
    risks: tuple[Text, ...] = ()
    discount: Percent
