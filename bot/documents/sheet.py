"""The styles of a document: sizes, leadings and spaces in points."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from bot.documents.brand import Brand
from bot.documents.fonts import name, register, shown

LEFT = RIGHT = 68
TOP, BOTTOM = 86, 72
GUTTER, STEP = 30, 24  # of clause numbers, of items below them
LETTER_PAPER = frozenset({"US", "CA"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """`width` is that of the text."""

    brand: Brand
    paper: tuple[float, float]
    styles: dict[str, ParagraphStyle]

    @property
    def width(self) -> float:
        return self.paper[0] - LEFT - RIGHT

    def p(self, style: str, markup: str, **more: Any) -> Paragraph:
        return Paragraph(shown(markup, self.styles[style].fontName), self.styles[style], **more)

    def colour(self, role: str) -> Color:
        return HexColor(getattr(self.brand.colours, role))

    def font(self, weight: str = "Regular") -> str:
        return name(self.brand.fonts.forms, weight)


def sheet(brand: Brand, customer_country: str) -> Sheet:
    """US Letter where the customer prints on it. Raises TemplateProblem when a font is missing."""
    return Sheet(brand, LETTER if customer_country in LETTER_PAPER else A4, _styles(brand))


@cache
def _styles(brand: Brand) -> dict[str, ParagraphStyle]:
    register(brand.fonts.text)
    register(brand.fonts.forms)
    made = [*_of_text(brand), *_of_forms(brand), *_of_tables(brand)]
    return {style.name: style for style in made}


def _of_text(brand: Brand) -> list[ParagraphStyle]:
    bold = _Maker(brand, name(brand.fonts.text, "Semibold"))
    text = _Maker(brand, name(brand.fonts.text, "Regular"))
    hung = {"leftIndent": GUTTER, "bulletIndent": 0}
    item = {"leftIndent": GUTTER + STEP, "bulletIndent": GUTTER}
    subitem = {"leftIndent": GUTTER + 2 * STEP, "bulletIndent": GUTTER + STEP}
    return [
        bold.style("title", 25, 29, 0, 3),
        bold.style("schedule", 17, 21, 18, 6, keepWithNext=1),
        bold.style("article", 12.5, 16, 15, 5, keepWithNext=1, **hung),
        bold.style("heading", 12.5, 16, 15, 5, keepWithNext=1),
        text.style("text", 10, 14.25, 0, 6),
        text.style("clause", 10, 14.25, 0, 6, **hung),
        text.style("under", 10, 14.25, 0, 6, leftIndent=GUTTER),
        text.style("item", 10, 14.25, 0, 3, **item),
        text.style("subitem", 10, 14.25, 0, 3, **subitem),
        text.style("prose", 10.5, 15, 0, 7),
        bold.style("figure", 22, 26, 0, 2),
    ]


def _of_forms(brand: Brand) -> list[ParagraphStyle]:
    bold = _Maker(brand, name(brand.fonts.forms, "Semibold"))
    form = _Maker(brand, name(brand.fonts.forms, "Regular"))
    return [
        form.style("subtitle", 10.5, 14.5, 0, 12, colour="muted"),
        bold.style("section", 10.5, 14, 11, 3, colour="accent", keepWithNext=1),
        bold.style("topic", 10.5, 14, 11, 3, colour="accent"),
        form.style("form", 9.25, 13, 0, 5),
        form.style("point", 9.25, 13, 0, 3, leftIndent=12, bulletIndent=0),
        form.style("form-value", 9.25, 13, 0, 0),
        bold.style("label", 7.75, 11, 0, 0, colour="muted"),
        bold.style("beside", 8.25, 13, 0, 0, colour="muted"),
        bold.style("fact", 10.5, 14, 0, 0),
    ]


def _of_tables(brand: Brand) -> list[ParagraphStyle]:
    bold = _Maker(brand, name(brand.fonts.forms, "Semibold"))
    form = _Maker(brand, name(brand.fonts.forms, "Regular"))
    right = {"alignment": TA_RIGHT}
    return [
        form.style("cell", 9.25, 12.25, 0, 0),
        form.style("number", 9.25, 12.25, 0, 0, **right),
        form.style("small", 8.25, 10.75, 0, 0),
        form.style("small-number", 8.25, 10.75, 0, 0, **right),
        bold.style("strong", 9.25, 12.25, 0, 0),
        form.style("detail", 8.25, 10.75, 0, 0, colour="muted"),
        form.style("hash", 8.25, 12.25, 0, 0),
        bold.style("head", 8, 10.5, 0, 0),
        bold.style("head-number", 8, 10.5, 0, 0, **right),
        bold.style("group", 8.25, 11, 0, 0, colour="accent"),
        bold.style("total", 10.75, 14, 0, 0),
        bold.style("total-number", 10.75, 14, 0, 0, **right),
    ]


@dataclass(frozen=True, slots=True)
class _Maker:
    brand: Brand
    font: str

    def style(self, called: str, size: float, leading: float, before: float, after: float, **more: Any) -> Any:
        """Ragged right; no widows, no orphans; a word too long for its line is broken rather than run over."""
        colour = getattr(self.brand.colours, more.pop("colour", "ink"))
        fixed: dict[str, Any] = {
            "fontName": self.font,
            "fontSize": size,
            "leading": leading,
            "spaceBefore": before,
            "spaceAfter": after,
            "textColor": HexColor(colour),
            "bulletFontName": self.font,
            "bulletFontSize": size,
            "allowWidows": 0,
            "allowOrphans": 0,
            "splitLongWords": 1,
        }
        return ParagraphStyle(called, **fixed, **more)
