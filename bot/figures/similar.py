"""Deals of the past that were like this one."""

from bot.streams.decision import PastDeal
from bot.streams.money import Money


def similar(industry: str, total: Money, past: tuple[PastDeal, ...], n: int) -> tuple[PastDeal, ...]:
    """Won ones of the same currency: of the same industry first, then the nearest in size."""
    won = [deal for deal in past if deal.won and deal.currency == total.currency]
    return tuple(sorted(won, key=lambda d: (d.industry != industry, abs(d.total - total.minor), d.id))[:n])
