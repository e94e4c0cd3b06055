"""A page's fonts and colours as they were set, and what the brand's rules say of them."""

from bot.agents.quality import brand as rules
from bot.documents.brand import house_of
from bot.documents.build import build
from bot.documents.looks import paper_of
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.dossier import Dossier, Paper
from tests.unit.documents.example import CONTRACT, our_brand, templates


def form(brand: object = None) -> Paper:
    built = build(CONTRACT, templates(), brand or our_brand())  # type: ignore[arg-type]
    file, body = next((f, b) for f, b in built if f.template == "order-form")
    return paper_of(file, body)


def said(paper: Paper) -> list[tuple[str, str]]:
    dossier = Dossier(contract=CONTRACT, papers=(paper,))
    return [(finding.part, finding.found) for finding in rules.found(dossier, house_of(our_brand()))]


def test_our_own_page_has_our_fonts_and_colours_alone() -> None:
    paper = form()
    assert {font.partition("+")[2] for font in paper.fonts} <= {
        "SourceSansPro-Regular",
        "SourceSansPro-Semibold",
        "SourceSerifPro-Semibold",
    }
    assert set(paper.colours) == {"#1A222C", "#55606E", "#0B5563"}
    assert said(paper) == []


def test_another_colour_is_found_and_a_faint_one_by_its_contrast() -> None:
    ours = our_brand()
    other = ours.model_copy(update={"colours": ours.colours.model_copy(update={"accent": "#7A1F3D"})})
    assert said(form(other)) == [("colour", "#7A1F3D")]
    faint = ours.model_copy(update={"colours": ours.colours.model_copy(update={"muted": "#9AA5B1"})})
    assert said(form(faint)) == [("colour", "#9AA5B1, 2.5:1")]


def test_what_is_no_pdf_has_no_pages() -> None:
    file = BuiltFile(template="quote", title="Quote", number="Q-1", name="", hash="", pages=1)
    assert paper_of(file, b"%PDF-1.4 junk").pages == ()


def test_words_tone_font_picture_head_and_page_number_are_found() -> None:
    paper = form()
    page = paper.pages[0].replace("Page 1 of", "Page 2 of").replace("Order form OF-2026-4BFRT1 CONF", "CONF")
    page += " A seamless start! YOU WILL SAVE MONEY NOW with Larkspurr."
    wrong = paper.model_copy(update={"pages": (page, *paper.pages[1:]), "fonts": ("Helvetica",), "pictures": ("",)})
    parts = [part for part, _ in said(wrong)]
    assert parts == ["font", "picture", "head", "page number", "word", "tone", "tone", "our name"]
