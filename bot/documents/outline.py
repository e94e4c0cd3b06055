"""From what is about to be set to what it says: each clause with where it stands, in the order of reading."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from reportlab.platypus import KeepTogether, Paragraph, Table

from bot.documents.lettering import plain
from bot.streams.deal.outline import Clause, Outline

HEADINGS = frozenset({"section", "heading", "topic", "group"})
LABEL = 48  # letters of a heading, or of a row's first words, that name a place


def outline(story: Iterable[Any]) -> Outline:
    """Nothing that is set is left out, but lines and spaces."""
    place = _Place()
    return tuple(clause for flowable in story for clause in _clauses(flowable, place))


@dataclass
class _Place:
    """Where the reading stands; `seen` makes every anchor unique."""

    title: str = ""
    section: str = ""
    clause: str = ""
    item: str = ""
    seen: Counter[str] = field(default_factory=Counter)

    def at(self, name: str) -> str:
        whole = f"{self.title}, {name}" if self.title else name
        self.seen[whole] += 1
        return whole if self.seen[whole] == 1 else f"{whole} ({self.seen[whole]})"

    @property
    def here(self) -> str:
        return self.item or self.clause or self.section or "First page"


def _clauses(flowable: Any, place: _Place) -> Iterator[Clause]:
    if isinstance(flowable, Paragraph):
        yield from _paragraph(flowable, place)
    elif isinstance(flowable, Table):
        yield from _rows(flowable, place)
    elif isinstance(flowable, KeepTogether):
        for part in flowable._content:
            yield from _clauses(part, place)


def _paragraph(paragraph: Any, place: _Place) -> Iterator[Clause]:
    text = plain(paragraph.getPlainText())
    if text:
        number = plain(paragraph.bulletText or "")
        yield Clause(anchor=place.at(_anchor(paragraph.style.name, number, text, place)), text=text)


def _anchor(style: str, number: str, text: str, place: _Place) -> str:
    """Moves the place on."""
    if style in ("title", "schedule"):
        place.title, place.section, place.clause, place.item = ("" if style == "title" else text[:LABEL]), "", "", ""
        return "Title"
    if style in HEADINGS:
        place.section, place.clause, place.item = text[:LABEL], "", ""
        return place.section
    if style == "article":
        place.section, place.clause, place.item = number, "", ""
    elif style == "clause":
        place.clause, place.item = number, ""
    elif style == "item":
        place.item = f"{place.clause}{number}"
    elif style == "subitem":
        return f"{place.here}{number}"
    return place.here


def _rows(table: Any, place: _Place) -> Iterator[Clause]:
    for row in table._cellvalues:
        cells = [said for cell in row if (said := tuple(_said(cell)))]
        if cells:
            anchor = place.at(f"{place.here}: {cells[0][0][:LABEL].strip()}")
            yield Clause(anchor=anchor, text=" · ".join(" ".join(said) for said in cells))


def _said(cell: Any) -> Iterator[str]:
    if isinstance(cell, str):
        yield from filter(None, [plain(cell)])
    elif isinstance(cell, Paragraph):
        yield from filter(None, [plain(cell.getPlainText())])
    elif isinstance(cell, Table):
        for row in cell._cellvalues:
            for part in row:
                yield from _said(part)
    elif isinstance(cell, list | tuple):
        for part in cell:
            yield from _said(part)
