"""Which documents a deal gets: what stands in Salesforce decides, and the package says why."""

import re
from collections.abc import Mapping

import pytest

from sandbox.salesforce import seed
from sandbox.walk import readable
from tests.played import text_of
from tests.world import World

# What a general counsel would expect of a hospital group in California whose data stays in the EU.
HOSPITAL = {
    "Industry": "Healthcare",
    "BillingCountryCode": "US",
    "BillingStateCode": "CA",
    "BillingCity": "Sacramento",
    "NumberOfEmployees": 1000,
}
PAPERS = {"Executive summary", "Technical appendix", "Legal summary", "Talking points", "Legal memo"}  # beside it


def agreed(world: World, account: Mapping[str, object], deal: Mapping[str, object]) -> dict[str, str]:
    """The customer says yes to a deal that stands like this in Salesforce; the text of every document, by its title."""
    world.town.org.update("Account", seed.ACCOUNT, dict(account))
    world.town.org.update("Opportunity", seed.OPPORTUNITY, dict(deal))
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    world.looked += 1
    files = [file for file in world.town.site.world.files.values() if file.body and file.title not in PAPERS]
    return {file.title: text_of(file.body or b"") for file in files}


def thread(world: World) -> str:
    world.settle()
    world.looked += 1
    return "\n".join(line for message in world.walk.thread() for line in readable(message))


def sell(world: World, code: str, price: str) -> None:
    """One more line on the opportunity."""
    products = {row["ProductCode"]: row["Id"] for row in world.town.org.records("Product2")}
    entries = {row["Product2Id"]: row["Id"] for row in world.town.org.records("PricebookEntry")}
    line = {"OpportunityId": seed.OPPORTUNITY, "PricebookEntryId": entries[products[code]], "Quantity": 1}
    world.town.org.create("OpportunityLineItem", {**line, "UnitPrice": price})


@pytest.mark.story("6.1.2.1", criterion=1)
def test_size_industry_and_complexity_choose_the_documents(world: World) -> None:
    sell(world, "INTEGR", "6400.00")
    documents = agreed(world, HOSPITAL, {"Documents_Asked__c": "Data processing agreement"})
    assert set(documents) == {
        "Quote", "Order form", "Master agreement", "Data processing agreement",
        "Standard contractual clauses, module four", "Business associate agreement", "Service level agreement",
        "Statement of work", "Security exhibit",
    }  # fmt: skip
    said = thread(world)
    for reason in (
        "customers in health in the US whose people's data we handle",
        "recurring fees of 50,000 a year or more",
        "customers with 1,000 or more employees",
        "an integration is sold",
    ):
        assert reason in said
    assert "Integration Pack, Standard" in documents["Statement of work"]
    assert "governed by the laws of the State of California" in documents["Master agreement"]


@pytest.mark.story("6.1.2.1", criterion=3)
def test_what_the_law_asks_for_is_in_the_package_without_being_asked(world: World) -> None:
    documents = agreed(world, {"Public_Body__c": True}, {"Data_Hosting__c": "US", "Payment_Days__c": 30})
    clauses = documents["Standard contractual clauses, module three"]
    assert "Commission Implementing Decision (EU) 2021/914 of 4 June 2021" in clauses
    assert "Data Protection Commission, 6 Pembroke Row, Dublin 2" in clauses
    privacy = documents["Data processing agreement"]
    assert "instructions (point a) in clause 2" in privacy
    assert "Virginia, United States of America" in privacy
    rider = documents["Public sector rider"]
    assert "They do not renew by themselves" in rider
    assert "renewal needs a written order" in documents["Order form"]
    assert "for twelve months at a time" not in " ".join(documents.values())


@pytest.mark.story("6.1.2.1", criterion=4)
def test_the_order_form_says_which_document_comes_first(world: World) -> None:
    form = agreed(world, {"NumberOfEmployees": 1000}, {})["Order form"]
    listed = form.partition("comes first:")[2].partition("The quote is no contract.")[0]
    assert re.findall(r"OF|DPA|SLA|MSA|SEC|this order form", listed) == ["this order form", "DPA", "SLA", "MSA", "SEC"]


def test_a_large_customers_own_paper_stands_in_place_of_ours_and_goes_to_legal(world: World) -> None:
    sell(world, "PREMSUP", "30000.00")
    documents = agreed(world, {}, {"Own_Paper__c": True})
    assert "Master agreement" not in documents
    assert "Under the terms of Brightwater Freight GmbH" in documents["Order form"]
    assert "Clauses, line 1" in thread(world) + world.card()


def test_a_small_customers_own_paper_is_not_taken_and_the_card_says_so(world: World) -> None:
    documents = agreed(world, {}, {"Own_Paper__c": True})
    assert "Master agreement" in documents
    assert "below 250,000 we send our terms and not the customer's own, and say so" in thread(world)


def test_agreements_that_stand_are_not_sent_again(world: World) -> None:
    standing = {"Master_Agreement_On__c": "2021-11-17", "Data_Agreement_On__c": "2023-11-17"}
    documents = agreed(world, standing, {})
    assert set(documents) == {"Quote", "Order form", "Service level agreement"}
    assert "the master agreement in force between the parties" in documents["Order form"]


@pytest.mark.story("6.1.2.1", criterion=5)
@pytest.mark.parametrize(
    ("field", "wrong", "told"),
    [
        ("Data_Hosting__c", "Moon", "Data hosting"),
        ("Documents_Asked__c", "Escrow agreement", "we have no escrow-agreement"),
    ],
)
def test_a_package_that_cannot_be_whole_is_refused_with_what_is_missing(
    world: World, field: str, wrong: str, told: str
) -> None:
    assert agreed(world, {}, {field: wrong}) == {}
    assert told in world.card()
