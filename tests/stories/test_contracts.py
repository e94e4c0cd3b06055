"""Stories 6.1.2 to 6.1.4: the documents, their price, their checks, and how far they are."""

import pytest

from tests.played import Played


@pytest.mark.story("6.1.2.1", criterion=1)
def test_the_templates_follow_the_deal_and_say_why(played: Played) -> None:
    contract = played.fact("package.assembled")["contract"]
    assert [use["template"] for use in contract["documents"]] == [
        "quote",
        "order-form",
        "master-agreement",
        "data-processing-agreement",
        "service-level-agreement",
    ]
    assert "customers in the EEA, the UK and Switzerland whose people's data we handle" in played.thread()
    assert "recurring fees of 50,000 a year or more" in played.thread()


@pytest.mark.story("6.1.2.1", criterion=4)
def test_the_documents_of_a_package_agree_with_each_other(played: Played) -> None:
    documents = played.documents()
    assert {"Quote", "Order form", "Master agreement", "Data processing agreement"} <= set(documents)
    for title in ("Order form", "Master agreement", "Data processing agreement"):
        assert "Brightwater Freight GmbH" in documents[title]
        assert "Larkspur Software Ltd" in documents[title]


@pytest.mark.story("6.1.2.1", criterion=6)
def test_both_versions_are_kept_and_compared(played: Played) -> None:
    made = [f["fact"]["version"] for f in played.facts() if f["kind"] == "package.assembled"]
    assert made == [1, 2]
    assert "Since package 1: 22% → 18%, EUR 226,839.20 → EUR 237,984.80" in played.thread()


@pytest.mark.story("6.1.2.3", criterion=5)
def test_the_price_names_the_authority_that_it_needs(played: Played) -> None:
    assert "22% off, margin 61.2%" in played.told["asked Jonas"]
    assert "Discounts, line 3" in played.told["asked Jonas"]


@pytest.mark.story("6.1.2.3", criterion=2)
def test_the_payment_term_that_the_customer_asked_for_is_in_the_offer(played: Played) -> None:
    assert "60 days" in played.documents()["Order form"]
    assert "EUR 118,169.60 comes 30 days later" in played.told["asked Priya"]


@pytest.mark.story("6.1.3.1", criterion=1)
def test_the_figures_on_paper_are_exact(played: Played) -> None:
    form = played.documents()["Order form"]
    for figure in ("198,374.40", "30,110.40", "9,500.00", "237,984.80", "123,742.40", "114,242.40"):
        assert figure in form


@pytest.mark.story("6.1.3.1", criterion=3)
def test_checks_ran_on_the_files_and_all_passed(played: Played) -> None:
    checks = played.fact("package.checked")["checks"]
    assert len(checks) >= 10
    assert [check["name"] for check in checks if not check["passed"]] == []


@pytest.mark.story("6.1.3.1", criterion=4)
def test_the_customer_stands_in_the_papers_as_in_salesforce(played: Played) -> None:
    form = played.documents()["Order form"]
    for detail in ("Speicherstraße 9", "20457 Hamburg", "DE136695976", "Clara Vogt"):
        assert detail in form


@pytest.mark.story("6.1.4.1", criterion=1)
def test_progress_is_seen_while_it_happens(played: Played) -> None:
    assert "Clara Vogt said yes" in played.told["waiting"]
    assert "Package 1: 5 documents, 18 checks passed" in played.told["waiting"]


@pytest.mark.story("6.1.4.1", criterion=2)
def test_each_open_step_says_whom_it_waits_on_and_until_when(played: Played) -> None:
    assert "Discount: Jonas Weber, by 17 Nov 2026" in played.told["waiting"]
    assert "Payment terms: Priya Raman, by 17 Nov 2026" in played.told["waiting"]
