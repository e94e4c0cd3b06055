"""The page on which one person reads the documents of one link."""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import DictLoader, Environment, StrictUndefined

from bot.pages.viewer_texts import CSP_OF_VIEWER, PAGES, SCRIPT, VIEWER_CSS
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.outline import Outline
from bot.streams.deal.sharing import ShareMade

__all__ = ["CSP_OF_VIEWER", "Reading", "Shown", "closed", "page"]

_PAGES = Environment(loader=DictLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """`no` is the document's number on this link; `pictures` are of its pages, none until they are drawn."""

    no: int
    file: BuiltFile
    pictures: tuple[str, ...]
    clauses: Outline


@dataclass(frozen=True, slots=True)
class Reading:
    """`flaw` says what was wrong with the last comment; `said`: it was taken."""

    share: ShareMade
    customer: str
    documents: Sequence[Shown]
    here: str
    flaw: str = ""
    said: bool = False


def page(reading: Reading, playbook: Playbook) -> str:
    share = reading.share
    return _PAGES.get_template("viewer").render(
        **_frame(playbook, reading.here),
        share=share,
        customer=reading.customer,
        documents=reading.documents,
        outside=share.side == "customer",
        until=f"{share.ends_at.day} {share.ends_at:%B %Y, %H:%M} UTC",
        flaw=reading.flaw,
        said=reading.said,
        script=SCRIPT,
        waiting=not all(each.pictures for each in reading.documents),
    )


def closed(title: str, why: str, playbook: Playbook) -> str:
    """Nobody is let in, and it says why, as far as an outsider may know."""
    return _PAGES.get_template("closed").render(**_frame(playbook, ""), title=title, why=why, waiting=False)


def _frame(playbook: Playbook, here: str) -> dict[str, object]:
    company = playbook.company
    every = playbook.access.links.report_seconds + 2
    return {"css": VIEWER_CSS, "company": company, "contact": company.contact, "here": here, "every": every}
