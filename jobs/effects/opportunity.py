"""Salesforce's record in our own types."""

from decimal import Decimal, InvalidOperation

from bot.streams.deal.opportunity import Account, Contact, Opportunity
from bot.streams.deal.quote import AskedLine
from bot.streams.money import Money, basis_points
from integrations.errors import Refused
from integrations.salesforce.port import CrmAccount, CrmLine, CrmOpportunity


def translated(read: CrmOpportunity) -> Opportunity:
    """Refused when an amount or a quantity cannot be taken as it stands."""
    return Opportunity(
        id=read.id,
        name=read.name,
        stage=read.stage,
        amount=_money(read.amount or "0", read.currency),
        currency=read.currency,
        close_on=read.close_on,
        owner_email=read.owner_email,
        months=read.term_months,
        starts_on=read.starts_on,
        payment_days=read.payment_days,
        competitor=read.competitor,
        deal_channel=read.deal_channel,
        shared_channel=read.shared_channel,
        modified_at=read.modified_at,
        modified_by=read.modified_by,
        account=_account(read.account, read.currency),
        lines=tuple(_line(line) for line in read.lines),
        contacts=tuple(Contact(**contact.model_dump()) for contact in read.contacts),
        hosting=read.hosting,
        own_paper=read.own_paper,
        documents_asked=read.documents_asked,
        strategic=read.strategic,
    )


def _account(read: CrmAccount, currency: str) -> Account:
    kept = read.model_dump(exclude={"credit_limit"})
    return Account(**kept, credit_limit=_money(read.credit_limit, currency) if read.credit_limit else None)


def _line(line: CrmLine) -> AskedLine:
    try:
        quantity = Decimal(line.quantity)
        discount = basis_points(line.discount or "0")
    except (InvalidOperation, ValueError):
        raise Refused("line.not_a_number") from None
    if quantity != quantity.to_integral_value() or quantity <= 0:
        raise Refused("line.quantity_not_whole")
    return AskedLine(code=line.product_code, quantity=int(quantity), discount=discount, crm_id=line.id)


def _money(text: str, currency: str) -> Money:
    try:
        return Money.parse(text, currency)
    except ValueError:
        raise Refused("amount.not_exact") from None
