"""Story 6.1.3.1: what is wrong with a package is found before it leaves, said with its place, and mended."""

import json
from typing import Any

import pytest

from sandbox.salesforce import seed
from sandbox.walk import JONAS, MAYA, buttons, readable
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
    ),
    pytest.param(
        "Contact", ("LastName", "Vogt"), {"Email": "clara.vogt@brlghtwater.example"},
        {"Email": "clara.vogt@brightwater.example"},
        ("e-mail", "one domain for the customer's people", "which is nearly brightwater.example"),
        id="look-alike domain",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "wrong", "right", "says"), MISTAKES)
def test_a_mistake_in_salesforce_is_found_and_mended_there(
    world: World, kind: str, row: tuple[str, str], wrong: dict[str, Any], right: dict[str, Any], says: tuple[str, ...]
) -> None:
    record = row_of(world, kind, *row)
    world.town.org.update(kind, record, wrong)
    agreed(world)
    for words in ("NEEDS YOU", "Mend it, then draft again", says[0]):
        assert words in world.card()
    said = thread(world)
    for words in ("to mend before it can go out", *says, "correct the"):
        assert words in said
    assert not [m for m in world.town.people.dm(JONAS) if any(b.startswith(APPROVE) for b in buttons(m))]
    world.town.org.update(kind, record, right)
    mended(world)


def test_the_command_says_what_it_reads(world: World) -> None:
    schema = json.loads(world.run("schema", "package"))
    assert {"contract", "papers", "record", "promises"} <= set(schema["properties"])
    ran = world.town.run("quality", "check", "--json", told="{}")
    assert ran.returncode == 2
    assert {error["field"] for error in json.loads(ran.stdout)["errors"]} == {"contract", "papers"}
