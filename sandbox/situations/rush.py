"""The last day of a month: twenty customers with channels of their own agree within minutes."""

import time
from datetime import UTC, datetime

from sandbox.salesforce.org import Org
from sandbox.slack.entities import Channel, User, Workspace
from sandbox.slack.seed import BERLIN, BOT_USER, MAYA, RAVI
from sandbox.slack.world import SlackWorld
from sandbox.town import Town
from sandbox.wait import until
from sandbox.walk import Walk

LAST_DAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
WAIT_S = 60.0
READING_S = 1.0
NAMES = (
    "Aldersee", "Birkhof", "Calder", "Dornfeld", "Elbtal", "Farrow", "Grimsund", "Halmstad", "Iserlohn", "Jarrow",
    "Kaltenbach", "Lindau", "Marstal", "Norrvik", "Ostrand", "Perleberg", "Quedlin", "Rostrevor", "Selkirk", "Tarnow",
)  # fmt: skip
FIRST = ("Anke", "Bram", "Celia", "Dirk", "Eva", "Finn", "Greta", "Hugo", "Ilse", "Jan")
YES = (
    "Yes, we accept the offer. Please send us the contract.",
    "We have a deal: please send the contract over.",
    "Approved on our side. We agree to the offer, send the paperwork please.",
)


def rush(walk: Walk) -> None:
    walk.town.clock.turn_to(LAST_DAY)
    agree(walk, NAMES)


def agree(walk: Walk, names: tuple[str, ...]) -> None:
    """Each is introduced in its turn; then all of them say yes."""
    town = walk.town
    buyers = [arrive(town, number, name) for number, name in enumerate(names)]
    for number, (_, channel, opportunity) in enumerate(buyers):
        walk.tell(names[number], "moves on to Negotiation")
        town.org.update("Opportunity", opportunity, {"StageName": "Negotiation"})
        until(lambda where=channel: introduced(town, where), WAIT_S, f"the introduction to {names[number]}")  # type: ignore[misc]
    time.sleep(READING_S)
    for number, (buyer, channel, _) in enumerate(buyers):
        walk.tell(names[number], "says yes")
        walk.people.say(buyer, channel, YES[number % len(YES)])


def arrive(town: Town, number: int, name: str) -> tuple[str, str, str]:
    """(the buyer, the shared channel, the opportunity)."""
    with town.site.lock:
        buyer, channel = _in_slack(town.site.world, number, name)
    return buyer.id, channel.id, _in_salesforce(town.org, number, name, channel.id, buyer)


def _in_slack(world: SlackWorld, number: int, name: str) -> tuple[User, Channel]:
    team = Workspace(f"T0R{number:04d}", f"{name} Cargo", f"{name.lower()}-cargo")
    first = FIRST[number % len(FIRST)]
    address = f"{first}.{name}@{team.domain}.example".lower()
    buyer = User(f"U0R{number:07d}", team.id, f"{first} {name}", "Chief operating officer", address, BERLIN)
    channel = Channel(f"C0R{number:07d}", f"larkspur-{name.lower()}", members=[BOT_USER, _rep(number), buyer.id])
    channel.shared_with, channel.creator = [team.id], _rep(number)
    world.workspaces[team.id], world.users[buyer.id], world.channels[channel.id] = team, buyer, channel
    return buyer, channel


def _rep(number: int) -> str:
    return RAVI if number % 2 else MAYA


def _in_salesforce(org: Org, number: int, name: str, channel: str, buyer: User) -> str:
    address = "ravi.menon@larkspur.example" if number % 2 else "maya.okafor@larkspur.example"
    owner = next(row["Id"] for row in org.records("User") if row["Email"] == address)
    entry = next(row["Id"] for row in org.records("PricebookEntry") if row["UnitPrice"] == 42)
    where = {"BillingStreet": f"Hafenstraße {number + 1}", "BillingCity": "Hamburg", "BillingPostalCode": "20457"}
    account = org.create("Account", {
        "Name": f"{name} Cargo GmbH", "Industry": "Logistics", "BillingCountryCode": "DE", **where,
        "VAT_Id__c": "DE136695976", "Credit_Rating__c": "A", "Credit_Limit__c": "400000.00",
        "Credit_Checked_On__c": "2026-11-12", "CurrencyIsoCode": "EUR", "OwnerId": owner,
    }, owner)  # fmt: skip
    opportunity = org.create("Opportunity", {
        "Name": f"{name} Cargo: fleet platform", "AccountId": account, "OwnerId": owner, "StageName": "Proposal",
        "CloseDate": "2026-11-30", "CurrencyIsoCode": "EUR", "Term_Months__c": 24, "Starts_On__c": "2026-12-01",
        "Payment_Days__c": 30, "Shared_Channel__c": channel,
    }, owner)  # fmt: skip
    line = {"OpportunityId": opportunity, "PricebookEntryId": entry, "Quantity": 20 + 5 * number}
    org.create("OpportunityLineItem", {**line, "UnitPrice": "1008.00", "Discount": number % 4 * 4 or None}, owner)
    first, _, last = buyer.name.partition(" ")
    person = {"AccountId": account, "FirstName": first, "LastName": last, "Title": buyer.title, "Email": buyer.email}
    role = {"OpportunityId": opportunity, "ContactId": org.create("Contact", person, owner), "Role": "Signer"}
    org.create("OpportunityContactRole", {**role, "IsPrimary": True}, owner)
    return opportunity


def introduced(town: Town, channel: str) -> bool:
    return any(message.bot for message in list(town.site.world.messages.get(channel, [])))
