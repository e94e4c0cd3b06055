"""Each check fails when its own thing is wrong, and says in words what differs."""

from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256

import pytest

from bot.documents.build import build
from bot.documents.checks import FINDERS, checks
from bot.streams.deal.contract import BuiltFile, Contract
from tests.unit.documents.example import CONTRACT, CUSTOMER, INVOICES, LINES, QUOTE, SIGNERS, eur, our_brand, templates

Files = tuple[tuple[BuiltFile, bytes], ...]
EVERY, PARTIES, PRICES, AMOUNTS, LINES_SUM, INVOICES_SUM, TERMS, LAW, SIGN, BLANKS, LETTERS, FOOT = FINDERS


@cache
def files() -> Files:
    return build(CONTRACT, templates(), our_brand())


def failed(contract: Contract, built: Files) -> dict[str, str]:
    return {check.name: check.found for check in checks(contract, built) if not check.passed}


def quoted(**changes: object) -> Contract:
    return CONTRACT.model_copy(update={"quote": QUOTE.model_copy(update=changes)})


def changed(**changes: object) -> Contract:
    return CONTRACT.model_copy(update=changes)


def reworded(old: str, new: str) -> Files:
    made = {key: {name: text.replace(old, new) for name, text in folder.items()} for key, folder in templates().items()}
    return build(CONTRACT, made, our_brand())


def test_a_right_package_passes_every_check_with_nothing_found() -> None:
    found = checks(CONTRACT, files())
    assert [check.name for check in found] == list(FINDERS)
    assert {(check.passed, check.found) for check in found} == {(True, "")}


TAMPERED: list[tuple[str, Callable[[], Contract], str]] = [
    (
        PARTIES,
        lambda: changed(customer=CUSTOMER.model_copy(update={"vat_id": "DE999999999"})),
        "the order form does not show the customer's VAT id, VAT DE999999999",
    ),
    (
        PARTIES,
        lambda: changed(customer=CUSTOMER.model_copy(update={"street": "Am Sandtorkai 45"})),
        "the order form does not show the customer's address, Am Sandtorkai 45, 20457 Hamburg, Germany",
    ),
    (
        PRICES,
        lambda: quoted(lines=(LINES[0].model_copy(update={"quantity": 40}), *LINES[1:])),
        "the order form does not show Fleet Platform, Standard: 40 seats at EUR 42.00 less 18%, EUR 198,374.40",
    ),
    (
        PRICES,
        lambda: quoted(lines=(*LINES[:2], LINES[2].model_copy(update={"unit_price": eur("500")}))),
        "the quote does not show Onboarding, Standard: 1 project at EUR 500.00, EUR 9,500.00",
    ),
    (
        AMOUNTS,
        lambda: quoted(lines=(LINES[0].model_copy(update={"discount": 2_200}), *LINES[1:])),
        "Fleet Platform, Standard comes to EUR 188,697.60, not EUR 198,374.40",
    ),
    (
        LINES_SUM,
        lambda: quoted(total=eur("237984.81")),
        "the lines add up to EUR 237,984.80, the total is EUR 237,984.81; the quote does not show the total",
    ),
    (
        INVOICES_SUM,
        lambda: quoted(invoices=INVOICES[:1]),
        "the invoices add up to EUR 123,742.40, the total is EUR 237,984.80",
    ),
    (
        INVOICES_SUM,
        lambda: quoted(invoices=(INVOICES[0].model_copy(update={"due_on": date(2027, 1, 31)}), INVOICES[1])),
        "the order form does not show invoice 1 over EUR 123,742.40",
    ),
    (
        TERMS,
        lambda: quoted(months=36),
        "the quote says 24 months from 1 December 2026 for the term, agreed are 36 months from 1 December 2026",
    ),
    (
        TERMS,
        lambda: quoted(starts_on=date(2027, 1, 1)),
        "the order form says 24 months from 1 December 2026 for the term, agreed are 24 months from 1 January 2027",
    ),
    (
        TERMS,
        lambda: quoted(payment_days=30),
        "the master agreement says 60 for the days to pay, agreed are 30",
    ),
    (
        LAW,
        lambda: changed(governing_law="Ireland"),
        "the master agreement is governed by the laws of Germany, agreed are the laws of Ireland",
    ),
    (
        SIGN,
        lambda: changed(signers=(SIGNERS[0].model_copy(update={"name": "Carla Vogt"}), *SIGNERS[1:])),
        "the order form has no place for Carla Vogt, Chief Operating Officer, to sign",
    ),
    (FOOT, lambda: changed(version=3), "page 1 of the quote does not carry"),
]


@pytest.mark.parametrize(("name", "tampered", "found"), TAMPERED)
def test_each_difference_is_found_and_said(name: str, tampered: Callable[[], Contract], found: str) -> None:
    assert found in failed(tampered(), files())[name]


def test_a_missing_document_a_changed_one_and_one_too_many_are_found() -> None:
    (file, body), *rest = files()
    assert "Quote Q-2026-4BFRT1 is missing" in failed(CONTRACT, tuple(rest))[EVERY]
    assert "Quote Q-2026-4BFRT1 is not the file" in failed(CONTRACT, ((file, body + b"\n"), *rest))[EVERY]
    fewer = changed(documents=CONTRACT.documents[1:])
    assert "Quote is not part of the contract" in failed(fewer, files())[EVERY]


def test_what_is_not_a_pdf_fails_its_checks_and_breaks_nothing() -> None:
    quote, (form, _), *rest = files()
    junk = b"%PDF-1.4 junk"
    file = form.model_copy(update={"hash": sha256(junk).hexdigest()})
    assert "Order form OF-2026-4BFRT1 cannot be read" in failed(CONTRACT, (quote, (file, junk), *rest))[EVERY]


@pytest.mark.parametrize("blank", ["TBD", "XXX", "TODO", "{{ '{{ total }}' }}", "[[ total ]] here"])
def test_what_is_left_to_fill_in_is_found(blank: str) -> None:
    found = failed(CONTRACT, reworded("Where they differ", f"{blank} Where they differ"))
    assert list(found) == [BLANKS]
    assert "the order form still has" in found[BLANKS]


@pytest.mark.parametrize("name", ["XXX GmbH", "{{ x }} [[prices]] TBD", "[[" + "n" * 180 + "]]"])
def test_a_customer_may_be_called_like_a_blank(name: str) -> None:
    contract = changed(customer=CUSTOMER.model_copy(update={"legal_name": name}))
    assert failed(contract, build(contract, templates(), our_brand())) == {}


def test_a_letter_that_cannot_be_printed_is_named() -> None:
    contract = changed(customer=CUSTOMER.model_copy(update={"legal_name": "日 GmbH"}))
    found = failed(contract, build(contract, templates(), our_brand()))
    assert "the order form's font lacks 日 (U+65E5)" in found[LETTERS]


def test_a_document_that_says_other_terms_in_its_own_words_is_found() -> None:
    found = failed(
        CONTRACT, reworded("Invoices are due {{ payment }}", "Invoices are due 30 days from the invoice date")
    )
    assert found == {TERMS: "the master agreement says 30 for the days to pay, agreed are 60"}


def test_a_form_that_is_silent_about_its_term_or_its_law_is_found() -> None:
    assert "the order form does not say the term" in failed(CONTRACT, reworded("{{ term }}", "a while"))[TERMS]
    silent = reworded("governed by {{ law }}", "settled in good faith")
    assert failed(CONTRACT, silent)[LAW] == (
        "the master agreement does not say that it is governed by the laws of Germany"
    )
