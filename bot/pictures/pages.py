"""The pages of a PDF as pictures, for who reads in a browser: few colours, sharp enough for a phone."""

from collections.abc import Iterator
from io import BytesIO

from PIL.Image import Quantize
from pypdfium2 import PdfDocument

DPI, POINT = 110, 72
COLOURS = 64  # text and lines on white need no more


def pages(pdf: bytes) -> Iterator[bytes]:
    """PNG, one a page, in order; the same PDF makes the same bytes."""
    document = PdfDocument(pdf)
    try:
        for page in document:
            drawn = page.render(scale=DPI / POINT).to_pil().convert("RGB")
            out = BytesIO()
            drawn.quantize(COLOURS, method=Quantize.FASTOCTREE).save(out, "PNG")
            yield out.getvalue()
    finally:
        document.close()
