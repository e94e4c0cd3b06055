"""From what is asked to a price: the price book's, with a discount where one may be given, exact to the cent."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bot.figures.invoicing import YEAR, planned_invoices
from bot.playbook.schema import Playbook
from bot.playbook.selling import Price, Product
from bot.streams.deal.quote import AskedLine, PricedLine, Quote
from bot.streams.money import Money, percent, total

WHOLE = 10_000  # basis points


class PriceProblem(ValueError):
    """What has no price; `args` are the field, what was expected, what to do."""

    def __init__(self, field: str, expected: str, advice: str) -> None:
        super().__init__(field, expected, advice)
        self.field, self.expected, self.advice = field, expected, advice


@dataclass(frozen=True, slots=True)
class Ask:
    """`discount` in basis points on every line that may have one; none: each line's own."""

    version: int
    currency: str
    lines: tuple[AskedLine, ...]
    months: int
    starts_on: date
    payment_days: int
    discount: int | None
    offered_on: date


def price(ask: Ask, playbook: Playbook) -> Quote:
    """Raises PriceProblem."""
    if not ask.lines:
        raise PriceProblem("Products", "at least one line", "add the products to the opportunity in Salesforce")
    if ask.months <= 0:
        raise PriceProblem("Term", "a number of months", "fill in the term on the opportunity in Salesforce")
    priced = [_line(ask, line, playbook) for line in ask.lines]
    lines = tuple(line for line, _ in priced)
    whole = total((line.total for line in lines), ask.currency)
    cost = total((cost for _, cost in priced), ask.currency)
    recurring = total((line.total for line in lines if not line.one_off), ask.currency)
    return Quote(
        version=ask.version,
        currency=ask.currency,
        lines=lines,
        months=ask.months,
        starts_on=ask.starts_on,
        payment_days=ask.payment_days,
        discount=max(line.discount for line in lines),
        list_total=total((line.list_total for line in lines), ask.currency),
        total=whole,
        arr=recurring.times(Fraction(YEAR, ask.months)),
        cost=cost,
        margin=_margin(whole, cost),
        valid_until=ask.offered_on + timedelta(days=playbook.billing.offer_valid_days),
        invoices=planned_invoices(lines, ask.starts_on, ask.months, ask.payment_days),
    )


def _line(ask: Ask, line: AskedLine, playbook: Playbook) -> tuple[PricedLine, Money]:
    """The line, and what it costs us."""
    product, plan = playbook.product_of(line.code), playbook.plan_of(line.code)
    if product is None or plan is None:
        raise PriceProblem(line.code, "a product of the price book", "correct the product code in Salesforce")
    row = _row(ask, line, playbook)
    one_off = product.sold == "one_off"
    months = 1 if one_off else ask.months
    unit = Money.parse(str(row.price), ask.currency)
    listed = unit.times(line.quantity * months)
    discount = _discount(ask, line, product)
    priced = PricedLine(
        code=line.code,
        name=product.name,
        plan=plan.name,
        detail=plan.detail,
        unit=product.unit,
        quantity=line.quantity,
        unit_price=unit,
        months=months,
        one_off=one_off,
        discount=discount,
        list_total=listed,
        total=listed.less(discount),
        crm_id=line.crm_id,
    )
    return priced, Money.parse(str(row.cost), ask.currency).times(line.quantity * months)


def _row(ask: Ask, line: AskedLine, playbook: Playbook) -> Price:
    row = playbook.price_on(line.code, ask.currency, ask.offered_on)
    if row is None:
        advice = "choose another currency or product, or add the price to the price book"
        raise PriceProblem(line.code, f"a price in {ask.currency} on {ask.offered_on}", advice)
    if line.quantity < row.minimum:
        raise PriceProblem(line.code, f"at least {row.minimum}", "raise the quantity in Salesforce")
    return row


def _discount(ask: Ask, line: AskedLine, product: Product) -> int:
    if product.discountable:
        return line.discount if ask.discount is None else ask.discount
    if ask.discount is None and line.discount:
        found = f"no discount, found {percent(line.discount)}"
        raise PriceProblem(line.code, found, "take the discount off this line in Salesforce")
    return 0


def _margin(whole: Money, cost: Money) -> int:
    """Basis points of the total, towards zero: never shown better than it is."""
    return int(Fraction(whole.minor - cost.minor, whole.minor) * WHOLE) if whole.minor else 0
