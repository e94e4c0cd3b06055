"""The papers beside a contract, one PDF each: the same facts, playbook and brand make the same bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from bot.documents.brand import Brand
from bot.documents.furniture import CONFIDENTIAL, furniture
from bot.documents.lettering import clean
from bot.documents.outline import outline
from bot.documents.page import typeset
from bot.documents.papers import appendix, compared, legal, summary, talking
from bot.documents.papers.shown import Shown, shown, uses
from bot.documents.sheet import Sheet, sheet
from bot.playbook.papers import Audience
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import BuiltFile, Contract, DocumentUse
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.outline import written
from bot.streams.deal.papers import Paper

INTERNAL = "INTERNAL · NOT FOR THE CUSTOMER"
STATUS: dict[Audience, str] = {"customer": CONFIDENTIAL, "rep": INTERNAL}
Story = Callable[[Sheet, Shown, Playbook], list[Any]]

STORIES: dict[str, Story] = {
    "executive-summary": lambda sheet, shown, _: summary.story(sheet, shown),
    "technical-appendix": appendix.story,
    "legal-summary": legal.story,
    "talking-points": talking.story,
    "how-we-compare": compared.story,
}


@dataclass(frozen=True, slots=True)
class Made:
    """`outline`: what the paper says, as bytes that its file names."""

    paper: Paper
    body: bytes
    outline: bytes


def make(contract: Contract, opportunity: Opportunity, playbook: Playbook, brand: Brand) -> tuple[Made, ...]:
    """Raises TemplateProblem when a font is missing."""
    facts = shown(contract, opportunity, playbook)
    paper = sheet(brand, contract.customer.country)
    made = []
    for use, audience in uses(contract, playbook):
        frame = furniture(contract, use, contract.supplier.legal_name, STATUS[audience])
        story = partial(STORIES[use.template], paper, facts, playbook)
        body, pages = typeset(story(), frame, paper)
        said = written(outline(story()))
        made.append(Made(Paper(file=_file(contract, use, body, pages, said), audience=audience), body, said))
    return tuple(made)


def _file(contract: Contract, use: DocumentUse, body: bytes, pages: int, said: bytes) -> BuiltFile:
    return BuiltFile(
        template=use.template,
        title=use.title,
        number=use.number,
        name=f"{clean(use.number).replace('/', '-')}-v{contract.version}.pdf",
        hash=sha256(body).hexdigest(),
        pages=pages,
        outline=sha256(said).hexdigest(),
    )
