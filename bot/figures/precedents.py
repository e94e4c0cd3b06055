"""The past deals most like one that is to be decided, without looking at them all: a cell of one industry and one size
is opened only while a deal in it could still be more alike than those that were found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import log2

from bot.figures.chances import WHOLE, Proposed
from bot.figures.size import apart
from bot.playbook.precedents import Precedents
from bot.streams.decision import PastDeal


@dataclass(frozen=True, slots=True)
class Cell:
    """Past deals of one currency, industry and size (of `bot.figures.size`)."""

    industry: str
    size: int


@dataclass(frozen=True, slots=True)
class Alike:
    """`likeness` in basis points: 10,000 is the same in all that is compared."""

    deal: PastDeal
    likeness: int


def most_alike(
    asked: Proposed, cells: Iterable[Cell], opened: Callable[[Cell], Iterable[PastDeal]], rules: Precedents
) -> tuple[Alike, ...]:
    """As many as are shown, won or lost, the most alike first; of equals the one with the smaller id."""
    most = rules.shown
    bounds = [(_bound(asked, cell, rules), cell) for cell in cells]
    found: list[Alike] = []
    for bound, cell in sorted(bounds, key=lambda b: (-b[0], b[1].industry, b[1].size)):
        if len(found) == most and bound < found[-1].likeness:
            break
        found += [Alike(deal, likeness(asked, deal, rules)) for deal in opened(cell)]
        found = sorted(found, key=lambda a: (-a.likeness, a.deal.id))[:most]
    return tuple(found)


def likeness(asked: Proposed, deal: PastDeal, rules: Precedents) -> int:
    """Of what nobody told, half."""
    return round(WHOLE * sum(_parts(asked, deal, rules)) / 100)


def _parts(asked: Proposed, deal: PastDeal, rules: Precedents) -> Iterator[float]:
    weights, reach = rules.weights, rules.reach
    yield weights.industry * _same(asked.industry, deal.industry)
    yield weights.competitor * _same(asked.competitor, deal.competitor)
    yield weights.size * _size(asked.total, deal.total, reach.size_times)
    yield weights.discount * _near(asked.discount, deal.discount, reach.discount)
    yield weights.payment_days * _near(asked.payment_days, deal.payment_days, reach.payment_days)
    yield weights.months * (_near(asked.months, deal.months, reach.months) if deal.months else 0.5)


def _bound(asked: Proposed, cell: Cell, rules: Precedents) -> int:
    """No deal of the cell is more alike than this."""
    weights, total, away = rules.weights, asked.total, apart(cell.size, asked.total)
    size = max(_size(total, near, rules.reach.size_times) for near in (total + away, total - away))
    known = weights.industry * _same(asked.industry, cell.industry) + weights.size * size
    known += weights.competitor * (1 if asked.competitor else 0.5)
    return round(WHOLE * (known + weights.discount + weights.payment_days + weights.months) / 100)


def _same(one: str, other: str) -> float:
    if not one and not other:
        return 0.5
    return float(one.casefold() == other.casefold())


def _size(one: int, other: int, times: int) -> float:
    if one <= 0 or other <= 0:
        return float(one == other)
    return max(0.0, 1 - abs(log2(one / other)) / log2(times))


def _near(one: int, other: int, reach: int) -> float:
    return max(0.0, 1 - abs(one - other) / reach) if reach else float(one == other)
