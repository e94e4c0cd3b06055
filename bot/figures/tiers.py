"""What so many units cost by the tiers of the price book."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.playbook.pricing import Tier


@dataclass(frozen=True, slots=True)
class Piece:
    """`quantity` at one unit price; `costs` is false for a fee that no unit stands behind."""

    quantity: int
    price: Decimal
    says: str = ""
    unit: str = ""
    costs: bool = True


def pieces(quantity: int, price: Decimal, tiers: Sequence[Tier]) -> tuple[Piece, ...]:
    """`price` is for every unit when there are no tiers; else they say it, lowest first."""
    if not tiers:
        return (Piece(quantity, price),)
    match tiers[0].model:
        case "graduated":
            return _graduated(quantity, tiers)
        case "volume":
            return _volume(quantity, tiers)
        case _:
            return _packages(quantity, tiers[-1])


def _graduated(quantity: int, tiers: Sequence[Tier]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    below = 0
    for tier in tiers:
        upper = quantity if tier.up_to is None else min(tier.up_to, quantity)
        if upper <= below:
            break
        made.append(Piece(upper - below, tier.price, f"units {below + 1:,} to {upper:,}"))
        made += _flat(tier)
        below = upper
    return tuple(made)


def _volume(quantity: int, tiers: Sequence[Tier]) -> tuple[Piece, ...]:
    tier = next(t for t in tiers if t.up_to is None or quantity <= t.up_to)
    range_ = "" if tier.up_to is None else f"all units, up to {tier.up_to:,}"
    return (Piece(quantity, tier.price, range_ or "all units, at the highest tier"), *_flat(tier))


def _packages(quantity: int, tier: Tier) -> tuple[Piece, ...]:
    started = -(-quantity // tier.package)
    return (Piece(started, tier.price, f"{tier.package:,} each, for {quantity:,}", "package"),)


def _flat(tier: Tier) -> tuple[Piece, ...]:
    return (Piece(1, tier.flat, "base fee of the tier", "fee", costs=False),) if tier.flat else ()
