"""What begins with a yes: the strategy, with its reasons, and the hand-over to the contract's agent."""

from bot.agents.closure.strategy import choose
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import to_contracts
from bot.streams.deal.package import Terms, TermsSet
from bot.streams.deal.signals import SignalDetected
from bot.streams.decision import Context, Fact
from bot.streams.effects import AssemblePackage, Effect


def begin(deal: Deal, signal: SignalDetected, context: Context) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    """Nothing here leaves the company: it is drafted at once and sent on a click."""
    opportunity = deal.opportunity
    if opportunity is None:
        return (), ()
    strategy = choose(opportunity, signal, context)
    terms = TermsSet(
        version=1,
        terms=Terms(discount=None, payment_days=opportunity.payment_days),
        by=deal.opening.rep,
        at=context.now,
    )
    over = to_contracts(opportunity, terms, strategy.strategy)
    return (strategy, terms, over), (AssemblePackage(version=1),)
