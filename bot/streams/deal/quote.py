"""What is sold, for how much, and when it is invoiced."""

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from bot.streams.money import BasisPoints, Currency, Money
from bot.streams.value import Value

QuoteKind = Literal["new", "amendment", "co-term", "renewal"]


class RampStep(Value):
    """From that month of the term on (0 is the first), so many units."""

    from_month: int = Field(gt=0, le=240)
    quantity: int = Field(gt=0, le=10_000_000)


class AskedLine(Value):
    """A line of the opportunity in our words, before the price book has spoken. `quantity` holds from the first month,
    until the first step of the ramp; `bundle` is the code of the one that it came with."""

    code: str
    quantity: int = Field(gt=0)
    discount: BasisPoints
    crm_id: str = ""
    ramp: tuple[RampStep, ...] = ()
    bundle: str = ""


class Deduction(Value):
    """One of a line's discounts, as points of the list price: together they are the line's discount."""

    kind: Literal["bundle", "line", "volume", "term", "promotion", "order"]
    points: BasisPoints
    why: str


class PricedLine(Value):
    """`months` is the term for what recurs and 1 for what is sold once; `unit_price` is per unit and month, or once.
    The total is unit price x quantity x term, less the discount, rounded once. A ramp or a tier makes several lines of
    one; a credit has a negative quantity. `days` of a month of `month_days` follow the whole months."""

    code: str
    name: str
    plan: str
    detail: str
    unit: str
    quantity: int
    unit_price: Money
    months: int
    one_off: bool
    discount: BasisPoints
    list_total: Money
    total: Money
    crm_id: str = ""
    from_month: int = 0
    days: int = 0
    month_days: int = 30
    deductions: tuple[Deduction, ...] = ()

    @property
    def term(self) -> Fraction:
        """In months."""
        return self.months + Fraction(self.days, self.month_days)


class PlannedInvoice(Value):
    """Net of tax. `lines` is (product code, net amount), and adds up to `amount`."""

    number: int
    invoice_on: date
    due_on: date
    period_from: date
    period_to: date
    lines: tuple[tuple[str, Money], ...]
    amount: Money


class Quote(Value):
    """`discount` is the highest of any line; `margin` is basis points of the total, for approvers and finance only."""

    version: int
    currency: Currency
    lines: tuple[PricedLine, ...]
    months: int
    starts_on: date
    payment_days: int
    discount: BasisPoints
    list_total: Money
    total: Money
    arr: Money
    cost: Money
    margin: int
    valid_until: date
    invoices: tuple[PlannedInvoice, ...]
    kind: QuoteKind = "new"
