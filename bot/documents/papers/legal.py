"""The legal summary: what differs from our standard, and the clauses in plain words with where each stands."""

from typing import Any

from bot.documents.lettering import letters
from bot.documents.papers.shown import Shown
from bot.documents.papers.topic import topic
from bot.documents.sheet import Sheet
from bot.documents.tables import labelled, ruled
from bot.playbook.papers import ClauseNote
from bot.playbook.schema import Playbook
from bot.streams.deal.contract import DocumentUse

NO_LAW = "This page is a help for reading. What binds both sides is the text of the documents named here."

CLAUSES = "The clauses in plain words"
NONE_DIFFERS = "Nothing: these are our standard terms."
OF_DIFFERENCES = ("Subject", "Here", "Our standard")
HEADS = "".join(OF_DIFFERENCES)


def story(sheet: Sheet, shown: Shown, playbook: Playbook) -> list[Any]:
    subtitle = (
        f"For procurement and legal at {shown.customer.legal_name}, from {shown.supplier}, {shown.named['offered_on']}"
    )
    made = [sheet.p("title", "Legal summary"), sheet.p("subtitle", letters(subtitle)), sheet.p("prose", NO_LAW)]
    made += topic(sheet, "What differs from our standard", _differences(sheet, shown))
    made += topic(sheet, CLAUSES, _clauses(sheet, shown, playbook))
    rows = [(letters(use.number), letters(use.title)) for use in shown.documents]
    return [*made, *topic(sheet, "The documents", labelled(sheet, rows))]


def _differences(sheet: Sheet, shown: Shown) -> Any:
    if not shown.differences:
        return sheet.p("form", NONE_DIFFERS)
    rows = [[sheet.p("head", head) for head in OF_DIFFERENCES]]
    for differs in shown.differences:
        texts = (differs.here, differs.standard)
        rows.append([sheet.p("strong", letters(differs.subject)), *(sheet.p("cell", letters(t)) for t in texts)])
    return ruled(sheet, rows, [sheet.width * 0.22, sheet.width * 0.39, sheet.width * 0.39])


def _clauses(sheet: Sheet, shown: Shown, playbook: Playbook) -> Any:
    rows = [[sheet.p("head", head) for head in ("Subject", "In plain words", "Where it stands")]]
    for note, use in notes(shown, playbook):
        where = [sheet.p("cell", letters(_clause(note))), sheet.p("detail", letters(use.number))]
        says = sheet.p("cell", letters(shown.says(note.says)))
        rows.append([sheet.p("strong", letters(note.subject)), says, where])
    return ruled(sheet, rows, [sheet.width * 0.19, sheet.width * 0.56, sheet.width * 0.25])


def notes(shown: Shown, playbook: Playbook) -> list[tuple[ClauseNote, DocumentUse]]:
    """Of the documents that this contract has."""
    there = ((note, shown.document(note.template)) for note in playbook.papers.clauses)
    return [(note, use) for note, use in there if use is not None]


def _clause(note: ClauseNote) -> str:
    return f"clause {note.clause}" if note.clause[:1].isdigit() else note.clause
