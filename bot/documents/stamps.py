"""Name and time of each signature, set on the lines that the documents keep for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import Destination
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from bot.documents.fonts import name, shown
from bot.documents.lettering import clean
from bot.documents.parts import DATE, SIGN, room
from bot.documents.sheet import Sheet
from bot.documents.values import short_day
from bot.streams.deal.envelope import Envelope, SignerSigned

LIFT = 8  # of the writing above its label's place, in points
SIZES = (17, 14, 11, 9, 7.5)  # of a signature: the first that fits


@dataclass(frozen=True, slots=True)
class Mark:
    """`page` counts from 0."""

    page: int
    x: float
    y: float
    text: str
    face: str
    size: float


def marks(reader: PdfReader, envelope: Envelope, sheet: Sheet) -> list[Mark]:
    """Of every signature that was given, in the places of this document."""
    return [
        mark for key, place in reader.named_destinations.items() for mark in _mark(reader, key, place, envelope, sheet)
    ]


def overlay(found: list[Mark], sheet: Sheet) -> PdfReader:
    """One page with the marks."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=sheet.paper, invariant=1, initialFontName=sheet.font())
    for mark in found:
        canvas.setFillColor(sheet.colour("ink"))
        canvas.setFont(mark.face, mark.size)
        canvas.drawString(mark.x, mark.y, mark.text)
    canvas.showPage()
    canvas.save()
    return PdfReader(BytesIO(out.getvalue()))


def moment(at: datetime) -> str:
    return f"{short_day(at.astimezone(UTC).date())}, {at.astimezone(UTC):%H:%M:%S}"


def _mark(reader: PdfReader, key: Any, place: Destination, envelope: Envelope, sheet: Sheet) -> Iterator[Mark]:
    what, _, no = str(key).rpartition(":")
    signed = envelope.of(int(no)).signed if no.isdecimal() else None
    page = reader.get_destination_page_number(place)
    if signed is None or page is None or place.left is None or place.top is None:
        return
    x, y = float(place.left), float(place.top) + LIFT
    if what.endswith(f":{SIGN}"):
        yield _name(page, (x, y), signed, sheet)
    if what.endswith(f":{DATE}"):
        face = sheet.font()
        yield Mark(page, x, y + 10, short_day(signed.at.astimezone(UTC).date()), face, 8.25)
        yield Mark(page, x, y, f"{signed.at.astimezone(UTC):%H:%M} UTC", face, 8.25)


def _name(page: int, at: tuple[float, float], signed: SignerSigned, sheet: Sheet) -> Mark:
    """In italics where the italics have all its letters."""
    text = clean(signed.name)
    italic, upright = name(sheet.brand.fonts.text, "It"), name(sheet.brand.fonts.text, "Regular")
    face = italic if shown(text, italic) == text else upright
    text = shown(text, face)
    size = next((s for s in SIZES if stringWidth(text, face, s) <= room(sheet)), SIZES[-1])
    return Mark(page, *at, text, face, size)
