"""The brand's fonts, embedded. Both Source families are TrueType, free to embed, with Latin, Greek and Cyrillic."""

from functools import cache
from importlib.resources import files
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bot.documents.brand import Font
from bot.documents.template import TemplateProblem

WEIGHTS = ("Regular", "Semibold", "It", "SemiboldIt")


@cache
def register(font: Font) -> str:
    """The name of the family; `<b>` means Semibold. Raises TemplateProblem."""
    names = [name(font, weight) for weight in WEIGHTS]
    for face, weight in zip(names, WEIGHTS, strict=True):
        pdfmetrics.registerFont(TTFont(face, BytesIO(_bytes(font, weight))))
    for face, weight in zip(names, WEIGHTS, strict=True):
        pdfmetrics.registerFontFamily(face, *(names if weight == "Regular" else [face] * len(names)))
    return names[0]


def name(font: Font, weight: str) -> str:
    return f"{font.family}-{weight}"


def shown(text: str, face: str) -> str:
    """A letter that the font lacks is shown by its code, so that it is seen to be missing and never lost."""
    glyphs = pdfmetrics.getFont(face).face.charToGlyph
    return "".join(c if ord(c) in glyphs else f"[U+{ord(c):04X}]" for c in text)


def _bytes(font: Font, weight: str) -> bytes:
    file = f"{font.family}-{weight}.ttf"
    try:
        return (files(font.package) / "files" / file).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        advice = "install the package, or name another one in brand.yaml"
    raise TemplateProblem("brand.yaml: fonts", f"the file {file} in the package {font.package}", advice)
