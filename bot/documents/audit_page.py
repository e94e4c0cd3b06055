"""The finished contract: its documents with their signatures set in, and the certificate of completion behind them."""

from collections.abc import Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from bot.documents.brand import Brand
from bot.documents.certificate import TITLE, Completion, SealNote, story
from bot.documents.furniture import SIGNED, furniture
from bot.documents.page import typeset
from bot.documents.sheet import Sheet, sheet
from bot.documents.stamps import marks, overlay
from bot.streams.deal.contract import Contract, DocumentUse
from bot.streams.deal.envelope import Envelope

__all__ = ["SealNote", "finish"]


def finish(files: Sequence[bytes], contract: Contract, envelope: Envelope, seal: SealNote, brand: Brand) -> bytes:
    """`files` in the order of the contract's documents. Raises ValueError when the envelope was never sent."""
    if envelope.sent is None:
        raise ValueError("an envelope that was not sent has no certificate")
    paper = sheet(brand, contract.customer.country)
    use = DocumentUse(template="audit", title=TITLE, number=contract.number, why="")
    frame = furniture(contract, use, contract.supplier.legal_name, SIGNED)
    ended = Completion(tuple(files), contract, envelope, envelope.sent, seal)
    page, _ = typeset(story(paper, ended), frame, paper)
    writer = PdfWriter()
    for body in files:
        _append(writer, body, envelope, paper)
    _append(writer, page, envelope, paper)
    writer.add_metadata(
        {
            "/Title": f"Contract {contract.number}, signed",
            "/Author": contract.supplier.legal_name,
            "/Subject": f"{contract.number}, version {contract.version}",
            "/Keywords": ended.sent.hash,
        }
    )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _append(writer: PdfWriter, body: bytes, envelope: Envelope, paper: Sheet) -> None:
    reader, first = PdfReader(BytesIO(body)), len(writer.pages)
    writer.append(reader, outline_item=_title(reader))
    found = marks(reader, envelope, paper)
    for page in sorted({mark.page for mark in found}):
        drawn = overlay([mark for mark in found if mark.page == page], paper)
        writer.pages[first + page].merge_page(drawn.pages[0])


def _title(reader: PdfReader) -> str:
    known = reader.metadata
    return str(known.title) if known and known.title else "Document"
