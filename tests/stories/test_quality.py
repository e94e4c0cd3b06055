"""Story 6.1.3.1: what is wrong with a package is found before it leaves, said with its place, and mended."""

import json
import random  # noqa: TID251
from typing import Any

import pytest

from sandbox.salesforce import seed
from sandbox.walk import JONAS, MAYA, SHARED, TOM, buttons, readable
from tests.examples.quality.every import FAULTS
from tests.examples.quality.packages import Draft, bound, draft
from tests.played import Played
from tests.world import World

AGAIN, APPROVE = "package.again", "approval.approve"


def agreed(world: World) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.settle()


def row_of(world: World, kind: str, field: str, value: str) -> str:
    found: str = next(row["Id"] for row in world.town.org.records(kind) if row[field] == value)
    return found


def thread(world: World) -> str:
    world.looked += 1
    return "\n".join(line for message in world.walk.thread() for line in readable(message))


def held(world: World, *says: str) -> None:
    """The card says what to do, the thread each finding, and nobody is asked for an approval yet."""
    for words in ("NEEDS YOU", "Mend it, then draft again"):
        assert words in world.card()
    said = thread(world)
    for words in ("to mend before it can go out", *says):
        assert words in said
    assert not [m for m in world.town.people.dm(JONAS) if any(b.startswith(APPROVE) for b in buttons(m))]


def mended(world: World) -> None:
    """Drafted again by the card's button, and passed on to its approvals."""
    world.person(MAYA).presses(AGAIN)
    assert "18 checks passed" in world.card()
    assert "22%" in world.person(JONAS).reads(APPROVE)


# kind, what finds its row, a wrong value, the right one, what the card says.
MISTAKES: list[Any] = [
    pytest.param(
        "Account", ("Id", seed.ACCOUNT), {"VAT_Id__c": "DE136695967"}, {"VAT_Id__c": "DE136695976"},
        ("VAT id", "DE136695967, whose form or check digit is wrong"), id="vat id",
        marks=pytest.mark.story("6.1.3.1", criterion=4),
    ),
    pytest.param(
        "Contact", ("LastName", "Vogt"), {"Email": "clara.vogt@brlghtwater.example"},
        {"Email": "clara.vogt@brightwater.example"},
        ("e-mail", "one domain for the customer's people", "which is nearly brightwater.example"),
        id="look-alike domain", marks=pytest.mark.story("6.1.3.1", criterion=4),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "wrong", "right", "says"), MISTAKES)
def test_a_mistake_in_salesforce_is_found_and_mended_there(
    world: World, kind: str, row: tuple[str, str], wrong: dict[str, Any], right: dict[str, Any], says: tuple[str, ...]
) -> None:
    record = row_of(world, kind, *row)
    world.town.org.update(kind, record, wrong)
    agreed(world)
    held(world, *says)
    world.town.org.update(kind, record, right)
    mended(world)


def sell(world: World, code: str, price: str, quantity: int = 1) -> str:
    """One more line on the opportunity; its id."""
    products = {row["ProductCode"]: row["Id"] for row in world.town.org.records("Product2")}
    entries = {row["Product2Id"]: row["Id"] for row in world.town.org.records("PricebookEntry")}
    line = {"OpportunityId": seed.OPPORTUNITY, "PricebookEntryId": entries[products[code]], "Quantity": quantity}
    return world.town.org.create("OpportunityLineItem", {**line, "UnitPrice": price})


@pytest.mark.story("6.1.3.1", criterion=2)
def test_a_product_without_the_one_that_it_needs_is_found_and_mended(world: World) -> None:
    driver = sell(world, "DRIVER", "9.90", 10)
    for row in world.town.org.records("OpportunityLineItem"):
        if row["Id"] != driver and row["ProductCode"] == "FLEET":
            world.town.org.delete("OpportunityLineItem", row["Id"])
    agreed(world)
    held(world, "DRIVER", "FLEET with it", "sold without")
    world.town.org.delete("OpportunityLineItem", driver)
    mended(world)


@pytest.mark.story("6.1.3.1", criterion=5)
def test_an_integration_that_was_promised_has_to_be_sold_and_to_exist(world: World) -> None:
    world.walk.negotiate()
    world.person(TOM).says("We will connect it to SAP S/4HANA 2023 for you.", SHARED)
    world.person(TOM).says("I promise to deliver a connector to Descartes Aljex 7 as well.", SHARED)
    world.walk.agree()
    world.settle()
    held(world, "INTEGR", "1 for SAP S/4HANA", "Descartes Aljex 7", "one of the product catalogue")
    sell(world, "INTEGR", "6400.00")
    mended(world)


JUDGED = [
    pytest.param(
        "discount-twice", "Fleet Platform, Standard comes to", marks=pytest.mark.story("6.1.3.1", criterion=1)
    ),
    pytest.param("total-cent", "the lines add up to", marks=pytest.mark.story("6.1.3.1", criterion=1)),
    pytest.param("days-in-form", "the days to pay", marks=pytest.mark.story("6.1.3.1", criterion=3)),
    pytest.param("law-of-policy", "governing law", marks=pytest.mark.story("6.1.3.1", criterion=3)),
    pytest.param("contrast", "at least 4.5:1 on white", marks=pytest.mark.story("6.1.3.1", criterion=6)),
    pytest.param("forbidden-word", "a plain word", marks=pytest.mark.story("6.1.3.1", criterion=6)),
]


@pytest.mark.parametrize(("kind", "says"), JUDGED)
def test_the_command_finds_a_fault_and_lets_the_right_package_pass(played: Played, kind: str, says: str) -> None:
    def told(made: Draft) -> tuple[int, dict[str, Any]]:
        ran = played.town.run("quality", "check", "--json", told=bound(made).model_dump_json())
        return ran.returncode, json.loads(ran.stdout)

    code, answer = told(FAULTS[kind](random.Random(7)))
    found = [f for f in answer["findings"] if says in f"{f['place']} {f['expected']} {f['found']}"]
    assert found and all(f["fix"] and f["place"] for f in found)
    severities = {finding["severity"] for finding in answer["findings"]}
    assert (code, answer["clean"]) == ((1, False) if "blocks" in severities else (0, True))
    code, answer = told(draft(random.Random(7), land="DE"))
    assert (code, answer["clean"], answer["findings"]) == (0, True, [])


def test_the_command_says_what_it_reads(world: World) -> None:
    schema = json.loads(world.run("schema", "package"))
    assert {"contract", "papers", "record", "promises"} <= set(schema["properties"])
    ran = world.town.run("quality", "check", "--json", told="{}")
    assert ran.returncode == 2
    assert {error["field"] for error in json.loads(ran.stdout)["errors"]} == {"contract", "papers"}
