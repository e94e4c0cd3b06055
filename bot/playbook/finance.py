"""Billing, revenue, ledger accounts, commission and tax."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Amounts, Country, Days, Key, Percent, Section, Text


class Billing(Section):
    """Recurring lines are invoiced yearly in advance; what is sold once, on the start."""

    frequency: Literal["yearly_in_advance"]
    one_off: Literal["on_start"]
    default_payment_days: Days
    offer_valid_days: int = Field(gt=0, le=365)
    invoice_prefix: Text


class Revenue(Section):
    """The policy in words, for the memo; the method is fixed by the product's obligation."""

    allocation: Literal["relative_ssp"]
    spread: Literal["service_days"]
    one_off: Literal["at_start"]
    memo: Text


class Accounts(Section):
    receivable: Text
    deferred_revenue: Text
    contract_asset: Text
    tax_payable: Text
    revenue_recurring: Text
    revenue_one_off: Text
    commission_expense: Text
    commission_payable: Text


class Accelerator(Section):
    """From this attainment of the quota on, the part above it is paid at `rate`."""

    from_attainment: int = Field(gt=0, le=100_000)  # basis points of the quota
    rate: Percent


class CompensationPlan(Section):
    """Revenue plans share the deal (their shares add up to 100%); overlay plans are paid on top."""

    id: Key
    role: Key
    kind: Literal["revenue", "overlay"]
    rate: Percent
    base: Literal["total", "first_year"]
    quota_per_year: Amounts = {}
    accelerators: tuple[Accelerator, ...] = ()
    line: Text

    @model_validator(mode="after")
    def _accelerates_upward(self) -> Self:
        steps = [a.from_attainment for a in self.accelerators]
        if steps != sorted(set(steps)):
            raise ValueError("accelerators: from_attainment must rise. Fix: sort them, each once")
        if steps and not self.quota_per_year:
            raise ValueError("accelerators need quota_per_year. Fix: give quota_per_year, or drop accelerators")
        return self


class Compensation(Section):
    """`marginal`: an accelerator changes the rate of what lies above it, never of what lies below."""

    method: Literal["marginal"]
    plans: tuple[CompensationPlan, ...] = Field(min_length=1)

    def plan(self, role: str) -> CompensationPlan | None:
        return next((plan for plan in self.plans if plan.role == role), None)


class TaxNotes(Section):
    """The words for each way of taxing; jinja2, with rate, country, seller_vat_id and customer_vat_id."""

    domestic: Text
    reverse_charge: Text
    destination: Text
    export: Text
    reverse_charge_legal: Text
    export_legal: Text
    not_asked: Text  # says that only the number's form was checked


class Tax(Section):
    seller_country: Country
    union: frozenset[Country]
    notes: TaxNotes

    @model_validator(mode="after")
    def _seller_is_in_the_union(self) -> Self:
        if self.seller_country not in self.union:
            raise ValueError(
                f"seller_country {self.seller_country} is not in union. Fix: add it, or correct seller_country"
            )
        return self


class TaxRate(Section):
    """A row of tax_rates.csv: holds from `valid_from` until the country's next row of the category."""

    country: Country
    category: Key
    rate: Percent
    valid_from: date
    source: Text
