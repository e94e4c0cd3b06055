"""What is asked of Salesforce, and its records in our words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from integrations.errors import Refused
from integrations.salesforce.port import (
    CrmAccount,
    CrmAfterwards,
    CrmContact,
    CrmLine,
    CrmOpportunity,
    CrmPastDeal,
    CrmUser,
)

Record = Mapping[str, Any]
LINES = "OpportunityLineItems"
ROLES_OF = "OpportunityContactRoles"

OPPORTUNITY = (
    "SELECT Id, Name, StageName, Amount, CurrencyIsoCode, CloseDate, OwnerId, Owner.Email, Term_Months__c,"
    " Starts_On__c, Payment_Days__c, Main_Competitor__c, Deal_Channel__c, Shared_Channel__c, NextStep,"
    " SystemModstamp, LastModifiedById, ContractId, AccountId, Account.Name, Account.Industry,"
    " Account.BillingCountryCode, Account.BillingStreet, Account.BillingCity, Account.BillingPostalCode,"
    " Account.NumberOfEmployees, Account.VAT_Id__c, Account.Credit_Rating__c, Account.Credit_Limit__c,"
    " Account.Credit_Checked_On__c, Account.BillingStateCode, Account.Public_Body__c,"
    " Account.Master_Agreement_On__c, Account.Data_Agreement_On__c, Account.Legal_Terms__c, Data_Hosting__c,"
    " Own_Paper__c, Documents_Asked__c, Strategic__c, Account.Strategic__c,"
    " (SELECT Id, Product2.ProductCode, Quantity, UnitPrice, Discount, TotalPrice, Description"
    " FROM OpportunityLineItems ORDER BY SortOrder, Id),"
    " (SELECT ContactId, Contact.Name, Contact.Email, Contact.Title, Contact.Salutation, Role, IsPrimary"
    " FROM OpportunityContactRoles ORDER BY Id)"
    " FROM Opportunity WHERE Id = {} LIMIT 1"
)
CONTRACT = "SELECT Id, Status FROM Contract WHERE Countersign_Key__c = {} LIMIT 1"
ROLES = "SELECT Id, ContactId, Role FROM OpportunityContactRole WHERE OpportunityId = {}"
CLOSED = "SELECT Amount, ContractId FROM Opportunity WHERE Id = {} LIMIT 1"
FILE = "SELECT Id, ContentDocumentId FROM ContentVersion WHERE Countersign_Key__c = {} LIMIT 1"
FILES = "SELECT Id, ContentDocumentId, Countersign_Key__c FROM ContentVersion WHERE Countersign_Key__c IN {}"
LIVE_FILE = "SELECT Id, ContentDocumentId FROM ContentVersion WHERE Countersign_Key__c = {} AND IsLatest = true LIMIT 1"
FILE_OF = "SELECT Id, ContentDocumentId FROM ContentVersion WHERE Id = {} LIMIT 1"
LINK = "SELECT Id FROM ContentDocumentLink WHERE ContentDocumentId = {} AND LinkedEntityId = {}"
PAST = (
    "SELECT Id, Account.Name, Account.Industry, CurrencyIsoCode, Amount, Payment_Days__c, IsWon, CreatedDate,"
    " CloseDate, Term_Months__c, Main_Competitor__c, Positioning__c, (SELECT Discount FROM OpportunityLineItems)"
    " FROM Opportunity"
    " WHERE IsClosed = true AND CloseDate >= LAST_N_DAYS:1095 ORDER BY CloseDate DESC, Id LIMIT 500"
)
AFTERWARDS = (
    "SELECT IsClosed, IsWon, ContractId, Contract.Ended_Early_On__c, Contract.Days_Late__c FROM Opportunity"
    " WHERE Id = {} LIMIT 1"
)
TASKS = "SELECT Countersign_Key__c, Status, Subject, ActivityDate, OwnerId FROM Task WHERE WhatId = {}"
OWNERS = "SELECT Id, Email FROM User WHERE IsActive = true AND UserType = 'Standard' AND Email IN {}"
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
        id=text(record, "Id"),
        name=text(record, "Name"),
        stage=text(record, "StageName"),
        amount=number(record.get("Amount")),
        currency=text(record, "CurrencyIsoCode"),
        close_on=_needed_date(record, "CloseDate"),
        owner_id=text(record, "OwnerId"),
        owner_email=text(related(record, "Owner"), "Email"),
        term_months=whole(record, "Term_Months__c"),
        starts_on=_needed_date(record, "Starts_On__c"),
        payment_days=whole(record, "Payment_Days__c"),
        competitor=text(record, "Main_Competitor__c"),
        deal_channel=text(record, "Deal_Channel__c"),
        shared_channel=text(record, "Shared_Channel__c"),
        next_step=text(record, "NextStep"),
        modified_at=text(record, "SystemModstamp"),
        modified_by=text(record, "LastModifiedById"),
        contract_id=text(record, "ContractId"),
        account=_account(text(record, "AccountId"), related(record, "Account")),
        lines=tuple(_line(line) for line in lines),
        contacts=tuple(_contact(contact) for contact in contacts),
        hosting=text(record, "Data_Hosting__c"),
        own_paper=record.get("Own_Paper__c") is True,
        documents_asked=text(record, "Documents_Asked__c"),
        strategic=record.get("Strategic__c") is True,
    )


def past_deal(record: Record) -> CrmPastDeal:
    account, closed_on = related(record, "Account"), _needed_date(record, "CloseDate")
    created = text(record, "CreatedDate")[:10]
    return CrmPastDeal(
        id=text(record, "Id"),
        customer=text(account, "Name"),
        industry=text(account, "Industry"),
        currency=text(record, "CurrencyIsoCode"),
        amount=number(record.get("Amount")),
        discount=max((number(line.get("Discount")) for line in children(record, LINES)), key=Decimal, default="0"),
        payment_days=whole(record, "Payment_Days__c"),
        won=record.get("IsWon") is True,
        created_on=date.fromisoformat(created) if created else closed_on,
        closed_on=closed_on,
        term_months=whole(record, "Term_Months__c"),
        competitor=text(record, "Main_Competitor__c"),
        positioning=text(record, "Positioning__c"),
    )


def afterwards(record: Record) -> CrmAfterwards:
    contract = related(record, "Contract")
    return CrmAfterwards(
        closed=record.get("IsClosed") is True,
        won=record.get("IsWon") is True,
        ended_on=_date(contract, "Ended_Early_On__c"),
        days_late=whole(contract, "Days_Late__c"),
    )


def user(record: Record) -> CrmUser:
    return CrmUser(
        id=text(record, "Id"),
        name=text(record, "Name"),
        email=text(record, "Email"),
        active=record.get("IsActive") is True,
        role=text(related(record, "UserRole"), "Name"),
        manager=text(record, "ManagerId"),
    )


def children(record: Record, name: str) -> list[Record]:
    """Of a subquery: null when it found none."""
    return [row for row in related(record, name).get("records") or [] if isinstance(row, Mapping)]


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
        name=text(told, "Name"),
        industry=text(told, "Industry"),
        country=text(told, "BillingCountryCode"),
        street=text(told, "BillingStreet"),
        city=text(told, "BillingCity"),
        postal_code=text(told, "BillingPostalCode"),
        vat_id=text(told, "VAT_Id__c"),
        employees=whole(told, "NumberOfEmployees"),
        credit_rating=text(told, "Credit_Rating__c"),
        credit_limit=number(told.get("Credit_Limit__c")),
        credit_checked_on=_date(told, "Credit_Checked_On__c"),
        state=text(told, "BillingStateCode"),
        public_body=told.get("Public_Body__c") is True,
        master_agreement_on=_date(told, "Master_Agreement_On__c"),
        data_agreement_on=_date(told, "Data_Agreement_On__c"),
        legal_terms=text(told, "Legal_Terms__c"),
        strategic=told.get("Strategic__c") is True,
    )


def _line(told: Record) -> CrmLine:
    return CrmLine(
        id=text(told, "Id"),
        product_code=text(related(told, "Product2"), "ProductCode"),
        quantity=number(told.get("Quantity")),
        unit_price=number(told.get("UnitPrice")),
        discount=number(told.get("Discount")),
        total_price=number(told.get("TotalPrice")),
        description=text(told, "Description"),
    )


def _contact(told: Record) -> CrmContact:
    person = related(told, "Contact")
    return CrmContact(
        id=text(told, "ContactId"),
        name=text(person, "Name"),
        email=text(person, "Email"),
        title=text(person, "Title"),
        role=text(told, "Role"),
        primary=told.get("IsPrimary") is True,
        salutation=text(person, "Salutation"),
    )


def related(record: Record, name: str) -> Record:
    found = record.get(name)
    return found if isinstance(found, Mapping) else {}


def text(record: Record, name: str) -> str:
    value = record.get(name)
    return "" if value is None else str(value)


def whole(record: Record, name: str) -> int:
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
