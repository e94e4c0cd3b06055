"""What the playbook's conditions may ask of a deal, taken from its opportunity and its quote."""

from datetime import date
from typing import Any

from bot.figures.clauses import choose, grants, risk_of, wishes_of
from bot.figures.complexity import deviations, points
from bot.figures.conditions import Facts
from bot.figures.contract_facts import contract_facts
from bot.figures.quote_check import below_floor
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import ClauseUse
from bot.streams.deal.deal import Deal
from bot.streams.deal.opportunity import Account, Opportunity
from bot.streams.deal.quote import Quote
from bot.streams.decision import Context
from bot.streams.money import Money


def deal_facts(deal: Deal, quote: Quote, context: Context, clauses: tuple[ClauseUse, ...] | None = None) -> Facts:
    """Of a priced deal. What is not known is None, and each condition says what follows from that."""
    if deal.opportunity is None:
        return {}
    groups = _rep_groups(deal, context)
    book, today = context.playbook, context.now.date()
    said = deal.signals.yes.conditions if deal.signals.yes else ()
    facts: dict[FactName, Any] = {
        **opportunity_facts(deal.opportunity, len(said), book),
        **contract_facts(deal.opportunity, quote, today, book),
        FactName.DISCOUNT: quote.discount,
        FactName.DISCOUNT_WITHIN_OWN: quote.discount <= book.discount_authority(groups),
        FactName.PAYMENT_DAYS: quote.payment_days,
        FactName.PAYMENT_WITHIN_OWN: quote.payment_days <= book.payment_authority(groups),
        FactName.MARGIN: quote.margin,
        FactName.BELOW_FLOOR: bool(below_floor(quote, book)),
        FactName.TOTAL: quote.total.decimal(),
        FactName.MONTHS: quote.months,
        FactName.QUOTE_KIND: quote.kind,
        FactName.DAYS_TO_CLOSE: (deal.opportunity.close_on - today).days,
        **_credit(deal.opportunity.account, quote.total, today),
    }
    currencies = len({quote.currency, book.company.currency})
    chosen = _clauses(deal, clauses, facts, book)
    return {**facts, **clause_facts(chosen, len(quote.lines), currencies, book)}


def clause_facts(
    clauses: tuple[ClauseUse, ...], lines: int, currencies: int, book: Playbook, entities: int = 1
) -> dict[FactName, Any]:
    """What follows from the clauses on which a deal stands, and how much there is to look at."""
    off = deviations(clauses)
    return {
        FactName.CLAUSE_GRANTS: grants(clauses),
        FactName.CLAUSE_RISK: risk_of(clauses, ()),
        FactName.DEVIATIONS: off,
        FactName.LINES: lines,
        FactName.COMPLEXITY: points(book.approvals.complexity, lines, entities, currencies, off),
    }


def _clauses(deal: Deal, given: tuple[ClauseUse, ...] | None, facts: Facts, book: Playbook) -> tuple[ClauseUse, ...]:
    made = deal.package.current
    if given is not None:
        return given
    if made is not None or deal.opportunity is None:
        return made.contract.clauses if made else ()
    return choose(wishes_of(deal.opportunity.account), facts, book)


def opportunity_facts(opportunity: Opportunity, conditions: int, playbook: Playbook) -> Facts:
    """Before there is a quote: the amount and the discounts as they stand in Salesforce."""
    products = [playbook.product_of(line.code) for line in opportunity.lines]
    facts: dict[FactName, Any] = {
        FactName.DISCOUNT: max((line.discount for line in opportunity.lines), default=0),
        FactName.PAYMENT_DAYS: opportunity.payment_days,
        FactName.TOTAL: opportunity.amount.decimal(),
        FactName.MONTHS: opportunity.months,
        FactName.CURRENCY: opportunity.currency,
        FactName.COUNTRY: opportunity.account.country,
        FactName.REGIONS: playbook.regions_of(opportunity.account.country),
        FactName.INDUSTRY: opportunity.account.industry,
        FactName.PRODUCTS: frozenset(product.code for product in products if product),
        FactName.COMPETITOR: opportunity.competitor,
        FactName.CONDITIONS: conditions,
        FactName.EMPLOYEES: opportunity.account.employees,
        FactName.STRATEGIC: opportunity.strategic or opportunity.account.strategic,
        FactName.PERSONAL_DATA: any(product.personal_data for product in products if product),
    }
    return facts


def _rep_groups(deal: Deal, context: Context) -> frozenset[str]:
    rep = context.reads.colleague(deal.opening.rep)
    return rep.groups if rep else frozenset()


def _credit(account: Account, total: Money, today: date) -> dict[FactName, Any]:
    limit, checked = account.credit_limit, account.credit_checked_on
    return {
        FactName.ABOVE_CREDIT_LIMIT: None if limit is None else total.minor > limit.minor,
        FactName.CREDIT_AGE_DAYS: None if checked is None else (today - checked).days,
        FactName.CREDIT_RATING: account.credit_rating or None,
    }
