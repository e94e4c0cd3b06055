"""What is sold, for how much, and when it is invoiced."""

from datetime import date

from pydantic import Field

from bot.streams.money import BasisPoints, Currency, Money
from bot.streams.value import Value


class AskedLine(Value):
    """A line of the opportunity in our words, before the price book has spoken."""

    code: str
    quantity: int = Field(gt=0)
    discount: BasisPoints
    crm_id: str = ""


class PricedLine(Value):
    """`months` is the term for what recurs and 1 for what is sold once; `unit_price` is per unit and month, or once."""

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
