"""The stretches of a term in which a line has one quantity."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from bot.figures.problem import PriceProblem
from bot.playbook.selling import Product
from bot.streams.deal.quote import AskedLine


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole months from `from_month` on, then `days` of a month of `month_days`."""

    from_month: int
    months: int
    days: int
    month_days: int
    quantity: int
    says: str = ""

    @property
    def term(self) -> Fraction:
        return self.months + Fraction(self.days, self.month_days)


def stretches(line: AskedLine, product: Product, months: int, days: int, month_days: int) -> tuple[Stretch, ...]:
    """They follow each other and fill the term. Raises PriceProblem."""
    if product.sold == "one_off":
        if line.ramp:
            raise PriceProblem(line.code, "no ramp: it is sold once", "take the ramp off this line")
        return (Stretch(0, 1, 0, month_days, line.quantity),)
    marks = [(0, line.quantity), *((step.from_month, step.quantity) for step in line.ramp)]
    starts = [start for start, _ in marks]
    if starts != sorted(set(starts)) or starts[-1] >= max(months, 1):
        advice = "give each step a later month than the one before"
        raise PriceProblem(line.code, f"ramp steps that rise within {months} months", advice)
    ends = [*(later for (_, later) in pairwise(starts)), months]
    return tuple(
        Stretch(start, end - start, days if end == months else 0, month_days, quantity, _says(line, start, end))
        for (start, quantity), end in zip(marks, ends, strict=True)
    )


def _says(line: AskedLine, start: int, end: int) -> str:
    return f"months {start + 1} to {end}" if line.ramp else ""
