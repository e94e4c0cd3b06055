"""A customer's .docx or PDF, read line by line. It comes from outside: too large, encrypted, packed too tightly or
with entities of its own, it is refused with what is wrong and what to do."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile
from zlib import error as CannotUnpack

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from bot.documents.lettering import plain

MOST_BYTES, MOST_UNPACKED, MOST_LETTERS = 10_000_000, 20_000_000, 2_000_000
MOST_PARTS, MOST_PAGES = 2_000, 500
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
TAKEN_OUT = frozenset({f"{WORD}del", f"{WORD}moveFrom", f"{WORD}delText", f"{WORD}instrText"})
BROKEN = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    OSError,
    AssertionError,
)
FURNITURE = 0.6  # of the pages: what stands on so many is a head or a foot
_DIGITS = re.compile(r"\d+")


class Unreadable(ValueError):
    """`args` are what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """`lines` without tracked deletions, with tracked insertions: as they want it to read."""

    kind: Literal["docx", "pdf"]
    lines: tuple[str, ...]


def read(body: bytes) -> Incoming:
    """Raises Unreadable."""
    if len(body) > MOST_BYTES:
        raise Unreadable(f"it is larger than {MOST_BYTES // 1_000_000} MB", "send the contract without pictures")
    if body.startswith(b"PK\x03\x04"):
        return Incoming("docx", _short(_docx(body)))
    if body.startswith(b"%PDF-"):
        return Incoming("pdf", _short(_pdf(body)))
    raise Unreadable("it is neither .docx nor PDF", "ask for one of the two")


def _short(lines: Iterator[str]) -> tuple[str, ...]:
    found, letters = [], 0
    for line in lines:
        letters += len(line)
        if letters > MOST_LETTERS:
            raise Unreadable("it holds more text than any contract", "ask for the contract alone")
        found.append(line)
    if not found:
        raise Unreadable("there is no text in it", "ask for a file with text; a scan cannot be compared")
    return tuple(found)


def _docx(body: bytes) -> Iterator[str]:
    try:
        root = fromstring(_unpacked(body), forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise Unreadable("its text is not the XML of a .docx", "ask for it saved anew") from None
    for paragraph in root.iter(f"{WORD}p"):
        if line := plain("".join(_words(paragraph))):
            yield line


def _unpacked(body: bytes) -> bytes:
    """No more is unpacked than MOST_UNPACKED, whatever the file says of itself."""
    try:
        with ZipFile(BytesIO(body)) as packed:
            if len(packed.infolist()) > MOST_PARTS:
                raise Unreadable("it has too many parts", "ask for it saved anew")
            with packed.open(BODY) as part:
                text = part.read(MOST_UNPACKED + 1)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, CannotUnpack):
        raise Unreadable("it is no whole .docx, or it is encrypted", "ask for it without a password") from None
    if len(text) > MOST_UNPACKED:
        raise Unreadable("it unpacks to far more than a contract", "ask for the contract alone")
    return text


def _words(paragraph: Any) -> Iterator[str]:
    """In order, without what is tracked as deleted, and without paragraphs of its own."""
    waiting = [paragraph]
    while waiting:
        node = waiting.pop()
        if node.tag in TAKEN_OUT or (node.tag == f"{WORD}p" and node is not paragraph):
            continue
        if node.tag == f"{WORD}t":
            yield node.text or ""
        elif node.tag in (f"{WORD}tab", f"{WORD}br", f"{WORD}cr"):
            yield " "
        waiting.extend(reversed(node))


def _pdf(body: bytes) -> Iterator[str]:
    try:
        pages = _pages(PdfReader(BytesIO(body)))
    except Unreadable:
        raise
    except BROKEN:
        raise Unreadable("it is no whole PDF", "ask for it saved anew") from None
    seen = Counter(shape for page in pages for shape in {_shape(line) for line in page})
    often = max(2, FURNITURE * len(pages))
    return (line for page in pages for line in page if seen[_shape(line)] < often)


def _pages(reader: PdfReader) -> list[list[str]]:
    if reader.is_encrypted:
        raise Unreadable("it is encrypted", "ask for it without a password")
    if len(reader.pages) > MOST_PAGES:
        raise Unreadable(f"it has more than {MOST_PAGES} pages", "ask for the contract alone")
    texts = (page.extract_text().splitlines() for page in reader.pages)
    return [[line for each in lines if (line := plain(each))] for lines in texts]


def _shape(line: str) -> str:
    return _DIGITS.sub("0", line)
