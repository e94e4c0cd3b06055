"""From what is asked to a price: the price book's, with a discount where one may be given, exact to the cent."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction

from bot.figures.discounts import Grounds, Rebate, rebates_given, stack
from bot.figures.invoicing import YEAR, planned_invoices
from bot.figures.problem import PriceProblem
from bot.figures.stretches import Stretch, stretches
from bot.figures.tiers import Piece, pieces
from bot.playbook.pricing import DiscountKind
from bot.playbook.schema import Playbook
from bot.playbook.selling import Plan, Price, Product
from bot.streams.deal.quote import AskedLine, Deduction, PricedLine, Quote, QuoteKind
from bot.streams.money import Money, percent, total

WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Held:
    """What an earlier contract promised for a code: its unit price, and its discount."""

    unit: Money
    discount: int


@dataclass(frozen=True, slots=True)
class Ask:
    """`discount` in basis points on every line that may have one; none: each line's own. `order` comes on top of it.
    `gives` and `promotions` name what the book gives by itself; `days` (of a month of `month_days`) follow the months.
    `held` are prices of an earlier contract; `bill_shares` are the shares of the years' invoices, none: as they run."""

    version: int
    currency: str
    lines: tuple[AskedLine, ...]
    months: int
    starts_on: date
    payment_days: int
    discount: int | None
    offered_on: date
    order: int = 0
    gives: frozenset[DiscountKind] = frozenset()
    promotions: tuple[str, ...] = ()
    bundles: tuple[tuple[str, int], ...] = ()
    days: int = 0
    month_days: int = 30
    held: Mapping[str, Held] = field(default_factory=dict)
    kind: QuoteKind = "new"
    bill_shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sold:
    """What all parts of a line share."""

    line: AskedLine
    product: Product
    plan: Plan
    currency: str
    taken: tuple[Deduction, ...]


def price(ask: Ask, playbook: Playbook) -> Quote:
    """Raises PriceProblem."""
    ask = replace(ask, lines=(*ask.lines, *_bundled(ask, playbook)))
    if not ask.lines:
        raise PriceProblem("Products", "at least one line", "add the products to the opportunity in Salesforce")
    if ask.months < 0 or not (ask.months or ask.days):
        raise PriceProblem("Term", "a number of months", "fill in the term on the opportunity in Salesforce")
    _promotions(ask, playbook)
    units = _units(ask, playbook)
    priced = [part for line in ask.lines for part in _line(ask, line, units, playbook)]
    return _quote(ask, priced, playbook)


def _quote(ask: Ask, priced: list[tuple[PricedLine, Money]], playbook: Playbook) -> Quote:
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
        arr=recurring.times(Fraction(YEAR) / (ask.months + Fraction(ask.days, ask.month_days))),
        cost=cost,
        margin=margin(whole, cost),
        valid_until=ask.offered_on + timedelta(days=playbook.billing.offer_valid_days),
        invoices=planned_invoices(lines, ask.starts_on, ask.months, ask.payment_days, ask.days, ask.bill_shares),
        kind=ask.kind,
    )


def _bundled(ask: Ask, playbook: Playbook) -> Iterator[AskedLine]:
    for code, count in ask.bundles:
        bundle = playbook.pricing.bundle(code)
        if bundle is None:
            known = ", ".join(b.code for b in playbook.pricing.bundles)
            raise PriceProblem(code, "a bundle of the price book", f"use one of {known}")
        for part in bundle.parts:
            yield AskedLine(code=part.code, quantity=part.quantity * count, discount=0, bundle=code)


def _promotions(ask: Ask, playbook: Playbook) -> None:
    for name in ask.promotions:
        promotion = playbook.pricing.promotion(name)
        if promotion is None or not promotion.valid_from <= ask.offered_on <= promotion.valid_until:
            advice = "leave it out, or use one of its days"
            raise PriceProblem(name, f"a promotion that holds on {ask.offered_on}", advice)


def _units(ask: Ask, playbook: Playbook) -> Counter[str]:
    """Of each product over the whole order, at the height of its ramp."""
    found: Counter[str] = Counter()
    for line in ask.lines:
        product = playbook.product_of(line.code)
        found[product.code if product else ""] += max([line.quantity, *(s.quantity for s in line.ramp)])
    return found


def _line(ask: Ask, line: AskedLine, units: Counter[str], playbook: Playbook) -> Iterator[tuple[PricedLine, Money]]:
    """The line's parts, by ramp and tier, and what each costs us."""
    product, plan = playbook.product_of(line.code), playbook.plan_of(line.code)
    if product is None or plan is None:
        raise PriceProblem(line.code, "a product of the price book", "correct the product code in Salesforce")
    row = _row(ask, line, playbook)
    taken = _deductions(ask, line, product, units[product.code], playbook)
    held = ask.held.get(line.code)
    tiers = () if held else playbook.tiers_on(line.code, ask.currency, ask.offered_on)
    sold = _Sold(line, product, plan, ask.currency, taken)
    for stretch in stretches(line, product, ask.months, ask.days, ask.month_days):
        for piece in pieces(stretch.quantity, held.unit.decimal() if held else row.price, tiers):
            made = _part(sold, stretch, piece)
            cost = row.cost if piece.costs else 0
            yield made, Money.parse(str(cost), ask.currency).times(made.quantity * made.term)


def _part(sold: _Sold, at: Stretch, piece: Piece) -> PricedLine:
    unit = Money.parse(str(piece.price), sold.currency)
    listed = unit.times(piece.quantity * at.term)
    off = sum(deduction.points for deduction in sold.taken)
    return PricedLine(
        code=sold.line.code,
        name=sold.product.name,
        plan=sold.plan.name,
        detail="; ".join(part for part in (sold.plan.detail, at.says, piece.says) if part),
        unit=piece.unit or sold.product.unit,
        quantity=piece.quantity,
        unit_price=unit,
        months=at.months,
        one_off=sold.product.sold == "one_off",
        discount=off,
        list_total=listed,
        total=unit.times(piece.quantity * at.term * Fraction(WHOLE - off, WHOLE)),
        crm_id=sold.line.crm_id,
        from_month=at.from_month,
        days=at.days,
        month_days=at.month_days,
        deductions=sold.taken,
    )


def _row(ask: Ask, line: AskedLine, playbook: Playbook) -> Price:
    row = playbook.price_on(line.code, ask.currency, ask.offered_on)
    if row is None:
        advice = "choose another currency or product, or add the price to the price book"
        raise PriceProblem(line.code, f"a price in {ask.currency} on {ask.offered_on}", advice)
    if line.quantity < row.minimum and line.code not in ask.held:
        raise PriceProblem(line.code, f"at least {row.minimum}", "raise the quantity in Salesforce")
    return row


def _deductions(ask: Ask, line: AskedLine, product: Product, units: int, playbook: Playbook) -> tuple[Deduction, ...]:
    own = line.discount if ask.discount is None else ask.discount
    if not product.discountable:
        if ask.discount is None and line.discount:
            found = f"no discount, found {percent(line.discount)}"
            raise PriceProblem(line.code, found, "take the discount off this line in Salesforce")
        return ()
    pricing, held = playbook.pricing, ask.held.get(line.code)
    if held is not None and ask.discount is None and not line.discount:
        own = held.discount
    tiered = playbook.tiers_on(line.code, ask.currency, ask.offered_on)
    gives = ask.gives - {"volume"} if tiered else ask.gives  # its tiers are its volume discount
    grounds = Grounds(units, ask.months, gives, ask.promotions, line.bundle, ask.offered_on)
    asked = [Rebate("line", own, "agreed for the line"), Rebate("order", ask.order, "agreed for the order")]
    rebates = [*rebates_given(product, grounds, pricing), *(r for r in asked if r.share)]
    return stack(rebates, pricing.stacking, pricing.floor_of(product.code))


def margin(whole: Money, cost: Money) -> int:
    """Basis points of the total, towards zero: never shown better than it is."""
    return int(Fraction(whole.minor - cost.minor, whole.minor) * WHOLE) if whole.minor else 0
