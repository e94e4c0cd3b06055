"""What decides on the documents of a contract: size, sector, data, what stands already, what the customer asks for."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from bot.playbook.closing import Documents
from bot.playbook.conditions import FactName
from bot.playbook.schema import Playbook
from bot.streams.deal.opportunity import Account, Opportunity
from bot.streams.deal.quote import Quote
from bot.streams.money import Money, total


def contract_facts(opportunity: Opportunity, quote: Quote, today: date, playbook: Playbook) -> dict[FactName, Any]:
    """Of a priced deal, on the day on which it is drafted."""
    documents, account = playbook.documents, opportunity.account
    takes = takes_own_paper(opportunity, quote.total, documents)
    one_off = total((line.total for line in quote.lines if line.one_off), quote.currency)
    years = documents.standing_years
    return {
        FactName.PER_YEAR: quote.arr.decimal(),
        FactName.ONE_OFF: one_off.decimal(),
        FactName.SECTORS: sectors_of(account, documents),
        FactName.ASKED: asked_of(opportunity),
        FactName.HOSTING: hosting_of(opportunity, documents),
        FactName.HAS_MASTER_AGREEMENT: stands(account.master_agreement_on, years.master_agreement, today),
        FactName.HAS_DATA_AGREEMENT: stands(account.data_agreement_on, years.data_agreement, today),
        FactName.WANTS_OWN_PAPER: opportunity.own_paper,
        FactName.TAKES_OWN_PAPER: takes,
        FactName.STANDARD_CLAUSES: not takes,
    }


def takes_own_paper(opportunity: Opportunity, amount: Money, documents: Documents) -> bool:
    """Whether the customer insists on its own terms and is large enough, or public enough, for us to take them."""
    return opportunity.own_paper and takes_own_paper_of(opportunity.account, amount, documents)


def takes_own_paper_of(account: Account, amount: Money, documents: Documents) -> bool:
    """Of one who insists."""
    rule = documents.own_paper
    least = rule.from_total.get(amount.currency)
    large = least is not None and amount.decimal() >= least
    return large or bool(rule.sectors & sectors_of(account, documents))


def sectors_of(account: Account, documents: Documents) -> frozenset[str]:
    """By the industry's name in Salesforce; a public body is in the public sector whatever its industry."""
    industry = account.industry.casefold().strip()
    found = {name for name, words in documents.sectors.items() if industry in {word.casefold() for word in words}}
    return frozenset(found | ({PUBLIC} if account.public_body else set()))


def asked_of(opportunity: Opportunity) -> frozenset[str]:
    """The documents that the customer asks for, as the folders of their templates are named."""
    titles = (title.strip().casefold() for title in opportunity.documents_asked.split(";"))
    return frozenset("-".join(title.split()) for title in titles if title)


def hosting_of(opportunity: Opportunity, documents: Documents) -> str:
    return opportunity.hosting.casefold().strip() or documents.home_hosting


def stands(signed_on: date | None, years: int, today: date) -> bool:
    """Whether an earlier agreement still holds. A day that is still to come is no signature."""
    return signed_on is not None and signed_on <= today <= signed_on + relativedelta(years=years)


PUBLIC = "public"
