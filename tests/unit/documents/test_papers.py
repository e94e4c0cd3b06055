"""The papers beside the contract: each for its readers, from the same facts, with nothing that is not theirs."""

import re
from functools import cache

import pytest

from bot.documents.lettering import plain
from bot.documents.papers.making import make
from bot.documents.reading import text
from bot.documents.template import blocks
from bot.documents.values import values
from bot.streams.deal.contract import Contract
from bot.streams.deal.papers import Paper
from tests.unit.documents.example import CONTRACT, QUOTE, our_brand, templates
from tests.unit.documents.papers_example import CONTACTS, OPPORTUNITY, playbook

THEIRS = ("executive-summary", "technical-appendix", "legal-summary")


def made(contract: Contract = CONTRACT) -> dict[str, tuple[Paper, str]]:
    made = make(contract, OPPORTUNITY, playbook(), our_brand())
    return {each.paper.file.template: (each.paper, text(each.body)) for each in made}


@cache
def read() -> dict[str, str]:
    return {name: said for name, (_, said) in made().items()}


def test_the_same_facts_make_the_same_bytes() -> None:
    once, again = (make(CONTRACT, OPPORTUNITY, playbook(), our_brand()) for _ in range(2))
    assert once == again


def test_the_summary_says_on_one_page_what_it_costs_what_comes_back_and_who_measured_it() -> None:
    paper, said = made()["executive-summary"]
    assert paper.file.pages == 1
    # 240 seats x (36.00 x 21 months + 14.00 x 22) + 60 vehicles x 48.00 x 22 = 318,720.00
    for figure in ("237,984.80", "318,720.00", "80,735.20", "33.92%", "Month 19", "16,417.60"):
        assert figure in said
    assert "EUR 36.00 per seat and month, for 240 seats, from month 4" in said
    assert said.count("Larkspur customer study, June 2026") == 3
    assert "by 17 December 2026" in said


def test_without_a_figure_that_has_a_source_it_says_that_there_is_not_enough_data() -> None:
    only = tuple(line for line in QUOTE.lines if line.code == "ONBOARD")
    contract = CONTRACT.model_copy(update={"quote": QUOTE.model_copy(update={"lines": only})})
    said = made(contract)["executive-summary"][1]
    assert "There is not enough data to say what this returns" in said
    assert "Cost and return" not in said
    assert "Over the term" not in made(contract)["talking-points"][1]


def test_a_product_without_a_source_is_named_as_not_counted() -> None:
    driver = QUOTE.lines[0].model_copy(update={"code": "DRIVER", "name": "Driver App", "unit": "driver"})
    contract = CONTRACT.model_copy(update={"quote": QUOTE.model_copy(update={"lines": (*QUOTE.lines, driver)})})
    assert "Not counted, because there is not enough data: Driver App." in made(contract)["executive-summary"][1]


def test_the_appendix_names_products_connections_with_version_and_where_data_lies() -> None:
    said = read()["technical-appendix"]
    for what in ("240 seats", "rFMS 4.0", "REST API 2026-04", "SAML 2.0", "Frankfurt am Main, Germany", "AES-256"):
        assert what in said


def test_the_legal_summary_says_what_differs_and_where_each_clause_stands() -> None:
    said = read()["legal-summary"]
    assert "Payment 60 days from the invoice date 30 days from the invoice date" in said
    assert "clause 9.2 MSA-2026-4BFRT1" in said
    usual = CONTRACT.model_copy(update={"quote": QUOTE.model_copy(update={"payment_days": 30})})
    assert "Nothing: these are our standard terms." in made(usual)["legal-summary"][1]


def test_each_clause_of_the_summary_stands_where_it_says_with_the_numbers_that_it_says() -> None:
    """The words of the summary are kept by hand; the texts may change under them."""
    for note in playbook().papers.clauses:
        use = next(use for use in CONTRACT.documents if use.template == note.template)
        read = [
            block
            for file, body in sorted(templates()[note.template].items())
            if file.endswith(".md")
            for block in blocks(file, body, values(CONTRACT, use))
        ]
        if not note.clause[0].isdigit():
            assert note.clause in [plain(block.text) for block in read]
            continue
        at = next(i for i, block in enumerate(read) if block.number == note.clause)
        assert read[at].kind == "clause"
        wanted = set(re.findall(r"\d+(?:\.\d+)?%? (?:days|hours|months)|\d+%", note.says))
        cited = {note.clause, *re.findall(r"clause (\d+\.\d+)", note.says)}
        said = " ".join(plain(block.text) for block in read if block.number in cited)
        assert {plain(w) for w in wanted} <= set(_numbers(said)), note.subject


def _numbers(said: str) -> list[str]:
    found = re.findall(r"\d+(?:\.\d+)?%?(?: (?:days|hours|months))?", said)
    return [*found, *(number.replace("months", "").strip() for number in found)]


@pytest.mark.parametrize("contact", CONTACTS, ids=lambda contact: contact.title)
def test_each_person_gets_three_statements_with_evidence_and_two_answers(contact: object) -> None:
    said = read()["talking-points"]
    names = [c.name for c in CONTACTS]
    parts = re.split("|".join(map(re.escape, names)), said)
    assert len(parts) == len(names) + 1
    for part in parts[1:]:
        assert "What shows it" in part
        assert "They may say" in part


def test_who_reads_what_is_seen_by_the_words_of_the_title() -> None:
    papers = playbook().papers
    read = [papers.stakeholder(c.title).id for c in CONTACTS]
    assert read == ["executive", "finance", "it", "legal", "users"]


def test_nothing_internal_stands_in_what_a_customer_may_see() -> None:
    """The margin, our cost and the rep's answers, in any spelling."""
    papers = made()
    assert [papers[name][0].audience for name in THEIRS] == ["customer"] * 3
    assert papers["talking-points"][0].audience == "rep"
    assert "INTERNAL · NOT FOR THE CUSTOMER" in papers["talking-points"][1]
    for name in THEIRS:
        said = papers[name][1]
        for word in ("margin", "floor", "88,000.00", "63.02", "They may say", "INTERNAL", "playbook", "commission"):
            assert word.casefold() not in said.casefold()
