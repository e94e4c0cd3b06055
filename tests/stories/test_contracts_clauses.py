"""The clauses of a contract: what the customer's terms and the law ask for, who grants it, and what may not leave."""

import pytest

from sandbox.salesforce import seed
from sandbox.slack.seed import ELENA
from tests.stories.test_contracts_selection import agreed, thread
from tests.world import World


@pytest.mark.story("6.1.2.2", criterion=1)
def test_a_banks_contract_gives_its_authorities_access_and_says_by_which_law(world: World) -> None:
    agreement = agreed(world, {"Industry": "Banking"}, {})["Master agreement"]
    assert "Authorities that supervise the Customer, and those whom they name, have full access" in agreement
    said = thread(world)
    assert "Legal risk: medium" in said
    assert "Law: Regulation (EU) 2022/2554, art. 30" in said
    assert "Law: BGB section 276(3), an exclusion of liability for intent is void: met" in said


@pytest.mark.story("6.1.2.2", criterion=3)
@pytest.mark.parametrize("days", [31, 60])
def test_a_public_body_is_not_sent_what_the_law_forbids(world: World, days: int) -> None:
    assert agreed(world, {"Industry": "Government"}, {"Payment_Days__c": days}) == {}
    assert "Directive 2011/7/EU, art. 4(3) would be broken: change the terms, or ask legal" in world.card()


def test_more_than_sixty_days_leave_with_the_risk_said(world: World) -> None:
    assert agreed(world, {}, {"Payment_Days__c": 61})
    assert "more than 60 days need an express agreement that is not grossly unfair: risky" in thread(world)


@pytest.mark.story("6.1.2.2", criterion=4)
def test_liability_indemnity_and_warranty_give_what_was_asked_for_and_no_more(world: World) -> None:
    terms = "Liability cap: first; Indemnity: first; Warranty: first"
    agreement = agreed(world, {"Legal_Terms__c": terms}, {})["Master agreement"]
    assert "the one next to it, a time of 24 months" in agreement
    assert "for claims on data protection within the limit of clause 9.2" in agreement
    assert "in the first 90 days of the term" in agreement
    assert "neither party is liable for lost profit" in agreement
    assert "except for a breach of data protection" not in agreement
    asked = world.person(ELENA).reads("approval.approve")
    for clause in (
        "Liability cap: the fees of 24 months",
        "Indemnity: and for third parties",
        "Warranty: as documented",
    ):
        assert clause in asked
    assert "the customer's legal terms ask for it" in asked


def test_a_notice_of_24_hours_says_so_in_every_document(world: World) -> None:
    documents = agreed(world, {"Legal_Terms__c": "breach notice: first", "NumberOfEmployees": 1000}, {})
    for title in ("Master agreement", "Data processing agreement", "Security exhibit"):
        assert "at most 24 hours" in documents[title]
        assert "at most 48 hours" not in documents[title]


@pytest.mark.story("6.1.2.1", criterion=5)
def test_terms_below_the_ladder_are_refused_and_nothing_is_sent(world: World) -> None:
    assert agreed(world, {"Legal_Terms__c": "Liability cap: none"}, {}) == {}
    assert "we never agree to liability without any cap: speak to legal" in world.card()
    assert not world.record("Opportunity", seed.OPPORTUNITY)["IsClosed"]
