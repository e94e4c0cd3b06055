"""Stories 6.3: signatures as they come, Closed Won, and where the contract lies."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from integrations.seal.pades import PadesSeal
from sandbox.salesforce.ids import key
from sandbox.walk import CLARA, HENRIK, OPPORTUNITY
from tests.played import Played, text_of


@pytest.mark.story("6.3.1.3", criterion=1)
def test_the_card_follows_the_signatures(played: Played) -> None:
    assert "Henrik Brandt signs next" in played.told["signing"]
    assert "Clara Vogt signed" in played.told["half signed"]


def test_the_signers_came_in_their_order_each_by_a_link_of_her_own(played: Played) -> None:
    letters = [letter for letter in played.town.mail.letters if "ready to sign" in letter.subject]
    assert [letter.to for letter in letters] == ["clara.vogt@brightwater.example", "henrik.brandt@brightwater.example"]
    assert len({letter.links[0] for letter in letters}) == 2
    order = [f["fact"]["signer"] for f in played.facts() if f["kind"] == "signer.signed"]
    assert order == [1, 2, 3]


def test_each_signature_is_bound_to_the_approved_package(played: Played) -> None:
    ready = played.fact("package.ready")["hash"]
    signed = [f["fact"] for f in played.facts() if f["kind"] == "signer.signed"]
    assert {s["hash"] for s in signed} == {ready}
    assert signed[0]["sentence"].startswith("I, Clara Vogt, sign for Brightwater Freight GmbH")


@pytest.mark.story("6.3.3.1", criterion=1)
def test_the_opportunity_is_closed_won_on_the_day_of_the_last_signature(played: Played) -> None:
    row = played.row()
    assert (row["StageName"], row["IsWon"]) == ("Closed Won", True)
    assert row["CloseDate"].isoformat() == played.fact("contract.executed")["at"][:10]


@pytest.mark.story("6.3.3.1", criterion=2)
def test_salesforce_agrees_with_the_contract_to_the_cent(played: Played) -> None:
    assert played.row()["Amount"] == Decimal("237984.80")
    contract = played.town.org.get("Contract", played.row()["ContractId"])
    assert (contract["Status"], contract["ContractTerm"]) == ("Activated", 24)
    assert contract["StartDate"].isoformat() == "2026-12-01"


@pytest.mark.story("6.3.3.1", criterion=3)
def test_the_signers_have_their_roles(played: Played) -> None:
    roles = [r for r in played.town.org.records("OpportunityContactRole") if r["OpportunityId"] == OPPORTUNITY]
    names = {played.town.org.get("Contact", r["ContactId"])["Name"]: r["Role"] for r in roles}
    assert names == {"Clara Vogt": "Signer", "Henrik Brandt": "Signer"}


@pytest.mark.story("6.3.3.1", criterion=4)
def test_the_first_milestone_is_a_task(played: Played) -> None:
    tasks = [t for t in played.town.org.records("Task") if key(t["WhatId"] or "") == key(OPPORTUNITY)]
    assert [(t["Subject"], t["ActivityDate"].isoformat()) for t in tasks if t["Status"] != "Completed"] == [
        ("Kick-off with Brightwater Freight", "2026-12-01")
    ]


def signed(played: Played) -> list[dict[str, Any]]:
    """The signed contract among the files in Salesforce."""
    filed = played.town.org.records("ContentVersion")
    return [v for v in filed if str(v["Countersign_Key__c"]).endswith(":contract")]


@pytest.mark.story("6.3.3.3", criterion=1)
def test_the_sealed_contract_lies_at_the_opportunity_once(played: Played) -> None:
    org = played.town.org
    versions = signed(played)
    assert len(versions) == 1
    linked = {key(link["LinkedEntityId"]) for link in org.records("ContentDocumentLink")}
    assert {key(OPPORTUNITY), key(played.row()["ContractId"])} <= linked
    body = org.blobs[key(versions[0]["Id"])]
    seal = PadesSeal(Path(played.town.environment()["SEAL_DIR"]), "Larkspur Software Ltd")
    assert seal.intact(body)
    assert not seal.intact(body[:-20] + b" " * 20)
    assert seal.facts(datetime(2026, 11, 17, tzinfo=UTC)).serial == played.fact("contract.sealed")["seal_serial"]


@pytest.mark.story("6.3.3.3", criterion=2)
def test_the_audit_page_tells_every_step(played: Played) -> None:
    (version,) = signed(played)
    text = text_of(played.town.org.blobs[key(version["Id"])])
    for name in ("Clara Vogt", "Henrik Brandt", "Ines Carvalho"):
        assert name in text
    assert "clara.vogt@brightwater.example" in text
    assert played.fact("envelope.sent")["envelope"] in text.replace(" ", "")


@pytest.mark.parametrize("user", [CLARA, HENRIK])
def test_each_signer_gets_the_finished_contract(played: Played, user: str) -> None:
    address = played.town.site.world.users[user].email
    letter = played.town.mail.wait_for(address, "Signed by everybody", 20)
    assert letter.links
