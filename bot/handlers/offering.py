"""`/deal quote`: the rep's words about the customer's situation, and the choice of an offer."""

import re
from datetime import date
from decimal import Decimal

from bot.blocks.actions import Ref
from bot.streams.deal.deal import Deal
from bot.streams.deal.offers import AskOffers, Situation
from bot.streams.deal.package import Reprice
from bot.streams.money import Money

# Such as "budget 120,000 late 12 by 2026-12-01 pressed", in any order.
WORD = re.compile(
    r"(?:budget (?P<budget>\d[\d,]{0,17}(?:\.\d{1,3})?))|(?:late (?P<late>\d{1,3}))|(?:by (?P<by>\d{4}-\d\d-\d\d))"
    r"|(?P<pressed>pressed)",
    re.ASCII | re.IGNORECASE,
)


def situation(words: str, currency: str) -> Situation | None:
    """None when there is a word that is not understood."""
    told: dict[str, str] = {}
    rest = WORD.sub(lambda found: _keep(told, found), " ".join(words.split()))
    if rest.strip(" ,"):
        return None
    try:
        return Situation(
            budget=_money(told["budget"], currency) if "budget" in told else None,
            late_days=int(told["late"]) if "late" in told else None,
            decide_by=date.fromisoformat(told["by"]) if "by" in told else None,
            pressed="pressed" in told,
        )
    except ValueError:
        return None


def asked(deal: Deal, who: str, words: str) -> AskOffers | None:
    currency = deal.opportunity.currency if deal.opportunity else "EUR"
    found = situation(words, currency)
    return None if found is None else AskOffers(stream_id=deal.id, actor=who, situation=found)


def chosen(deal: Deal, ref: Ref, who: str) -> Reprice | None:
    """The terms of the offer that the button stood beside; None when it is not one of the newest."""
    scenario = deal.offers.scenario(ref.about)
    if scenario is None:
        return None
    terms = {"discount": scenario.discount, "payment_days": scenario.payment_days, "scenario": scenario.id}
    return Reprice(stream_id=ref.stream_id, actor=who, seen=ref.seen, **terms)


def countered(deal: Deal, no: int, who: str) -> Reprice | None:
    """The terms of an approver's counter-offer; None when the package has changed since, or it was left."""
    made = deal.asking_back.offered(deal.package.version)
    if made is None or made.no != no:
        return None
    told = {"discount": made.terms.discount, "payment_days": made.terms.payment_days}
    return Reprice(stream_id=deal.id, actor=who, seen=deal.package.hash, **told)


def _keep(told: dict[str, str], found: re.Match[str]) -> str:
    told.update({name: text for name, text in found.groupdict().items() if text})
    return ""


def _money(text: str, currency: str) -> Money:
    return Money.parse(str(Decimal(text.replace(",", ""))), currency)
