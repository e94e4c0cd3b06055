"""What `countersign quote` reads: a deal as JSON, from a person or another program."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from bot.streams.deal.quote import QuoteKind, RampStep
from bot.streams.money import BasisPoints, Currency
from bot.streams.value import Value

AmountText = Annotated[str, Field(pattern=r"^\d{1,15}(\.\d{1,4})?$", examples=["42.00"])]
Gift = Literal["volume", "term"]


class LineOfDeal(Value):
    """`code` is a plan's; `discount` in basis points (1000 is 10%); `quantity` holds until the ramp's first step."""

    code: str = Field(min_length=1, max_length=40, examples=["FLEET"])
    quantity: int = Field(gt=0, le=10_000_000)
    discount: BasisPoints = 0
    ramp: tuple[RampStep, ...] = Field(default=(), max_length=60)


class BundleOfDeal(Value):
    code: str = Field(examples=["DEPOT"])
    count: int = Field(default=1, gt=0, le=100_000)


class LineOfBefore(Value):
    """Of the contract that stands: its unit price and discount are kept for what is changed."""

    code: str
    quantity: int = Field(gt=0, le=10_000_000)
    unit_price: AmountText
    discount: BasisPoints = 0


class Before(Value):
    """The contract that is changed or renewed; both days count."""

    starts_on: date
    ends_on: date
    lines: tuple[LineOfBefore, ...] = Field(min_length=1, max_length=5_000)


class DealAsked(Value):
    """An amendment's lines are what is wanted from `starts_on` on, a renewal's the new term's; a co-term's are added.
    `order_discount` in basis points is on top of the lines'; `gives` and `promotions` are what the price book gives by
    itself. `asked_by` is the role whose authority counts. `legal_terms` as in Salesforce: "Liability cap: first".
    `entities` and `currencies` count those that sign and are billed."""

    kind: QuoteKind = "new"
    currency: Currency
    months: int = Field(default=0, ge=0, le=240)
    starts_on: date
    offered_on: date
    payment_days: int = Field(default=30, ge=0, le=365)
    lines: tuple[LineOfDeal, ...] = Field(default=(), max_length=5_000)
    bundles: tuple[BundleOfDeal, ...] = Field(default=(), max_length=100)
    order_discount: BasisPoints = 0
    gives: frozenset[Gift] = frozenset()
    promotions: tuple[str, ...] = Field(default=(), max_length=20)
    before: Before | None = None
    asked_by: str = Field(default="rep", examples=["rep", "sales-manager"])
    country: str = Field(default="", pattern="^([A-Z]{2})?$")
    industry: str = ""
    competitor: str = ""
    credit_limit: AmountText | None = None
    credit_checked_on: date | None = None
    credit_rating: str = ""
    public_body: bool = False
    own_paper: bool = False
    hosting: str = ""
    legal_terms: str = ""
    entities: int = Field(default=1, gt=0, le=1_000)
    currencies: int = Field(default=1, gt=0, le=100)


class LineForCustomer(Value):
    code: str
    name: str
    detail: str
    unit: str
    quantity: int
    unit_price: str
    discount: BasisPoints
    total: str


class InvoiceForCustomer(Value):
    invoice_on: date
    due_on: date
    period_from: date
    period_to: date
    amount: str


class QuoteForCustomer(Value):
    """All that a customer may read of a price: neither what it costs us, nor the margin, nor a floor."""

    currency: Currency
    kind: QuoteKind
    starts_on: date
    ends_on: date
    months: int
    payment_days: int
    valid_until: date
    lines: tuple[LineForCustomer, ...]
    list_total: str
    total: str
    invoices: tuple[InvoiceForCustomer, ...]
