"""How likely a yes to an offer is, by how the deals most like it ended; or that nobody can say."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2, sqrt

from bot.playbook.offers import Likeness, Offers
from bot.streams.deal.offers import Chance
from bot.streams.decision import PastDeal

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Proposed:
    """The offer as the past is searched for it; `total` in minor units of the past deals' currency."""

    total: int
    discount: int
    months: int
    payment_days: int
    industry: str
    competitor: str


def chance(proposed: Proposed, past: Sequence[PastDeal], rules: Offers) -> Chance:
    """The share of the nearest that were won, drawn towards the rate of all deals against the same competitor, or of
    all, with Wilson's interval."""
    found = sorted((deal for deal in past if alike(proposed, deal, rules.alike)), key=lambda d: _rank(proposed, d))
    nearest = found[: rules.nearest]
    won, of = sum(deal.won for deal in nearest), len(nearest)
    if of < rules.at_least:
        return Chance(known=False, won=won, of=of)
    base = _rate(proposed.competitor, past, rules)
    share = (won + rules.shrink * base) / (of + rules.shrink)
    low, high = wilson(share, of, rules.z_thousandths / 1000)
    return Chance(known=True, won=won, of=of, share=_points(share), low=_points(low), high=_points(high))


def against(competitor: str, past: Sequence[PastDeal]) -> tuple[PastDeal, ...]:
    """In whatever letters its name was written; none for no name."""
    name = competitor.casefold()
    return tuple(deal for deal in past if name and deal.competitor.casefold() == name)


def _rate(competitor: str, past: Sequence[PastDeal], rules: Offers) -> float:
    met = against(competitor, past)
    those = met if len(met) >= rules.at_least else past
    return sum(deal.won for deal in those) / len(those)


def alike(proposed: Proposed, deal: PastDeal, rules: Likeness) -> bool:
    """A term that nobody told fits every offer."""
    if deal.total <= 0 or proposed.total <= 0:
        return False
    return (
        max(deal.total, proposed.total) <= rules.size_times * min(deal.total, proposed.total)
        and abs(deal.discount - proposed.discount) <= rules.discount
        and abs(deal.payment_days - proposed.payment_days) <= rules.payment_days
        and deal.months in (0, proposed.months)
    )


def differs(one: Chance, other: Chance, rules: Offers) -> bool:
    """More than chance alone explains. The same past deals may speak for both, which makes this cautious."""
    if not one.known or not other.known:
        return False
    spread = sqrt(sum(c.share * (WHOLE - c.share) / c.of for c in (one, other)))
    return abs(one.share - other.share) > rules.z_thousandths / 1000 * spread


def wilson(share: float, of: int, z: float) -> tuple[float, float]:
    """Of a share of `of` tries, from 0 to 1."""
    centre = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, centre - half), min(1.0, centre + half)


def _rank(proposed: Proposed, deal: PastDeal) -> tuple[bool, bool, float, str]:
    """The same industry first, then the same competitor, then size and discount."""
    away = abs(log2(deal.total / proposed.total)) + abs(deal.discount - proposed.discount) / 500
    return deal.industry != proposed.industry, deal.competitor != proposed.competitor, away, deal.id


def _points(share: float) -> int:
    return round(share * WHOLE)
