"""What an opportunity comes to at given terms."""

from datetime import date

from bot.figures.price import Ask, price
from bot.playbook.schema import Playbook
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.package import TermsSet
from bot.streams.deal.quote import Quote


def price_of(opportunity: Opportunity, terms: TermsSet, offered_on: date, playbook: Playbook) -> Quote:
    """Raises PriceProblem."""
    ask = Ask(
        version=terms.version,
        currency=opportunity.currency,
        lines=opportunity.lines,
        months=terms.terms.months or opportunity.months,
        starts_on=opportunity.starts_on,
        payment_days=terms.terms.payment_days,
        discount=terms.terms.discount,
        offered_on=offered_on,
        bill_shares=terms.terms.bill_shares,
    )
    return price(ask, playbook)
