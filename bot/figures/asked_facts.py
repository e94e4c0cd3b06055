"""What the playbook's conditions may ask of a deal that comes as JSON; what it does not tell is not known."""

from decimal import Decimal
from typing import Any

from bot.figures.clauses import choose, wishes_of
from bot.figures.conditions import Facts
from bot.figures.contract_facts import sectors_of, takes_own_paper_of
from bot.figures.deal_facts import clause_facts
from bot.figures.quote_check import below_floor
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.asking import DealAsked
from bot.streams.deal.contract import ClauseUse
from bot.streams.deal.opportunity import Account
from bot.streams.deal.quote import Quote


def facts_of(asked: DealAsked, quote: Quote, playbook: Playbook) -> Facts:
    role, account = playbook.roles[asked.asked_by], _account(asked)
    products = [playbook.product_of(line.code) for line in quote.lines]
    takes = asked.own_paper and takes_own_paper_of(account, quote.total, playbook.documents)
    facts: dict[FactName, Any] = {
        FactName.DISCOUNT: quote.discount,
        FactName.DISCOUNT_WITHIN_OWN: quote.discount <= role.discount_up_to,
        FactName.PAYMENT_DAYS: quote.payment_days,
        FactName.PAYMENT_WITHIN_OWN: quote.payment_days <= role.payment_days_up_to,
        FactName.MARGIN: quote.margin,
        FactName.BELOW_FLOOR: bool(below_floor(quote, playbook)),
        FactName.TOTAL: quote.total.decimal(),
        FactName.PER_YEAR: quote.arr.decimal(),
        FactName.MONTHS: quote.months,
        FactName.QUOTE_KIND: quote.kind,
        FactName.CURRENCY: quote.currency,
        FactName.COUNTRY: asked.country or None,
        FactName.REGIONS: playbook.regions_of(asked.country) if asked.country else None,
        FactName.INDUSTRY: asked.industry,
        FactName.SECTORS: sectors_of(account, playbook.documents),
        FactName.HOSTING: asked.hosting or playbook.documents.home_hosting,
        FactName.PERSONAL_DATA: any(product.personal_data for product in products if product),
        FactName.PRODUCTS: frozenset(product.code for product in products if product),
        FactName.COMPETITOR: asked.competitor,
        FactName.WANTS_OWN_PAPER: asked.own_paper,
        FactName.TAKES_OWN_PAPER: takes,
        FactName.STANDARD_CLAUSES: not takes,
        **_credit(asked, quote),
    }
    clauses = choose(wishes_of(account), facts, playbook)
    return facts | clause_facts(clauses, len(quote.lines), asked.currencies, playbook, asked.entities)


def clauses_of(asked: DealAsked, facts: Facts, playbook: Playbook) -> tuple[ClauseUse, ...]:
    return choose(wishes_of(_account(asked)), facts, playbook)


def _account(asked: DealAsked) -> Account:
    return Account(
        id="",
        name="",
        industry=asked.industry,
        country=asked.country,
        street="",
        city="",
        postal_code="",
        vat_id="",
        employees=0,
        credit_rating=asked.credit_rating,
        credit_limit=None,
        credit_checked_on=asked.credit_checked_on,
        public_body=asked.public_body,
        legal_terms=asked.legal_terms,
    )


def _credit(asked: DealAsked, quote: Quote) -> dict[FactName, Any]:
    limit, checked = asked.credit_limit, asked.credit_checked_on
    return {
        FactName.ABOVE_CREDIT_LIMIT: None if limit is None else quote.total.decimal() > Decimal(limit),
        FactName.CREDIT_AGE_DAYS: None if checked is None else (asked.offered_on - checked).days,
        FactName.CREDIT_RATING: asked.credit_rating or None,
    }
