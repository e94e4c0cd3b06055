"""What is asked of Salesforce, and its records in our words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from integrations.errors import Refused
from integrations.salesforce.port import CrmAccount, CrmContact, CrmLine, CrmOpportunity, CrmPastDeal, CrmUser

Record = Mapping[str, Any]
LINES = "OpportunityLineItems"
ROLES_OF = "OpportunityContactRoles"

OPPORTUNITY = (
    "SELECT Id, Name, StageName, Amount, CurrencyIsoCode, CloseDate, OwnerId, Owner.Email, Term_Months__c,"
    " Starts_On__c, Payment_Days__c, Main_Competitor__c, Deal_Channel__c, Shared_Channel__c, NextStep,"
    " SystemModstamp, LastModifiedById, ContractId, AccountId, Account.Name, Account.Industry,"
    " Account.BillingCountryCode, Account.BillingStreet, Account.BillingCity, Account.BillingPostalCode,"
    " Account.NumberOfEmployees, Account.VAT_Id__c, Account.Credit_Rating__c, Account.Credit_Limit__c,"
    " Account.Credit_Checked_On__c,"
    " (SELECT Id, Product2.ProductCode, Quantity, UnitPrice, Discount, TotalPrice, Description"
    " FROM OpportunityLineItems ORDER BY SortOrder, Id),"
    " (SELECT ContactId, Contact.Name, Contact.Email, Contact.Title, Role, IsPrimary"
    " FROM OpportunityContactRoles ORDER BY Id)"
    " FROM Opportunity WHERE Id = {} LIMIT 1"
)
CONTRACT = "SELECT Id, Status FROM Contract WHERE Countersign_Key__c = {} LIMIT 1"
ROLES = "SELECT Id, ContactId, Role FROM OpportunityContactRole WHERE OpportunityId = {}"
CLOSED = "SELECT Amount, ContractId FROM Opportunity WHERE Id = {} LIMIT 1"
FILE = "SELECT Id, ContentDocumentId FROM ContentVersion WHERE Countersign_Key__c = {} LIMIT 1"
FILE_OF = "SELECT Id, ContentDocumentId FROM ContentVersion WHERE Id = {} LIMIT 1"
LINK = "SELECT Id FROM ContentDocumentLink WHERE ContentDocumentId = {} AND LinkedEntityId = {}"
PAST = (
    "SELECT Id, Account.Name, Account.Industry, CurrencyIsoCode, Amount, Payment_Days__c, IsWon, CreatedDate,"
    " CloseDate, (SELECT Discount FROM OpportunityLineItems) FROM Opportunity"
    " WHERE IsClosed = true AND CloseDate >= LAST_N_DAYS:1095 ORDER BY CloseDate DESC, Id LIMIT 500"
)
USERS = (
    "SELECT Id, Name, Email, IsActive, ManagerId, UserRole.Name FROM User"
    " WHERE UserType = 'Standard' ORDER BY Id LIMIT 2000"
)
SEARCH = (
    "SELECT Id, Name, StageName FROM Opportunity"
    " WHERE Name LIKE '%{words:like}%' OR Account.Name LIKE '%{words:like}%'"
    " ORDER BY LastModifiedDate DESC LIMIT 10"
)


def opportunity(record: Record, lines: list[Record], contacts: list[Record]) -> CrmOpportunity:
    return CrmOpportunity(
        id=_text(record, "Id"),
        name=_text(record, "Name"),
        stage=_text(record, "StageName"),
        amount=number(record.get("Amount")),
        currency=_text(record, "CurrencyIsoCode"),
        close_on=_needed_date(record, "CloseDate"),
        owner_id=_text(record, "OwnerId"),
        owner_email=_text(_related(record, "Owner"), "Email"),
        term_months=_whole(record, "Term_Months__c"),
        starts_on=_needed_date(record, "Starts_On__c"),
        payment_days=_whole(record, "Payment_Days__c"),
        competitor=_text(record, "Main_Competitor__c"),
        deal_channel=_text(record, "Deal_Channel__c"),
        shared_channel=_text(record, "Shared_Channel__c"),
        next_step=_text(record, "NextStep"),
        modified_at=_text(record, "SystemModstamp"),
        modified_by=_text(record, "LastModifiedById"),
        contract_id=_text(record, "ContractId"),
        account=_account(_text(record, "AccountId"), _related(record, "Account")),
        lines=tuple(_line(line) for line in lines),
        contacts=tuple(_contact(contact) for contact in contacts),
    )


def past_deal(record: Record) -> CrmPastDeal:
    account, closed_on = _related(record, "Account"), _needed_date(record, "CloseDate")
    created = _text(record, "CreatedDate")[:10]
    return CrmPastDeal(
        id=_text(record, "Id"),
        customer=_text(account, "Name"),
        industry=_text(account, "Industry"),
        currency=_text(record, "CurrencyIsoCode"),
        amount=number(record.get("Amount")),
        discount=max((number(line.get("Discount")) for line in children(record, LINES)), key=Decimal, default="0"),
        payment_days=_whole(record, "Payment_Days__c"),
        won=record.get("IsWon") is True,
        created_on=date.fromisoformat(created) if created else closed_on,
        closed_on=closed_on,
    )


def user(record: Record) -> CrmUser:
    return CrmUser(
        id=_text(record, "Id"),
        name=_text(record, "Name"),
        email=_text(record, "Email"),
        active=record.get("IsActive") is True,
        role=_text(_related(record, "UserRole"), "Name"),
        manager=_text(record, "ManagerId"),
    )


def children(record: Record, name: str) -> list[Record]:
    """Of a subquery: null when it found none."""
    return [row for row in _related(record, name).get("records") or [] if isinstance(row, Mapping)]


def number(value: object) -> str:
    """Plain decimal text, the same for the same number however it was written; nothing is "0"."""
    if value is None:
        return "0"
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        raise Refused("malformed.number") from None
    if not exact.is_finite() or abs(exact.adjusted()) > 30:
        raise Refused("malformed.number")
    return f"{exact.normalize():f}" if exact else "0"


def _account(account_id: str, told: Record) -> CrmAccount:
    return CrmAccount(
        id=account_id,
        name=_text(told, "Name"),
        industry=_text(told, "Industry"),
        country=_text(told, "BillingCountryCode"),
        street=_text(told, "BillingStreet"),
        city=_text(told, "BillingCity"),
        postal_code=_text(told, "BillingPostalCode"),
        vat_id=_text(told, "VAT_Id__c"),
        employees=_whole(told, "NumberOfEmployees"),
        credit_rating=_text(told, "Credit_Rating__c"),
        credit_limit=number(told.get("Credit_Limit__c")),
        credit_checked_on=_date(told, "Credit_Checked_On__c"),
    )


def _line(told: Record) -> CrmLine:
    return CrmLine(
        id=_text(told, "Id"),
        product_code=_text(_related(told, "Product2"), "ProductCode"),
        quantity=number(told.get("Quantity")),
        unit_price=number(told.get("UnitPrice")),
        discount=number(told.get("Discount")),
        total_price=number(told.get("TotalPrice")),
        description=_text(told, "Description"),
    )


def _contact(told: Record) -> CrmContact:
    person = _related(told, "Contact")
    return CrmContact(
        id=_text(told, "ContactId"),
        name=_text(person, "Name"),
        email=_text(person, "Email"),
        title=_text(person, "Title"),
        role=_text(told, "Role"),
        primary=told.get("IsPrimary") is True,
    )


def _related(record: Record, name: str) -> Record:
    found = record.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    return "" if value is None else str(value)


def _whole(record: Record, name: str) -> int:
    """An empty number is 0: the rules ask for what is missing."""
    exact = Decimal(number(record.get(name)))
    if exact != exact.to_integral_value():
        raise Refused(f"malformed.{name}")
    return int(exact)


def _date(record: Record, name: str) -> date | None:
    value = record.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Refused(f"malformed.{name}") from None


def _needed_date(record: Record, name: str) -> date:
    if (found := _date(record, name)) is None:
        raise Refused(f"missing.{name}")
    return found
