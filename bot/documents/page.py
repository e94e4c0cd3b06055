"""From flowables to a PDF with the same head and foot on every page; the same input makes the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from bot.documents.fonts import shown
from bot.documents.furniture import Furniture, page_label
from bot.documents.sheet import BOTTOM, LEFT, RIGHT, TOP, Sheet

HEADER, FOOTER = 50, 46  # baselines, from the edges
HEADER_RULE, FOOTER_RULE = 14, 13
HEADER_GAP = 12
BOX_HEIGHT, BOX_PADDING, BOX_RADIUS = 15, 7, 2
OUTLINED = {"title": 0, "schedule": 0, "article": 1, "heading": 1, "section": 1, "topic": 1}


def typeset(story: list[Any], furniture: Furniture, sheet: Sheet) -> tuple[bytes, int]:
    """The bytes and the number of pages."""
    out = BytesIO()
    document = _document(out, furniture, sheet)
    width, height = sheet.paper
    frame = Frame(LEFT, BOTTOM, sheet.width, height - TOP - BOTTOM, 0, 0, 0, 0)

    def furnish(canvas: Any, current: Any) -> None:
        _Furnisher(canvas, sheet, furniture).draw(current.page)

    def label(canvas: Any, page: int, pages: int) -> None:
        _Furnisher(canvas, sheet, furniture).label(page, pages)

    template = PageTemplate("page", [frame], onPage=furnish, onPageEnd=_name_places, pagesize=(width, height))
    document.addPageTemplates([template])
    document.afterFlowable = _outliner(document)
    document.build(story, canvasmaker=partial(_Counted, label=label))
    return out.getvalue(), document.page


def _document(out: BytesIO, furniture: Furniture, sheet: Sheet) -> Any:
    return BaseDocTemplate(
        out,
        pagesize=sheet.paper,
        title=furniture.heading,
        author=furniture.company,
        subject=f"{furniture.number}, version {furniture.version}",
        keywords=furniture.fingerprint,
        creator="Countersign",
        lang=sheet.brand.language,
        displayDocTitle=True,
        invariant=1,
        initialFontName=sheet.font(),
    )


def _name_places(canvas: Any, document: Any) -> None:
    """Writes the anchors into the PDF: reportlab keeps them to itself unless a link points there."""
    places = {key: place for key, place in canvas._destinations.items() if ":" in key and place.fmt is not None}
    if places:
        canvas._doc.Catalog.Dests = PDFDictionary(places)


def _outliner(document: Any) -> Callable[[Any], None]:
    """Titles, articles and sections as bookmarks."""
    marked: list[str] = []

    def mark(flowable: Any) -> None:
        level = OUTLINED.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is None:
            return
        key = f"mark-{len(marked)}"
        number = getattr(flowable, "bulletText", None)
        text = flowable.getPlainText()
        document.canv.bookmarkPage(key)
        document.canv.addOutlineEntry(f"{number} {text}" if number else text, key, level if marked else 0, False)
        marked.append(key)

    return mark


class _Counted(Canvas):  # type: ignore[misc]
    """Each page leaves a place for its number, filled at the end: the first one already says how many there are."""

    def __init__(self, *args: Any, label: Callable[[Any, int, int], None], **how: Any) -> None:
        super().__init__(*args, **how)
        self._label = label

    def save(self) -> None:
        pages = self.getPageNumber() - 1
        for page in range(1, pages + 1):
            self.beginForm(_place(page))
            self._label(self, page, pages)
            self.endForm()
        super().save()


def _place(page: int) -> str:
    return f"number-of-{page}"


@dataclass(frozen=True, slots=True)
class _Furnisher:
    canvas: Any
    sheet: Sheet
    furniture: Furniture

    @property
    def edge(self) -> float:
        return self.sheet.paper[0] - RIGHT

    @property
    def _box(self) -> float:
        """The width of the box around the status."""
        width: float = stringWidth(self.furniture.status, self.sheet.font("Semibold"), 7.5)
        return width + 2 * BOX_PADDING

    def draw(self, page: int) -> None:
        self.canvas.saveState()
        top = self.sheet.paper[1] - HEADER
        self._heading(top)
        self._status(top)
        self._rule(top - HEADER_RULE)
        self._rule(FOOTER + FOOTER_RULE)
        self._write(LEFT, FOOTER, self.furniture.footing, "muted", size=7.5)
        self.canvas.restoreState()
        self.canvas.doForm(_place(page))

    def label(self, page: int, pages: int) -> None:
        self._write(self.edge, FOOTER, page_label(page, pages), "ink", size=7.5, right=True)

    def _heading(self, y: float) -> None:
        bold, plain = self.sheet.font("Semibold"), self.sheet.font()
        company = _cut(self.furniture.company, bold, self.sheet.width / 3)
        x = LEFT + stringWidth(company, bold, 8.5) + 7
        self._write(LEFT, y, company, "ink", size=8.5, weight="Semibold")
        room = self.edge - self._box - HEADER_GAP - x
        self._write(x, y, _cut(self.furniture.heading, plain, room), "muted", size=8.5)

    def _status(self, y: float) -> None:
        status, width = self.furniture.status, self._box
        self.canvas.setStrokeColor(self.sheet.colour("ink"))
        self.canvas.setLineWidth(0.75)
        self.canvas.roundRect(self.edge - width, y - 5, width, BOX_HEIGHT, BOX_RADIUS)
        self._write(self.edge - BOX_PADDING, y, status, "ink", size=7.5, weight="Semibold", right=True)

    def _rule(self, y: float) -> None:
        self.canvas.setStrokeColor(self.sheet.colour("hairline"))
        self.canvas.setLineWidth(0.4)
        self.canvas.line(LEFT, y, self.edge, y)

    def _write(self, x: float, y: float, text: str, colour: str, **how: Any) -> None:
        self.canvas.setFillColor(self.sheet.colour(colour))
        face = self.sheet.font(how.get("weight", "Regular"))
        self.canvas.setFont(face, how["size"])
        (self.canvas.drawRightString if how.get("right") else self.canvas.drawString)(x, y, shown(text, face))


def _cut(text: str, font: str, width: float) -> str:
    """As much of a text as the head has room for."""
    if stringWidth(text, font, 8.5) <= width:
        return text
    fits = next((n for n in range(len(text), 0, -1) if stringWidth(text[:n] + "…", font, 8.5) <= width), 0)
    return text[:fits].rstrip() + "…"
