"""Larkspur's org as it stands on the morning of the story: people, prices, customers, and deals of three years."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sandbox.salesforce import years
from sandbox.salesforce.org import Clock, Org

ORG = "00D7F00000107XsUAI"
ACCOUNT, OPPORTUNITY = "001Hn00001BWaccIAA", "006Hn00001BWfrtIAA"
MAYA = "maya.okafor@larkspur.example"
PEOPLE = (  # a manager stands before those whom she manages
    ("Jonas", "Weber", "VP Sales", "VP Sales", ""),
    ("Sam", "Whitfield", "Sales manager", "Sales Manager", "Jonas Weber"),
    ("Maya", "Okafor", "Account executive", "Account Executive", "Sam Whitfield"),
    ("Ravi", "Menon", "Account executive", "Account Executive", "Sam Whitfield"),
    ("Priya", "Raman", "Finance director", "Finance", ""),
    ("Lena", "Hofer", "Sales operations analyst", "Sales Operations", "Sam Whitfield"),
)
SELLERS = ("Maya Okafor", "Ravi Menon", "Sam Whitfield", "Jonas Weber", "Priya Raman")
PRODUCTS = (
    ("FLEET", "Fleet Platform", "42.00"),
    ("ROUTE", "Route Planner", "25.50"),
    ("ONBOARD", "Onboarding", "9500.00"),
    ("DRIVER", "Driver App", "9.90"),
    ("COLDCHAIN", "Cold Chain Monitor", "14.00"),
    ("ANALYTICS", "Fleet Analytics", "890.00"),
    ("PREMSUP", "Premium Support", "1250.00"),
    ("INTEGR", "Integration Pack", "6400.00"),
)
LINES = (("FLEET", 240, "1008.00", 22), ("ROUTE", 60, "612.00", 22), ("ONBOARD", 1, "9500.00", None))
BRIGHTWATER = {
    "Name": "Brightwater Freight GmbH",
    "Industry": "Logistics",
    "BillingStreet": "Speicherstraße 9",
    "BillingCity": "Hamburg",
    "BillingPostalCode": "20457",
    "BillingCountryCode": "DE",
    "NumberOfEmployees": 640,
    "VAT_Id__c": "DE136695976",
    "Credit_Rating__c": "A",
    "Credit_Limit__c": "400000.00",
    "Credit_Checked_On__c": "2026-11-12",
    "CurrencyIsoCode": "EUR",
}
DEAL = {
    "Name": "Brightwater Freight: fleet platform",
    "StageName": "Proposal",
    "CloseDate": "2026-11-30",
    "CurrencyIsoCode": "EUR",
    "Term_Months__c": 24,
    "Starts_On__c": "2026-12-01",
    "Payment_Days__c": 60,
    "Shared_Channel__c": "C07BRIGHT02",
    "NextStep": "Talk to Clara about the discount",
}
SIGNERS = (("Clara", "Vogt", "Chief operating officer", True), ("Henrik", "Brandt", "Chief financial officer", False))
INDUSTRIES = ("Logistics", "Healthcare", "Retail", "Energy")
FIRST = (
    "Nordkai",
    "Haverkamp",
    "Lindgren",
    "Soltau",
    "Kestrel",
    "Pellworm",
    "Oakline",
    "Northgate",
    "Bremer",
    "Tallis",
)
SECOND = ("Spedition", "Cargo", "Clinics", "Dairy", "Energy", "Markets", "Labs", "Transport", "Foods", "Pharma")
PAST_DEALS, TWO_YEARS = 60, 400
SEED = 20261117


def larkspur(clock: Clock, past: int = PAST_DEALS) -> Org:
    """`past` is how many closed deals there are; those beyond the first sixty have lines, roles and stages."""
    org = Org(ORG, clock)
    users = _people(org)
    prices = dict(_prices(org))
    _brightwater(org, users["Maya Okafor"], prices)
    _past(org, [users[name] for name in SELLERS])
    _others(org, users)
    years.grow(org, [users[name] for name in SELLERS], prices, past - PAST_DEALS)
    return org


def negotiate(org: Org) -> None:
    """Maya moves the opportunity on; whoever listens hears of it."""
    maya = next(row["Id"] for row in org.records("User") if row["Email"] == MAYA)
    org.update("Opportunity", OPPORTUNITY, {"StageName": "Negotiation"}, by=maya)


def _people(org: Org) -> dict[str, str]:
    """Name -> user id. Not everybody has a manager, and one of them is not in Slack."""
    roles = {role: org.create("UserRole", {"Name": role}) for role in dict.fromkeys(told[3] for told in PEOPLE)}
    users: dict[str, str] = {}
    for first, last, title, role, manager in PEOPLE:
        address = f"{first}.{last}@larkspur.example".lower()
        fields = {"FirstName": first, "LastName": last, "Username": address, "Email": address, "Title": title}
        above = {"ManagerId": users[manager]} if manager else {}
        users[f"{first} {last}"] = org.create("User", {**fields, **above, "UserRoleId": roles[role]})
    return users


def _prices(org: Org) -> Iterator[tuple[str, str]]:
    """Code -> price book entry, in EUR."""
    book = org.create("Pricebook2", {"Name": "Standard", "IsActive": True, "IsStandard": True})
    for code, name, price in PRODUCTS:
        product = org.create("Product2", {"Name": name, "ProductCode": code, "IsActive": True})
        entry = {"Pricebook2Id": book, "Product2Id": product, "UnitPrice": price, "IsActive": True}
        yield code, org.create("PricebookEntry", {**entry, "CurrencyIsoCode": "EUR"})


def _brightwater(org: Org, maya: str, prices: dict[str, str]) -> None:
    org.create("Account", {**BRIGHTWATER, "Id": ACCOUNT, "OwnerId": maya}, maya)
    org.create("Opportunity", {**DEAL, "Id": OPPORTUNITY, "AccountId": ACCOUNT, "OwnerId": maya}, maya)
    for code, quantity, price, discount in LINES:
        line = {"OpportunityId": OPPORTUNITY, "PricebookEntryId": prices[code], "Quantity": quantity}
        org.create("OpportunityLineItem", {**line, "UnitPrice": price, "Discount": discount}, maya)
    for first, last, title, primary in SIGNERS:
        person = {"AccountId": ACCOUNT, "FirstName": first, "LastName": last, "Title": title}
        person |= {"Salutation": "Ms." if first == "Clara" else "Mr."}
        contact = org.create("Contact", {**person, "Email": f"{first}.{last}@brightwater.example".lower()}, maya)
        role = {"OpportunityId": OPPORTUNITY, "ContactId": contact, "Role": "Signer", "IsPrimary": primary}
        org.create("OpportunityContactRole", role, maya)


def _past(org: Org, owners: list[str]) -> None:
    chance = random.Random(SEED)
    for number in range(PAST_DEALS):
        closed = date(2026, 11, 10) - timedelta(days=17 * number + chance.randrange(9))
        opened = closed - timedelta(days=chance.randrange(18, 120))
        name = f"{FIRST[number % len(FIRST)]} {SECOND[(number * 7 + number // 10) % len(SECOND)]}"
        account = {"Name": f"{name} {('GmbH', 'Ltd', 'AG')[number % 3]}", "Industry": chance.choice(INDUSTRIES)}
        owner = chance.choice(owners)
        account_id = org.create("Account", {**account, "OwnerId": owner, "CurrencyIsoCode": "EUR"}, owner)
        won = chance.random() < 0.6
        fields: dict[str, Any] = {
            "Name": f"{name}: {chance.choice(('fleet platform', 'route planning', 'cold chain'))}",
            "AccountId": account_id,
            "OwnerId": owner,
            "StageName": "Closed Won" if won else "Closed Lost",
            "CloseDate": closed.isoformat(),
            "Amount": str(Decimal(chance.randrange(1_800_000, 34_000_000)) / 100),
            "CurrencyIsoCode": "EUR",
            "Term_Months__c": chance.choice((12, 24, 36)),
            "Payment_Days__c": chance.choice((30, 30, 45, 60)),
        }
        at = datetime(opened.year, opened.month, opened.day, 9, 0, tzinfo=UTC)
        org.create("Opportunity", fields, owner, at=at)


def _others(org: Org, users: dict[str, str]) -> None:
    """Open deals that are not in negotiation: nobody is to hear of them."""
    for name, stage, amount in (
        ("Kestrel Dairy: route planning", "Proposal", "41300.00"),
        ("Oakline Clinics: cold chain", "Qualification", "88120.00"),
        ("Pellworm Energy: fleet platform", "Prospecting", "18900.00"),
    ):
        owner = users["Ravi Menon"]
        account = {"Name": f"{name.partition(':')[0]} Ltd", "OwnerId": owner, "CurrencyIsoCode": "EUR"}
        fields = {"AccountId": org.create("Account", account, owner), "OwnerId": owner, "Name": name}
        day = {"CloseDate": "2027-01-29", "CurrencyIsoCode": "EUR"}
        org.create("Opportunity", {**fields, **day, "StageName": stage, "Amount": amount}, owner)
