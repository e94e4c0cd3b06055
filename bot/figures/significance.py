"""How loudly a win is told."""

from decimal import Decimal

from bot.playbook.closing import WinLevel, Wins
from bot.streams.deal.handoff import Level
from bot.streams.decision import PastOf
from bot.streams.money import Money


def significance(total: Money, industry: str, past: tuple[PastOf, ...], wins: Wins) -> tuple[Level, str]:
    """The level, and why. The first win of an industry is the company's."""
    if _reaches(total, wins.company):
        return "company", wins.company.line
    if industry and any(of.begun and of.industry == industry and not of.won for of in past):
        return "company", f"the first customer in {industry.lower()}"
    if _reaches(total, wins.team):
        return "team", wins.team.line
    return "individual", wins.individual.line


def _reaches(total: Money, level: WinLevel) -> bool:
    least: Decimal | None = level.from_total.get(total.currency)
    return least is not None and total.decimal() >= least
