"""A contract that comes back changed: compared clause by clause, rated, answered, and drafted anew."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.streams.customer.customer import Customer
from bot.streams.decision import Link
from bot.streams.tell import OF_ACCOUNT
from sandbox.salesforce import seed
from sandbox.slack.seed import ELENA, JONAS, MAYA
from tests.stories.test_contracts_selection import agreed, thread
from tests.world import World

CAP = "the Fees paid or payable for that Contract Year, a time of twelve months"
CONSENT = "The Supplier may name the Customer as a customer only with written consent."
MEASURES = "Urgent measures may be sought at any"
TAKEN_OUT = (
    f"</w:t></w:r><w:del><w:r><w:delText>{MEASURES}</w:delText></w:r></w:del><w:ins><w:r><w:t>None may be sought at any"
)
CHANGES = {
    CAP: "the Fees paid or payable for twenty-four (24) months",
    CONSENT: "The Supplier may freely name the Customer as a customer.",
    MEASURES: f"{TAKEN_OUT}</w:t></w:r></w:ins><w:r><w:t>",  # with Word's tracking on
}


def returned(ours: Path, theirs: Path) -> None:
    """The customer's counsel changes our .docx."""
    with ZipFile(ours) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    text = parts["word/document.xml"].decode()
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new)
    out = BytesIO()
    with ZipFile(out, "w") as packed:
        for name, body in parts.items():
            packed.writestr(name, text if name == "word/document.xml" else body)
    theirs.write_bytes(out.getvalue())


def remembered(world: World) -> set[tuple[str, str, str]]:
    """What the customer's own stream keeps for its next deals: clause, what was asked, what was given."""
    dispatcher = world.relay.dispatcher
    with dispatcher.store.snapshot() as tx:
        stream = tx.links.stream_of(Link(OF_ACCOUNT, seed.ACCOUNT))
        customer: Customer = tx.ledger.load(stream or "", dispatcher.code).state
    return {(each.clause, each.asked, each.given) for told in customer.negotiations for each in told.asked}


def compared(world: World, folder: Path) -> list[dict[str, str]]:
    """Our master agreement goes out as .docx and comes back changed; each change, as the command tells it."""
    world.run("contract", "export", seed.OPPORTUNITY, "--out", str(folder))
    ours, theirs = next(folder.glob("MSA-*.docx")), folder / "theirs.docx"
    returned(ours, theirs)
    ran = world.town.run("contract", "redline", str(ours), str(theirs), "--deal", seed.OPPORTUNITY, "--json")
    assert ran.returncode == 1, ran.stderr
    world.settle()
    changes: list[dict[str, str]] = json.loads(ran.stdout)["changes"]
    return changes


@pytest.mark.story("6.1.2.1", criterion=2)
@pytest.mark.story("6.1.2.2", criterion=4)
def test_what_comes_back_changed_is_rated_answered_and_only_what_it_touches_is_asked_again(
    world: World, tmp_path: Path
) -> None:
    agreed(world, {}, {})
    world.person(JONAS).presses("approval.approve")
    assert [(c["number"], c["standing"], c["counter"]) for c in compared(world, tmp_path)] == [
        ("8.2", "below", "first"), ("9.2", "first", "preferred"), ("12.2", "unread", ""),
    ]  # fmt: skip
    said = thread(world)
    assert "3 changes to answer" in said
    assert "first fallback, the fees of 24 months; Legal counsel grants it; risk medium" in said
    assert "below our ladder (never: without consent); risk high" in said
    for answer in ("redline.counter", "redline.accept", "redline.escalate"):
        world.person(MAYA).presses(answer)
    assert "1 change with legal" in thread(world)
    world.person(ELENA).presses("redline.counter")
    said = thread(world)
    assert "all answered; package 2 stands" in said
    assert "Liability cap: the fees of 24 months, because agreed on their changes" in said
    assert "Liability cap: the fees of 24 months" in world.person(ELENA).reads("approval.approve")
    assert {("publicity", "below", "first"), ("liability_cap", "first", "first")} <= remembered(world)
    assert not [message for message in world.town.people.dm(JONAS) if "Your approval" in message.text]
