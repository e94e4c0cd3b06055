"""Two shares against each other: how far apart, between which bounds, and whether chance alone explains it."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from bot.figures.chances import WHOLE, wilson


@dataclass(frozen=True, slots=True)
class Share:
    good: int
    of: int

    @property
    def rate(self) -> float:
        return self.good / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Gap:
    """One share less the other, with its interval, in basis points. Not `known`: too few of one of them."""

    known: bool
    points: int = 0
    low: int = 0
    high: int = 0

    @property
    def clear(self) -> bool:
        return self.known and (self.low > 0 or self.high < 0)


def gap(one: Share, other: Share, at_least: int, z: float) -> Gap:
    """By Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, method 10)."""
    if min(one.of, other.of) < at_least:
        return Gap(known=False)
    (low, high), (below, above) = wilson(one.rate, one.of, z), wilson(other.rate, other.of, z)
    apart = one.rate - other.rate
    down = sqrt((one.rate - low) ** 2 + (above - other.rate) ** 2)
    up = sqrt((high - one.rate) ** 2 + (other.rate - below) ** 2)
    return Gap(True, round(WHOLE * apart), round(WHOLE * (apart - down)), round(WHOLE * (apart + up)))


def z_of_many(confidence: int, tries: int) -> float:
    """Of an interval with that confidence, in basis points, when so many are looked at for the best (Bonferroni)."""
    return NormalDist().inv_cdf(1 - (1 - confidence / WHOLE) / (2 * max(tries, 1)))
