"""How numbers are written for one reader: exact, in her language, with the code of the currency first."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal

from bot.streams.money import Money, digits

HOUR_S = 3600
NARROW_SPACE, SPACE = "\u202f", "\u00a0"


@dataclass(frozen=True, slots=True)
class Numbers:
    """`language` is a tag such as en-IE or de-DE; the words around the numbers stay English."""

    language: str = "en-IE"

    def money(self, amount: Money) -> str:
        """All minor digits, never rounded: EUR 237,984.80, or EUR 237.984,80 in German."""
        places = digits(amount.currency)
        return f"{amount.currency} {self._written(amount.decimal(), places)}"

    def plain(self, amount: Money) -> str:
        """The same without the code, for a column that names it."""
        return self._written(amount.decimal(), digits(amount.currency))

    def whole(self, number: int) -> str:
        return self._written(Decimal(number), 0)

    def hours(self, spent: timedelta) -> str:
        """To one decimal: 31.0 h."""
        return f"{self._written(Decimal(int(spent.total_seconds())) / HOUR_S, 1)}{SPACE}h"

    def percent(self, basis_points: int) -> str:
        """At most one decimal; % stands close, as everywhere on our cards."""
        tenths = Decimal(basis_points // 10) / 10
        return self._written(tenths, 0 if tenths == tenths.to_integral_value() else 1) + "%"

    def _written(self, number: Decimal, places: int) -> str:
        pattern = "#,##0" + ("." + "0" * places if places else "")
        written: str = format_decimal(number, format=pattern, locale=Locale.parse(self.language.replace("-", "_")))
        return written.replace(NARROW_SPACE, SPACE)
