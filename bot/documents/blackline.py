"""Two versions side by side as a PDF: every changed clause, what is gone struck through, what is new underlined."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from reportlab.platypus import Spacer

from bot.documents.brand import Brand
from bot.documents.furniture import FINGERPRINT, Furniture
from bot.documents.lettering import clean, letters
from bot.documents.page import typeset
from bot.documents.papers.making import INTERNAL
from bot.documents.parts import four
from bot.documents.sheet import Sheet, sheet
from bot.figures.comparing import Compared, Pair, Piece, pieces
from bot.streams.deal.contract import BuiltFile, package_hash
from bot.streams.deal.package import Version
from bot.streams.ids import digest

TITLE = "Comparison"
SAME = "Nothing differs between these two versions."
SAYS = {"added": "new", "removed": "gone", "changed": "changed", "moved": "other number"}


@dataclass(frozen=True, slots=True)
class Sides:
    customer: str
    country: str
    company: str
    older: Version
    newer: Version


def blackline(sides: Sides, documents: Sequence[Compared], brand: Brand) -> tuple[BuiltFile, bytes]:
    """The same two versions make the same bytes. Raises TemplateProblem when a font is missing."""
    older, newer = sides.older, sides.newer
    number = clean(f"CMP-{newer.number}")
    both = digest(package_hash(older.files), package_hash(newer.files))
    frame = Furniture(clean(sides.company), TITLE, number, newer.no, both[:FINGERPRINT], INTERNAL)
    paper = sheet(brand, sides.country)
    body, pages = typeset(_story(paper, sides, documents), frame, paper)
    name = f"{number}-v{older.no}-v{newer.no}.pdf"
    title = f"{TITLE} of package {older.no} and package {newer.no}"
    file = BuiltFile(
        template="comparison", title=title, number=number, name=name, hash=sha256(body).hexdigest(), pages=pages
    )
    return file, body


def _story(paper: Sheet, sides: Sides, documents: Sequence[Compared]) -> list[Any]:
    older, newer = sides.older, sides.newer
    made = [
        paper.p("title", letters(f"Package {older.no} and package {newer.no}")),
        paper.p("subtitle", letters(f"What differs, clause by clause, for {sides.customer}")),
        *four(
            paper,
            (f"Package {older.no}", letters(str(older.total or "–"))),
            ("Made", _made(older)),
            (f"Package {newer.no}", letters(str(newer.total or "–"))),
            ("Made", _made(newer)),
        ),
        paper.p("form", f"<strike>Struck through</strike>: only in package {older.no}. {_new('Underlined')}: "
                f"only in package {newer.no}. What is not shown is the same in both, word for word."),
    ]  # fmt: skip
    if not any(document.count for document in documents):
        return [*made, paper.p("prose", SAME)]
    return [*made, *(flowable for document in documents for flowable in _document(paper, document))]


def _made(version: Version) -> str:
    return letters(f"{version.at.day} {version.at:%b %Y, %H:%M} UTC") if version.at else "–"


def _document(paper: Sheet, document: Compared) -> list[Any]:
    if not document.count:
        return []
    head = paper.p("section", letters(f"{document.title} {document.number}"))
    if document.whole:
        return [head, paper.p("form", letters(document.whole))]
    return [head, *(flowable for pair in document.changes for flowable in _change(paper, pair))]


def _change(paper: Sheet, pair: Pair) -> list[Any]:
    label = paper.p("beside", letters(f"{_place(pair)} · {SAYS[pair.kind]}"))
    label.keepWithNext = 1
    return [label, paper.p("form", _redlined(pair)), Spacer(0, 3)]


def _place(pair: Pair) -> str:
    if pair.kind == "moved" and pair.old and pair.new:
        return f"{pair.old.anchor} → {pair.new.anchor}"
    return pair.anchor


def _redlined(pair: Pair) -> str:
    if pair.kind == "moved":
        return letters(pair.new.text if pair.new else "")
    old, new = pair.old.text if pair.old else "", pair.new.text if pair.new else ""
    return " ".join(_piece(piece) for piece in pieces(old, new))


def _piece(piece: Piece) -> str:
    words = letters(piece.words)
    if piece.kind == "removed":
        return f"<strike>{words}</strike>"
    return _new(words) if piece.kind == "added" else words


def _new(words: str) -> str:
    return f"<u><b>{words}</b></u>"
