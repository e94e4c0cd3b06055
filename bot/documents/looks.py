"""A PDF as it looks: its fonts, the colours of its letters, and whether its pictures speak."""

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from bot.documents.reading import page_texts
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.dossier import Paper

# Within the page's own drawing: a text (so that nothing in it is read as more), states kept and given back, the fill
# colour, and letters shown.
DRAWN = re.compile(
    rb"\((?:\\.|[^\\()])*\)|(?<![\w.])(?:(q|Q)(?!\w)|(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) rg"
    rb"|(-?[\d.]+) g(?!\w)|(T[jJ])(?!\w))",
    re.DOTALL,
)
BLACK = "#000000"


def paper_of(file: BuiltFile, body: bytes) -> Paper:
    """What is no PDF has no pages."""
    try:
        pages = page_texts(body)
        fonts, colours, pictures = _looks(body)
    except PyPdfError:
        pages, fonts, colours, pictures = (), (), (), ()
    return Paper(
        template=file.template,
        title=file.title,
        number=file.number,
        pages=pages,
        fonts=fonts,
        colours=colours,
        pictures=pictures,
    )


@lru_cache(maxsize=16)
def _looks(body: bytes) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    pages = PdfReader(BytesIO(body)).pages
    fonts = dict.fromkeys(font for page in pages for font in _fonts(page))
    colours = dict.fromkeys(colour for page in pages for colour in _colours(page))
    pictures = tuple(alternative for page in pages for alternative in _pictures(page))
    return tuple(fonts), tuple(colours), pictures


def _resources(page: PageObject, kind: str) -> Iterator[DictionaryObject]:
    resources = _object(page.get("/Resources"))
    named = _object(resources.get(kind)) if isinstance(resources, DictionaryObject) else None
    if isinstance(named, DictionaryObject):
        yield from (found for each in named.values() if isinstance(found := _object(each), DictionaryObject))


def _object(found: object) -> object:
    return found.get_object() if isinstance(found, IndirectObject) else found


def _fonts(page: PageObject) -> Iterator[str]:
    for font in _resources(page, "/Font"):
        yield str(font.get("/BaseFont", "")).removeprefix("/")


def _pictures(page: PageObject) -> Iterator[str]:
    for drawn in _resources(page, "/XObject"):
        if drawn.get("/Subtype") == "/Image":
            yield str(drawn.get("/Alt", ""))


def _colours(page: PageObject) -> Iterator[str]:
    contents = page.get_contents()
    now, kept = BLACK, list[str]()
    for push, red, green, blue, grey, shown in DRAWN.findall(contents.get_data() if contents is not None else b""):
        if push == b"q":
            kept.append(now)
        elif push == b"Q":
            now = kept.pop() if kept else BLACK
        elif shown:
            yield now
        elif red or grey:
            now = _hex(red, green, blue) if red else _hex(grey, grey, grey)


def _hex(*channels: bytes) -> str:
    return "#" + "".join(f"{min(255, max(0, round(float(channel) * 255))):02X}" for channel in channels)
