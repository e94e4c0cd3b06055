"""A PDF read again as anybody would read it."""

from functools import lru_cache
from io import BytesIO

from pypdf import PdfReader

from bot.documents.lettering import plain


def text(pdf: bytes) -> str:
    """All pages in order, every run of spaces one space."""
    return " ".join(page_texts(pdf))


@lru_cache(maxsize=16)
def page_texts(pdf: bytes) -> tuple[str, ...]:
    return tuple(plain(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages)


def pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)
