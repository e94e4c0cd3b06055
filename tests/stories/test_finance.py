"""Stories 6.3.3.2 and 6.4.2: invoices, revenue, tax and commission, exact to the cent."""

from typing import Any

import pytest

from tests.played import Played


def documents(played: Played, book: str) -> list[dict[str, Any]]:
    return [entry.document for entry in played.town.books.entries(book)]


def minor(amount: dict[str, Any]) -> int:
    return int(amount["minor"])


@pytest.mark.story("6.3.3.2", criterion=1)
@pytest.mark.story("6.4.2.1", criterion=1)
def test_revenue_is_scheduled_over_the_service(played: Played) -> None:
    (schedule,) = documents(played, "schedules")
    fleet = [line for line in schedule["lines"] if line["code"] == "FLEET"]
    assert [fleet[0]["month"], fleet[-1]["month"], len(fleet)] == ["2026-12", "2028-11", 24]
    assert {line["month"] for line in schedule["lines"] if line["code"] == "ONBOARD"} == {"2026-12", "2027-01"}


@pytest.mark.story("6.4.2.1", criterion=3)
def test_every_schedule_adds_up_to_the_contract(played: Played) -> None:
    (schedule,) = documents(played, "schedules")
    assert sum(minor(line["amount"]) for line in schedule["lines"]) == 23_798_480
    assert sum(minor(invoice["net"]) for invoice in documents(played, "invoices")) == 23_798_480


@pytest.mark.story("6.4.2.1", criterion=4)
def test_every_journal_balances(played: Played) -> None:
    journals = documents(played, "journals")
    assert len(journals) == 26
    for journal in journals:
        debit = sum(minor(posting["debit"]) for posting in journal["postings"])
        assert debit == sum(minor(posting["credit"]) for posting in journal["postings"]) > 0


@pytest.mark.story("6.3.3.2", criterion=2)
@pytest.mark.story("6.4.2.2", criterion=1)
def test_the_invoices_follow_the_payment_terms(played: Played) -> None:
    billed = [(i["invoice_on"], i["due_on"], minor(i["net"])) for i in documents(played, "invoices")]
    assert billed == [("2026-12-01", "2027-01-30", 12_374_240), ("2027-12-01", "2028-01-30", 11_424_240)]


@pytest.mark.story("6.4.2.4", criterion=1)
def test_tax_is_the_customers_own_by_reverse_charge(played: Played) -> None:
    for invoice in documents(played, "invoices"):
        assert [(tax["rate"], minor(tax["tax"])) for tax in invoice["taxes"]] == [(0, 0)]
        assert "Article 196" in invoice["legal_note"]
        assert "DE136695976" in invoice["legal_note"]
    assert "Reverse charge" in played.documents()["Order form"]


@pytest.mark.story("6.3.3.2", criterion=4)
@pytest.mark.story("6.4.2.3", criterion=1)
def test_commission_follows_the_plan(played: Played) -> None:
    paid = {credit["name"]: (minor(credit["amount"]), credit["line"]) for credit in documents(played, "commissions")}
    assert paid["Maya Okafor"][0] == 1_903_878  # 8% of 237,984.80
    assert "8% of the contract" in paid["Maya Okafor"][1]


@pytest.mark.story("6.4.2.3", criterion=2)
def test_everybody_with_a_share_is_credited(played: Played) -> None:
    paid = {credit["name"]: minor(credit["amount"]) for credit in documents(played, "commissions")}
    assert paid == {"Maya Okafor": 1_903_878, "Sam Whitfield": 237_985, "Tom Byrne": 61_871}


@pytest.mark.story("6.3.3.2", criterion=6)
def test_each_document_is_in_the_books_once(played: Played) -> None:
    puts = [served for served in played.town.books.served if served.method == "PUT"]
    assert {served.status for served in puts} == {201}
    assert len({served.path for served in puts}) == len(puts)
