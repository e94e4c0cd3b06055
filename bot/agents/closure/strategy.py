"""How we mean to close: the playbook's first strategy that fits, with why, and what the past says."""

from bot.figures.conditions import explain, holds
from bot.figures.deal_facts import opportunity_facts
from bot.figures.similar import similar
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.signals import SignalDetected, StrategyChosen
from bot.streams.decision import Context, PastDeal
from bot.streams.money import Money, percent


def choose(opportunity: Opportunity, signal: SignalDetected, context: Context) -> StrategyChosen:
    facts = opportunity_facts(opportunity, len(signal.conditions), context.playbook)
    strategy = next(s for s in context.playbook.strategies if holds(s.when, facts))
    why = explain(strategy.when, facts) if strategy.when else "nothing else applies: they said yes to what was offered"
    rate = _rate(opportunity, context)
    return StrategyChosen(
        strategy=strategy.title,
        says=strategy.says,
        reasons=(why, *((rate,) if rate else ())),
        risks=strategy.risks,
        precedents=tuple(_told(deal) for deal in _precedents(opportunity, context)),
    )


def _precedents(opportunity: Opportunity, context: Context) -> tuple[PastDeal, ...]:
    past = context.reads.past_deals
    return similar(opportunity.account.industry, opportunity.amount, past, context.playbook.past.shown)


def _told(deal: PastDeal) -> str:
    total = Money(minor=deal.total, currency=deal.currency)
    industry = deal.industry.lower() or "industry not known"
    return f"{deal.customer}, {industry}, {total}, {percent(deal.discount)}, won in {deal.days} days"


def _rate(opportunity: Opportunity, context: Context) -> str:
    """Only said when there are enough of them to say anything."""
    for past in context.reads.past_of:
        if past.won + past.lost >= context.playbook.past.at_least_for_a_rate:
            return f"{past.won} of {past.won + past.lost} past deals in {opportunity.account.industry.lower()} were won"
    return ""
