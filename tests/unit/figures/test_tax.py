"""How a customer is taxed, in the words of the contract; and what of that only our own people are told."""

from datetime import date

import pytest

from bot.figures.tax import tax_note, unchecked
from tests.unit.documents.papers_example import playbook

ON = date(2026, 11, 17)
REVERSE = "Reverse charge: the customer accounts for VAT in Germany (Article 196, Directive 2006/112/EC)."


@pytest.mark.parametrize(
    ("country", "vat_id", "note", "looked_up"),
    [
        ("DE", "DE136695976", REVERSE, False),
        ("DE", "DE136695967", "VAT 19% (Germany): no valid VAT number was given.", True),
        ("IE", "", "VAT 23% (Ireland).", True),
        ("US", "", "Outside the scope of EU VAT (United States).", True),
    ],
)
def test_what_the_contract_says_of_tax(country: str, vat_id: str, note: str, looked_up: bool) -> None:
    assert tax_note(country, vat_id, ON, playbook()) == note
    assert (unchecked(country, vat_id, playbook()) == "") is looked_up


def test_no_customer_reads_what_we_did_not_look_up() -> None:
    told = unchecked("DE", "DE136695976", playbook())
    assert "VIES was not asked" in told
    assert told not in tax_note("DE", "DE136695976", ON, playbook())
