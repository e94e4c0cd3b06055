"""A line's discounts, one after the other as the stacking rule says; what the book gives by itself spares the floor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.playbook.pricing import GIVEN, DiscountKind, Pricing, Stacking, reached
from bot.playbook.selling import Product
from bot.streams.deal.quote import Deduction

WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Rebate:
    """A discount that is asked for, or that the book gives; `share` in basis points."""

    kind: DiscountKind
    share: int
    why: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the book's own discounts depend on: `units` of the product over the whole order."""

    units: int
    months: int
    gives: frozenset[DiscountKind]
    promotions: tuple[str, ...]
    bundle: str
    on: date


def stack(rebates: Iterable[Rebate], stacking: Stacking, floor: int) -> tuple[Deduction, ...]:
    """In points of the list price, which add up to the line's discount in whole basis points, half to even.

    `floor` is the share of the list price, in basis points, below which the book gives nothing by itself.
    """
    kept, given, told = Fraction(WHOLE), Fraction(0), 0
    made: list[Deduction] = []
    for rebate in sorted(rebates, key=lambda r: (stacking.order.index(r.kind), r.why)):
        base = kept if stacking.method == "chained" else Fraction(WHOLE)
        off = min(base * Fraction(rebate.share, WHOLE), kept)
        if rebate.kind in GIVEN:
            off = max(Fraction(0), min(off, stacking.given_up_to - given, kept - floor))
            given += off
        kept -= off
        points = round(WHOLE - kept) - told
        told += points
        if points:
            made.append(Deduction(kind=rebate.kind, points=points, why=rebate.why))
    return tuple(made)


def rebates_given(product: Product, grounds: Grounds, pricing: Pricing) -> tuple[Rebate, ...]:
    """By the book alone, to whoever buys this."""
    found: list[Rebate] = []
    bundle = pricing.bundle(grounds.bundle)
    if bundle is not None:
        found.append(Rebate("bundle", bundle.discount, bundle.name))
    volume = reached(pricing.volume, grounds.units) if "volume" in grounds.gives else None
    if volume is not None:
        found.append(Rebate("volume", volume.discount, f"from {volume.at_least} units"))
    term = reached(pricing.term, grounds.months) if "term" in grounds.gives else None
    if term is not None:
        found.append(Rebate("term", term.discount, f"from {term.at_least} months"))
    named = (pricing.promotion(name) for name in grounds.promotions)
    found += [
        Rebate("promotion", p.discount, p.title)
        for p in named
        if p and product.code in p.products and p.valid_from <= grounds.on <= p.valid_until
    ]
    return tuple(found)
