"""The documents of the example company: what stands in them, byte for byte the same, whatever people are called."""

import re
import subprocess
import sys
from datetime import date
from functools import cache
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from bot.documents.build import TemplateProblem, build
from bot.documents.checks import checks
from bot.documents.reading import page_texts, pages, text
from bot.streams.deal.contract import BuiltFile, Contract, DocumentUse
from tests.unit.documents.example import CONTRACT, CUSTOMER, LINES, QUOTE, SIGNERS, our_brand, templates


def built(contract: Contract = CONTRACT) -> dict[str, tuple[BuiltFile, bytes]]:
    return {file.template: (file, body) for file, body in build(contract, templates(), our_brand())}


@cache
def read() -> dict[str, str]:
    return {template: text(body) for template, (_, body) in built().items()}


def named(name: str) -> Contract:
    customer = CUSTOMER.model_copy(update={"legal_name": name, "contact_name": name})
    signers = tuple(signer.model_copy(update={"name": name}) for signer in SIGNERS)
    return CONTRACT.model_copy(update={"customer": customer, "signers": signers})


def acts(body: bytes) -> set[str]:
    """What a reader of the PDF would do by itself, or run."""
    file = PdfReader(BytesIO(body))
    found = [file.get_object(number) for generation in file.xref.values() for number in generation]
    assert len(found) > 5
    names = {str(name) for item in found if isinstance(item, DictionaryObject) for name in item}
    return names & {"/JS", "/JavaScript", "/AA", "/Launch", "/OpenAction", "/URI"}


def test_each_document_is_described_by_its_file_and_by_the_pdf_itself() -> None:
    made = built()
    assert {template: file.pages for template, (file, _) in made.items()} == {
        "quote": 1,
        "order-form": 2,
        "master-agreement": 5,
        "data-processing-agreement": 6,
    }
    for file, body in made.values():
        meta = PdfReader(BytesIO(body)).metadata
        assert meta is not None
        assert (meta.title, meta.author) == (f"{file.title} {file.number}", "Larkspur Software Ltd")
        assert file.hash == sha256(body).hexdigest()
        assert file.pages == pages(body)
    assert made["order-form"][0].name == "OF-2026-4BFRT1-v2.pdf"


def test_the_same_contract_makes_the_same_bytes_and_another_one_does_not() -> None:
    first, again = built(), built()
    assert first == again
    other = built(CONTRACT.model_copy(update={"version": 3}))
    assert all(first[template][0].hash != other[template][0].hash for template in first)


def test_the_order_form_shows_every_number() -> None:
    form = read()["order-form"]
    for row in (
        "Fleet Platform, Standard Live map, trips, maintenance, reports 240 seats 42.00 18% 198,374.40",
        "Route Planner, Standard Daily routes with time windows and loads 60 vehicles 25.50 18% 30,110.40",
        "Onboarding, Standard Set-up of vehicles, import of data, four training days 1 project 9,500.00 none 9,500.00",
        "Recurring fees, 1 Dec 2026 to 30 Nov 2028 228,484.80 One-off fees 9,500.00 Total, before tax EUR 237,984.80",
        "1 1 Dec 2026 30 Jan 2027 1 Dec 2026 to 30 Nov 2027 123,742.40",
        "2 1 Dec 2027 30 Jan 2028 1 Dec 2027 to 30 Nov 2028 114,242.40",
        "24 months from 1 December 2026",
        "60 days from the invoice date",
        "VAT DE136695976",
        "For Brightwater Freight GmbH Signature Date Henrik Brandt Chief Financial Officer",
    ):
        assert row in form


def test_what_is_for_us_alone_stands_in_no_document() -> None:
    for words in read().values():
        assert not re.search(r"88,000|63\.0|margin|Templates, line", words)


def test_every_page_carries_number_version_page_and_fingerprint() -> None:
    for file, body in built().values():
        for no, page in enumerate(page_texts(body), 1):
            foot = f"{file.number} · version 2 · contract data {CONTRACT.digest[:12]} Page {no} of {file.pages}"
            assert foot in page


def test_every_font_is_embedded() -> None:
    for _, body in built().values():
        for page in PdfReader(BytesIO(body)).pages:
            fonts: Any = page["/Resources"]
            for font in fonts["/Font"].values():
                assert "/FontFile2" in font.get_object()["/FontDescriptor"]


@pytest.mark.parametrize(("country", "width"), [("DE", 595), ("US", 612), ("CA", 612)])
def test_the_paper_is_the_customers(country: str, width: int) -> None:
    contract = CONTRACT.model_copy(update={"customer": CUSTOMER.model_copy(update={"country": country})})
    assert {int(PdfReader(BytesIO(body)).pages[0].mediabox.width) for _, body in built(contract).values()} == {width}


@pytest.mark.attack(23)
@pytest.mark.attack(24)
@pytest.mark.attack(25)
@pytest.mark.parametrize(
    "name",
    [
        "<b>Bold</b> & Sons",
        '<img src="file:///etc/passwd"/>',
        "<para> <font size=9999>",
        ") Tj /AA <</S/JavaScript/JS(app.alert(1))>>",
        "A & B <font size=90>",
        "{{ x }} {% raw %} {{ total }}",
        "[[prices]]",
        "# 1.1 (a) | - **bold** |",
        'O\'Neill "Freight" \\ Co',
        "Ελλάδα Жук Łódź Žižkov İstanbul",
        "W" * 200,
        "Very Long Names Of Companies " * 7,
    ],
)
def test_a_hostile_name_is_shown_as_it_is(name: str) -> None:
    contract = named(name)
    made = build(contract, templates(), our_brand())
    assert [check for check in checks(contract, made) if not check.passed] == []
    solid = "".join(name.split())
    for file, body in made:
        assert solid in "".join(text(body).split()), file.template
        assert acts(body) == set()


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Clara 🚢 Vogt", "Clara [U+1F6A2] Vogt"),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("Clara\u202etgoV\u202c", "ClaratgoV"),
        ("Clara\nVogt\x00\x07", "Clara Vogt"),
        ("Cla\ue0000\ue001ra", "Cla0ra"),
        ("e\u0301", "é"),
    ],
)
def test_letters_without_a_shape_are_shown_by_code_and_those_without_a_meaning_are_left_out(
    name: str, seen: str
) -> None:
    _, body = built(named(name))["order-form"]
    assert f"Contact: {seen}, Chief" in text(body)


def test_a_missing_value_says_which_one_and_where() -> None:
    contract = CONTRACT.model_copy(update={"governing_law": " "})
    with pytest.raises(TemplateProblem) as caught:
        build(contract, templates(), our_brand())
    field, expected, advice = caught.value.args
    assert (field, expected) == ("governing_law", "a value for the template master-agreement/body.md")
    assert "fill it in" in advice


@pytest.mark.attack(37)
@pytest.mark.parametrize("folder", ["side-letter", "../../etc", "/etc/passwd", "CON", "order-form/../quote"])
def test_a_template_without_a_folder_is_a_problem_not_a_crash(folder: str) -> None:
    use = DocumentUse(template=folder, title="Side letter", number="SL-1", why="")
    with pytest.raises(TemplateProblem, match=re.escape(folder)):
        build(CONTRACT.model_copy(update={"documents": (use,)}), templates(), our_brand())


def test_a_hundred_lines_go_over_pages_with_the_head_repeated_and_the_totals_not_alone() -> None:
    lines = tuple(LINES[0].model_copy(update={"code": f"F{n}", "name": f"Product {n}"}) for n in range(100))
    contract = CONTRACT.model_copy(update={"quote": QUOTE.model_copy(update={"lines": lines})})
    _, body = built(contract)["order-form"]
    texts = page_texts(body)
    assert sum("Product Quantity Unit price EUR" in page for page in texts) >= 4
    last = next(page for page in texts if "Total, before tax" in page)
    assert "Product 99" in last


def test_a_term_of_one_month_and_no_days_to_pay_is_good_english() -> None:
    quote = QUOTE.model_copy(update={"months": 1, "payment_days": 1, "starts_on": date(2027, 1, 31)})
    _, body = built(CONTRACT.model_copy(update={"quote": quote}))["order-form"]
    assert "1 month from 31 January 2027" in text(body)
    assert "1 day from the invoice date" in text(body)


def test_the_clauses_are_numbered_in_order_and_point_at_clauses_that_are_there() -> None:
    for template in ("master-agreement", "data-processing-agreement"):
        whole = "\n".join(templates()[template].values())
        articles = [int(no) for no in re.findall(r"^## (\d+) ", whole, re.M)]
        assert articles == list(range(1, len(articles) + 1))
        clauses = re.findall(r"^(\d+\.\d+) ", whole, re.M)
        by_article = [[int(no.split(".")[1]) for no in clauses if no.startswith(f"{a}.")] for a in articles]
        firsts = [list(dict.fromkeys(numbers)) for numbers in by_article]
        assert firsts == [list(range(1, len(numbers) + 1)) for numbers in firsts]
        known = {*clauses, *map(str, articles)}
        referred = {no for found in re.findall(r"[Cc]lauses? ((?:\d+(?:\.\d+)?(?:, | and )?)+)", whole)
                    for no in re.findall(r"\d+(?:\.\d+)?", found)}  # fmt: skip
        assert referred <= known


def test_the_brand_can_be_read_without_the_pdf_library() -> None:
    code = "import sys; import bot.documents.brand; sys.exit('reportlab' in sys.modules or 'pypdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
