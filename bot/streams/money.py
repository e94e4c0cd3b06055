"""Amounts in minor units, percent in basis points; no float comes near either."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$")]
DIGITS = {"BHD": 3, "CLP": 0, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0, "KWD": 3, "OMR": 3, "TND": 3, "VND": 0}


def digits(currency: str) -> int:
    """Minor-unit digits by ISO 4217; every currency not listed has two."""
    return DIGITS.get(currency, 2)


class Money(BaseModel):
    """An exact amount: `minor` counts the currency's smallest unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    minor: int
    currency: Currency

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(minor=0, currency=currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """`text` as a plain decimal number; more decimals than the currency has are an error."""
        try:
            exact = Decimal(text).scaleb(digits(currency))
        except InvalidOperation:
            raise ValueError(f"not an amount: {text!r}") from None
        if not exact.is_finite() or exact != exact.to_integral_value():
            raise ValueError(f"{currency} has {digits(currency)} decimals: {text!r}")
        return cls(minor=int(exact), currency=currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(minor=self.minor + self._same(other), currency=self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(minor=self.minor - self._same(other), currency=self.currency)

    def times(self, factor: int | Fraction | Decimal) -> "Money":
        """Half a minor unit goes to the even one."""
        return Money(minor=round(self.minor * Fraction(factor)), currency=self.currency)

    def less(self, discount: int) -> "Money":
        """Less `discount` basis points; half a minor unit goes to the even one."""
        return self.times(Fraction(10_000 - discount, 10_000))

    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-digits(self.currency))

    def __str__(self) -> str:
        return f"{self.currency} {self.decimal():,.{digits(self.currency)}f}"

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise ValueError(f"{other.currency} is not {self.currency}")
        return other.minor


def total(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, Money.zero(currency))


def allocate(amount: Money, weights: Sequence[int]) -> tuple[Money, ...]:
    """Largest remainder: the parts add up to the amount; ties go to the earlier part; zero weights get zero."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must be positive in sum and none negative")
    sign = -1 if amount.minor < 0 else 1
    shares = [Fraction(abs(amount.minor) * weight, whole) for weight in weights]
    floors = [int(share) for share in shares]
    by_rest = sorted(range(len(shares)), key=lambda i: (floors[i] - shares[i], i))
    for i in by_rest[: abs(amount.minor) - sum(floors)]:
        floors[i] += 1
    return tuple(Money(minor=sign * part, currency=amount.currency) for part in floors)


def percent(basis_points: int) -> str:
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + "%"


PERCENTAGE = re.compile(r"(-?\d{1,6})(?:[.,](\d{1,2})0*)?\s*%?", re.ASCII)


def basis_points(text: str) -> int:
    """Of a percentage as people type it, such as 18, 12.5 or 7,25%. ValueError when it is none."""
    found = PERCENTAGE.fullmatch(text.strip())
    if found is None:
        raise ValueError("a percentage has at most two decimals")
    return int(f"{found[1]}{(found[2] or '').ljust(2, '0')}")
