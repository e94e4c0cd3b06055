"""A contract document as .docx, for a customer's own counsel to change: the same words as the PDF, numbers as text, so
that what comes back can be compared clause by clause. The same input makes the same bytes."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.documents import values
from bot.documents.build import Templates, blocks_of
from bot.documents.template import Block
from bot.streams.deal.contract import Contract, DocumentUse, Party

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = {
    "title": ("Title", 50, True, 0),
    "subtitle": ("Subtitle", 21, False, 0),
    "section": ("Heading 1", 25, True, 0),
    "article": ("Heading 2", 25, True, 0),
    "clause": ("Clause", 20, False, 600),
    "item": ("Item", 20, False, 1080),
    "text": ("Body", 20, False, 0),
}  # style: name, half points, bold, indent in twentieths of a point
LIKE = {"subitem": "item", "under": "clause", "point": "item", "paragraph": "text"}
HUNG = frozenset({"article", "clause", "item"})
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1360" w:bottom="1440" w:left="1360"/></w:sectPr>'
)  # A4, in twentieths of a point
_TAG = re.compile(r"(</?b>|<[^>]*>)")


def export(contract: Contract, use: DocumentUse, templates: Templates) -> bytes:
    """Raises TemplateProblem."""
    body = "".join(part for block in blocks_of(contract, use, templates) for part in _parts(contract, use, block))
    return _packed(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _links((f"{OFFICE}/officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": _links((f"{OFFICE}/styles", "styles.xml")),
            "word/styles.xml": _styles(),
            "word/document.xml": f'<w:document xmlns:w="{MAIN}"><w:body>{body}{PAGE}</w:body></w:document>',
        }
    )


def name_of(contract: Contract, use: DocumentUse) -> str:
    return f"{use.number.replace('/', '-')}-v{contract.version}.docx"


def _parts(contract: Contract, use: DocumentUse, block: Block) -> Iterator[str]:
    if block.kind == "directive":
        yield from _directive(contract, use, block.text)
    elif block.kind == "rows":
        yield _table(block.rows)
    else:
        style = LIKE.get(block.kind, block.kind)
        lead = f"{block.number}\t" if block.number and style in HUNG else ""
        yield _paragraph(style, lead, block.text)


def _directive(contract: Contract, use: DocumentUse, name: str) -> Iterator[str]:
    """What the PDF sets as a form stands here in lines and plain tables."""
    if name == "facts":
        valid = values.day(contract.quote.valid_until)
        yield _table([["Number", "Version", "Offer date", "Valid until"],
                      [use.number, str(contract.version), values.day(contract.offered_on), valid]])  # fmt: skip
    elif name == "parties":
        yield from (_paragraph("text", "", line) for line in _party("Customer", contract.customer))
        yield from (_paragraph("text", "", line) for line in _party("Supplier", contract.supplier))
    elif name in ("prices", "services", "work"):
        yield _table([["Product", "Quantity", f"Net amount {contract.quote.currency}"], *_lines(contract, name)])
    elif name == "invoices":
        yield _table([["Invoice", "Date", "Due", "Net amount"], *_invoices(contract)])
    elif name == "signatures":
        yield from (_paragraph("text", "", escape(line)) for line in _signatures(contract))


def _party(label: str, party: Party) -> tuple[str, ...]:
    return f"{label}: <b>{escape(party.legal_name)}</b>", escape(values.address(party)), f"VAT {escape(party.vat_id)}"


def _lines(contract: Contract, name: str) -> list[list[str]]:
    wanted = {"prices": (True, False), "services": (False,), "work": (True,)}[name]
    lines = [line for line in contract.quote.lines if line.one_off in wanted]
    return [[escape(values.product(line)), values.counted(line), values.figure(line.total)] for line in lines]


def _invoices(contract: Contract) -> list[list[str]]:
    made = contract.quote.invoices
    return [[str(i.number), values.day(i.invoice_on), values.day(i.due_on), values.figure(i.amount)] for i in made]


def _signatures(contract: Contract) -> Iterator[str]:
    for signer in contract.signers:
        party = contract.customer if signer.side == "customer" else contract.supplier
        yield f"For {party.legal_name}: ______________________________ {signer.name}, {signer.title}. Date: __________"


def _paragraph(style: str, lead: str, markup: str) -> str:
    runs = (_run(lead, False) if lead else "") + "".join(_runs(markup))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _runs(markup: str) -> Iterator[str]:
    bold = False
    for piece in _TAG.split(markup):
        if piece in ("<b>", "</b>"):
            bold = piece == "<b>"
        elif piece and not piece.startswith("<"):
            yield _run(unescape(piece), bold)


def _run(text: str, bold: bool) -> str:
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\t"))
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{'<w:tab/>'.join(parts)}</w:r>"


def _table(rows: Sequence[Sequence[str]]) -> str:
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="C9CFD6"/>' for side in ("top", "bottom", "insideH"))
    made = "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows)
    grid = "<w:gridCol/>" * len(rows[0])
    style = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edges}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{style}<w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>{_paragraph('text', '', '')}"


def _cell(markup: str) -> str:
    return f"<w:tc>{_paragraph('text', '', markup)}</w:tc>"


def _styles() -> str:
    made = "".join(_style(key, *told) for key, told in STYLES.items())
    fonts = '<w:rFonts w:ascii="Source Serif Pro" w:hAnsi="Source Serif Pro"/>'
    usual = f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault></w:docDefaults>"
    return f'<w:styles xmlns:w="{MAIN}">{usual}{made}</w:styles>'


def _style(key: str, called: str, size: int, bold: bool, indent: int) -> str:
    hang = f'<w:ind w:left="{indent}" w:hanging="{min(indent, 600)}"/>' if indent else ""
    above = f'<w:spacing w:before="{160 if bold else 0}" w:after="120"/>'
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{called}"/>'
        f"<w:pPr>{above}{hang}</w:pPr><w:rPr>{look}</w:rPr></w:style>"
    )


def _types() -> str:
    parts = (("/word/document.xml", "document.main"), ("/word/styles.xml", "styles"))
    named = "".join(f'<Override PartName="{part}" ContentType="{KIND}.{kind}+xml"/>' for part, kind in parts)
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{TYPES}">{usual}<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'


def _links(*to: tuple[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="r{no}" Type="{kind}" Target="{target}"/>' for no, (kind, target) in enumerate(to)
    )
    return f'<Relationships xmlns="{PACKAGE}">{made}</Relationships>'


def _packed(parts: dict[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            told = ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            told.compress_type = ZIP_DEFLATED
            packed.writestr(told, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'.encode())
    return out.getvalue()
