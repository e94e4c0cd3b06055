"""Two years of closed deals with lines, roles and stages, drawn from distributions that a sales team would recognise.

Sizes are lognormal, larger deals take longer, get more off and are lost more often; quarters end with a rush; the
reasons of losses, and who took part, are weighted. The seed makes them the same every time.
"""

import random
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.salesforce.org import Org

LAST, DAYS = date(2026, 11, 9), 730
SEED = 20241110
QUARTER_ENDS = (3, 6, 9, 12)
RUSH = 0.35  # the share of deals that close in the last fortnight of a quarter
MEDIAN_SEATS, SPREAD = 60, 0.9
DAYS_TO_PAY = {30: 62, 45: 18, 60: 17, 90: 3}
STAGES = ("Prospecting", "Qualification", "Proposal", "Negotiation")
REASONS = {"Price": 34, "No decision": 28, "Competitor": 22, "Timing": 11, "Product gap": 5}
COMPETITORS = {"Routewise": 45, "Haulix": 30, "In-house": 25}
PUT_FORWARD = {"start": (0.7, 0.2), "price": (0.3, 0.4), "data": (0.35, 0.3)}  # of deals won, and lost
ROLES = {"Decision Maker": 40, "Economic Buyer": 25, "Influencer": 20, "Evaluator": 15}
INDUSTRIES = {"Logistics": 44, "Retail": 22, "Healthcare": 19, "Energy": 15}
WIN_RATE = {"Logistics": 0.62, "Retail": 0.51, "Healthcare": 0.46, "Energy": 0.41}
PLACES = ("Aalborg", "Bergen", "Cork", "Dresden", "Emden", "Ghent", "Halden", "Jever", "Kiel", "Leer", "Malmo", "Oslo")
TRADES = {
    "Logistics": ("Freight", "Cargo", "Haulage", "Parcel"),
    "Retail": ("Markets", "Stores", "Grocers"),
    "Healthcare": ("Clinics", "Pharma", "Labs"),
    "Energy": ("Power", "Grid", "Heat"),
}


def grow(org: "Org", owners: list[str], prices: dict[str, str], count: int) -> None:
    """So many more closed opportunities."""
    chance = random.Random(SEED)
    for number in range(count):
        _deal(org, chance, number, chance.choice(owners), prices)


def _deal(org: "Org", chance: random.Random, number: int, owner: str, prices: dict[str, str]) -> None:
    industry, closed = _one(chance, INDUSTRIES), _closed(chance)
    seats = max(5, round(MEDIAN_SEATS * exp(chance.gauss(0, SPREAD))))
    large = min(seats / (6 * MEDIAN_SEATS), 1)
    won = chance.random() < WIN_RATE[industry] * (1 - large / 3)
    opened = closed - timedelta(days=max(9, round((38 + 60 * large) * exp(chance.gauss(0, 0.45)))))
    name = f"{PLACES[number % len(PLACES)]} {chance.choice(TRADES[industry])} {number // len(PLACES) + 1}"
    account = org.create("Account", {"Name": name, "Industry": industry, "OwnerId": owner}, owner)
    fields: dict[str, Any] = {"Name": f"{name}: fleet platform", "AccountId": account, "OwnerId": owner}
    fields |= {"StageName": STAGES[0], "CloseDate": closed.isoformat(), "CurrencyIsoCode": "EUR"}
    fields |= {"Term_Months__c": _one(chance, {12: 5, 24: 3, 36: 2}), "Payment_Days__c": _one(chance, DAYS_TO_PAY)}
    deal = org.create("Opportunity", fields, owner, at=_at(opened))
    _lines(org, chance, deal, owner, prices, (seats, large))
    _people(org, chance, account, deal, owner)
    _stages(org, chance, deal, owner, (opened, closed, won))
    _positioning(org, number, deal, (owner, _at(closed), won))


def _lines(
    org: "Org", chance: random.Random, deal: str, owner: str, prices: dict[str, str], size: tuple[int, float]
) -> None:
    seats, large = size
    off = round(min(max(chance.gauss(6 + 16 * large, 5), 0), 35))
    wanted = [("FLEET", seats, "1008.00", off), ("ONBOARD", 1, "9500.00", None)]
    if chance.random() < 0.55:
        wanted.insert(1, ("ROUTE", max(seats // 4, 1), "612.00", off))
    for code, quantity, price, discount in wanted:
        line = {"OpportunityId": deal, "PricebookEntryId": prices[code], "Quantity": quantity}
        org.create("OpportunityLineItem", {**line, "UnitPrice": price, "Discount": discount or None}, owner)


def _people(org: "Org", chance: random.Random, account: str, deal: str, owner: str) -> None:
    """One in twelve has nobody's name, as it is in every CRM."""
    if chance.random() < 1 / 12:
        return
    person = {"AccountId": account, "FirstName": "Alex", "LastName": f"Contact {account[-5:]}"}
    contact = org.create("Contact", person, owner)
    for role in dict.fromkeys(_one(chance, ROLES) for _ in range(chance.choice((1, 1, 2, 3)))):
        org.create("OpportunityContactRole", {"OpportunityId": deal, "ContactId": contact, "Role": role}, owner)


def _stages(org: "Org", chance: random.Random, deal: str, owner: str, way: tuple[date, date, bool]) -> None:
    """A lost one ends at any stage; of some that were lost nobody wrote down why."""
    opened, closed, won = way
    passed = STAGES[1:] if won else STAGES[1 : chance.randint(1, len(STAGES))]
    days = (closed - opened).days
    for number, stage in enumerate(passed, 1):
        at = _at(opened + timedelta(days * number // (len(passed) + 1)))
        org.update("Opportunity", deal, {"StageName": stage}, owner, at)
    end: dict[str, Any] = {"StageName": "Closed Won" if won else "Closed Lost"}
    if not won and chance.random() < 0.9:
        end["Loss_Reason__c"] = _one(chance, REASONS)
    if chance.random() < (0.25 if won else 0.6):
        end["Main_Competitor__c"] = _one(chance, COMPETITORS)
    org.update("Opportunity", deal, end, owner, _at(closed))


def _positioning(org: "Org", number: int, deal: str, end: tuple[str, datetime, bool]) -> None:
    """What was put forward against a competitor; by a chance of its own, so that all else stays as it was."""
    owner, at, won = end
    if not org.get("Opportunity", deal).get("Main_Competitor__c"):
        return
    chance = random.Random(SEED + number)
    put = [topic for topic, shares in PUT_FORWARD.items() if chance.random() < shares[0 if won else 1]]
    if put:
        org.update("Opportunity", deal, {"Positioning__c": "; ".join(put)}, owner, at)


def _closed(chance: random.Random) -> date:
    day = LAST - timedelta(days=chance.randrange(DAYS))
    while chance.random() < RUSH and not (day.month in QUARTER_ENDS and day.day > 16):
        day = LAST - timedelta(days=chance.randrange(DAYS))
    return day


def _one(chance: random.Random, weights: dict[Any, int]) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30), UTC)
