"""Of such yeses, how many are kept a quarter later."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.figures.chances import WHOLE, wilson

OVER = frozenset({"kept", "churned", "paid_late", "lost"})


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Decisions whose deal was looked at again. `of` are over, and `kept` of them as it was meant: the customer is
    there and pays. `low` and `high` bound the share in basis points; None when there are too few to say."""

    of: int
    kept: int
    churned: int
    paid_late: int
    lost: int
    open: int
    low: int | None = None
    high: int | None = None


def outcomes(became: Iterable[str], at_least: int, z: float) -> Outcomes:
    count = Counter(became)
    of = sum(count[name] for name in OVER)
    numbers = {name: count[name] for name in ("kept", "churned", "paid_late", "lost", "open")}
    if of < at_least:
        return Outcomes(of, **numbers)
    low, high = wilson(count["kept"] / of, of, z)
    return Outcomes(of, **numbers, low=round(WHOLE * low), high=round(WHOLE * high))
