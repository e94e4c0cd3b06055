"""The documents of a contract: one PDF each, the same bytes for the same contract, templates and brand."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from reportlab.platypus import Indenter, Spacer

from bot.documents.brand import Brand
from bot.documents.furniture import CONFIDENTIAL, FOR_SIGNATURE, furniture
from bot.documents.items import ITEM_PARTS
from bot.documents.lettering import clean
from bot.documents.outline import outline
from bot.documents.page import typeset
from bot.documents.parts import PARTS
from bot.documents.sheet import GUTTER, Sheet, sheet
from bot.documents.tables import labelled, listed
from bot.documents.template import Block, TemplateProblem, blocks
from bot.documents.values import values
from bot.streams.deal.contract import BuiltFile, Contract, DocumentUse
from bot.streams.deal.outline import written

__all__ = ["Built", "TemplateProblem", "build", "built"]

Templates = Mapping[str, Mapping[str, str]]
NUMBERED = frozenset({"article", "clause", "item", "subitem"})
ITEMS = frozenset({"item", "subitem"})


@dataclass(frozen=True, slots=True)
class Built:
    """`outline`: what the document says, as bytes that its file names."""

    file: BuiltFile
    body: bytes
    outline: bytes


def build(contract: Contract, templates: Templates, brand: Brand) -> tuple[tuple[BuiltFile, bytes], ...]:
    """`templates`: folder -> file name -> text. Raises TemplateProblem."""
    return tuple((made.file, made.body) for made in built(contract, templates, brand))


def built(contract: Contract, templates: Templates, brand: Brand) -> tuple[Built, ...]:
    return tuple(_built(contract, use, templates, brand) for use in contract.documents)


def _built(contract: Contract, use: DocumentUse, templates: Templates, brand: Brand) -> Built:
    read = blocks_of(contract, use, templates)
    signed = any(block.text == "signatures" for block in read if block.kind == "directive")
    status = FOR_SIGNATURE if signed else CONFIDENTIAL
    paper = sheet(brand, contract.customer.country)
    frame = furniture(contract, use, contract.supplier.legal_name, status)
    body, pages = typeset(_story(paper, contract, use, read), frame, paper)
    said = written(outline(_story(paper, contract, use, read)))
    name = f"{clean(use.number).replace('/', '-')}-v{contract.version}.pdf"
    made = BuiltFile(
        template=use.template,
        title=use.title,
        number=use.number,
        name=name,
        hash=sha256(body).hexdigest(),
        pages=pages,
        outline=sha256(said).hexdigest(),
    )
    return Built(made, body, said)


def blocks_of(contract: Contract, use: DocumentUse, templates: Templates) -> list[Block]:
    files = templates.get(use.template)
    if not files:
        raise TemplateProblem(use.template, "a folder of playbook/templates", "add the template, or change the rule")
    known = values(contract, use)
    parts = (blocks(f"{use.template}/{file}", files[file], known) for file in sorted(files) if file.endswith(".md"))
    return [block for part in parts for block in part]


def _story(paper: Sheet, contract: Contract, use: DocumentUse, read: list[Block]) -> list[Any]:
    formal = any(block.kind == "article" for block in read)
    story: list[Any] = []
    last = ""
    for block in read:
        if last in ITEMS and block.kind not in ITEMS:
            story.append(Spacer(0, 3))
        if block.kind == "directive":
            _hold(story[-2:] if block.text == "signatures" else [])
            indent = GUTTER if last in NUMBERED else 0
            story += _part(paper, contract, use, block.text, indent)
        elif block.kind == "rows":
            story += _table(paper, block, GUTTER if last in NUMBERED else 0)
        else:
            story.append(_paragraph(paper, block, formal, first=not story))
        last = block.kind
    return story


def _part(paper: Sheet, contract: Contract, use: DocumentUse, name: str, indent: float) -> list[Any]:
    if name in ITEM_PARTS:
        return [Indenter(indent), *ITEM_PARTS[name](paper, contract, indent), Indenter(-indent)]
    return PARTS[name](paper, contract, use)


def _hold(flowables: list[Any]) -> None:
    """Places to sign never stand on a page without what is signed."""
    for flowable in flowables:
        flowable.keepWithNext = 1


def _table(paper: Sheet, block: Block, indent: float) -> list[Any]:
    """Under a clause it stands where the clause's text does."""
    table = listed(paper, block.rows, block.right, indent) if block.right else labelled(paper, block.rows, indent)
    return [Indenter(indent), table, Indenter(-indent), Spacer(0, 8)] if indent else [table, Spacer(0, 8)]


def _paragraph(paper: Sheet, block: Block, formal: bool, first: bool) -> Any:
    """`formal`: the document is set as a contract, not as a form."""
    if block.kind in NUMBERED:
        return paper.p(block.kind, block.text, bulletText=block.number)
    if block.kind == "point" and not formal:
        return paper.p("point", block.text, bulletText="–")
    return paper.p(_style(block.kind, formal, first), block.text)


def _style(kind: str, formal: bool, first: bool) -> str:
    match kind:
        case "title":
            return "title" if first else "schedule"
        case "section":
            return "heading" if formal else "section"
        case "paragraph":
            return "text" if formal else "form"
        case "point":
            return "under"
        case _:
            return kind
