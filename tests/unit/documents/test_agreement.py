"""All documents of a deal agree with the facts; a value planted in any of them is found in that one."""

from datetime import date, timedelta
from functools import cache

import pytest

from bot.documents import agreement
from bot.documents.build import build
from bot.documents.papers.making import make
from bot.documents.papers.shown import shown
from bot.documents.reading import text
from bot.streams.deal.contract import BuiltFile, Contract
from bot.streams.deal.opportunity import Opportunity
from tests.unit.documents.example import CONTRACT, CUSTOMER, QUOTE, SIGNERS, SUPPLIER, eur, our_brand, templates
from tests.unit.documents.papers_example import CONTACTS, OPPORTUNITY, playbook

Files = tuple[tuple[BuiltFile, bytes], ...]
LINES, INVOICES = QUOTE.lines, QUOTE.invoices


@cache
def all_of(contract: Contract, opportunity: Opportunity = OPPORTUNITY) -> Files:
    papers = ((made.paper.file, made.body) for made in make(contract, opportunity, playbook(), our_brand()))
    return (*build(contract, templates(), our_brand()), *papers)


@cache
def right() -> dict[str, str]:
    return {file.template: text(body) for file, body in all_of(CONTRACT)}


def found(files: Files, contract: Contract = CONTRACT) -> tuple[str, ...]:
    return agreement.differences(contract, shown(contract, OPPORTUNITY, playbook()), files, templates(), playbook())


def quoted(**changed: object) -> Contract:
    return CONTRACT.model_copy(update={"quote": QUOTE.model_copy(update=changed)})


def one(line: int, **changed: object) -> Contract:
    lines = list(LINES)
    lines[line] = lines[line].model_copy(update=changed)
    return quoted(lines=tuple(lines))


def invoiced(**changed: object) -> Contract:
    return quoted(invoices=(INVOICES[0].model_copy(update=changed), *INVOICES[1:]))


def party(side: str, **changed: object) -> Contract:
    whole = CUSTOMER if side == "customer" else SUPPLIER
    return CONTRACT.model_copy(update={side: whole.model_copy(update=changed)})


def signed(**changed: object) -> Contract:
    return CONTRACT.model_copy(update={"signers": (SIGNERS[0].model_copy(update=changed), *SIGNERS[1:])})


def numbered(number: str) -> Contract:
    uses = tuple(use.model_copy(update={"number": use.number.replace("4BFRT1", number)}) for use in CONTRACT.documents)
    return CONTRACT.model_copy(update={"number": f"2026-{number}", "documents": uses})


PLANTED = {
    "a cent in the total": quoted(total=eur("237984.81")),
    "a total in another currency": Contract.model_validate_json(CONTRACT.model_dump_json().replace("EUR", "USD")),
    "a cent in a line": one(0, total=eur("198374.41")),
    "a unit price": one(0, unit_price=eur("24.00")),
    "a discount": one(1, discount=2_200),
    "a quantity": one(0, quantity=204),
    "a product": one(1, name="Route Planer"),
    "a payment term": quoted(payment_days=30),
    "a term": quoted(months=36),
    "a start": quoted(starts_on=date(2027, 1, 1)),
    "an end of the offer": quoted(valid_until=date(2026, 12, 18)),
    "an offer date": CONTRACT.model_copy(update={"offered_on": CONTRACT.offered_on + timedelta(days=1)}),
    "an invoice's date": invoiced(invoice_on=date(2026, 12, 2)),
    "an invoice's amount": invoiced(amount=eur("123742.04")),
    "the customer": party("customer", legal_name="Brightwater Freight AG"),
    "the supplier": party("supplier", legal_name="Larkspur Software Inc."),
    "the customer's street": party("customer", street="Am Sandtorkai 45"),
    "the customer's VAT id": party("customer", vat_id="DE136695967"),
    "a misspelt signer": signed(name="Clara Voigt"),
    "another signer": signed(name="Jonas Maier"),
    "a signer's title": signed(title="Chief Executive Officer"),
    "the law": CONTRACT.model_copy(update={"governing_law": "Ireland"}),
    "the numbers": numbered("4BFRT7"),
    "the version": CONTRACT.model_copy(update={"version": 3}),
    "the place of data": CONTRACT.model_copy(update={"data_place": "Virginia, United States of America"}),
    "the privacy contact": CONTRACT.model_copy(update={"privacy_contact": "privacy@larkspur.com"}),
}


def test_the_right_documents_agree() -> None:
    assert found(all_of(CONTRACT)) == ()


@pytest.mark.slow
@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_difference_is_found_in_every_document_that_shows_it(planted: Contract) -> None:
    """The files of the altered contract stand under the names of the right ones."""
    files = [(file, body) for (file, _), (_, body) in zip(all_of(CONTRACT), all_of(planted), strict=True)]
    changed = [file for file, body in files if _words(text(body)) != _words(right()[file.template])]
    told = found(tuple(files))
    assert changed
    for file in changed:
        assert [each for each in told if each.startswith(f"{file.title} {file.number}")], file.title
    for each in told:
        assert any(each.startswith(f"{file.title} {file.number}") for file in changed), each


def test_a_misspelt_name_in_the_talking_points_is_found() -> None:
    contacts = (CONTACTS[0].model_copy(update={"name": "Clara Voght"}), *CONTACTS[1:])
    files = all_of(CONTRACT, OPPORTUNITY.model_copy(update={"contacts": contacts}))
    assert any("Talking points" in told and "Clara Voght" in told for told in found(files))


def test_a_right_contract_of_other_terms_agrees_as_well() -> None:
    other = quoted(payment_days=45, months=24)
    assert found(all_of(other), other) == ()


def _words(said: str) -> str:
    """Without the fingerprint of the data in the foot, which differs in any case."""
    parts = said.split("contract data ")
    return " ".join([parts[0], *(part[13:] for part in parts[1:])])
