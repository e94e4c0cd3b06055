"""How we compare: our answers beside theirs, each with its source and the day on which it was seen."""

from datetime import date
from typing import Any

from reportlab.platypus import Spacer

from bot.documents import values
from bot.documents.lettering import letters
from bot.documents.papers.shown import Shown
from bot.documents.sheet import Sheet
from bot.documents.tables import ruled
from bot.playbook.schema import Playbook
from bot.streams.deal.standing import Compared, Position

FAIR = (
    "Each statement names where it can be checked and the day on which it was seen. Something is out of date or not "
    "right? Tell your contact, and the next issue of this page says so."
)


def story(sheet: Sheet, shown: Shown, playbook: Playbook) -> list[Any]:
    position = shown.position
    subtitle = f"For {shown.customer.legal_name}, from {shown.supplier}, {shown.named['offered_on']}"
    return [
        sheet.p("title", letters(f"{playbook.company.name} and {position.against}")),
        sheet.p("subtitle", letters(subtitle)),
        sheet.p("prose", letters(newest(position))),
        _table(sheet, position, playbook.company.name),
        Spacer(0, 6),
        sheet.p("form", FAIR),
    ]


def newest(position: Position) -> str:
    """So that a reader sees how old the page is."""
    days = [day for row in position.rows for day in (row.our_seen_on, row.their_seen_on)]
    return f"What customers compare by, as it was seen up to {values.day(max(days))}."


def where(source: str, seen_on: date) -> str:
    return f"{source}; seen on {values.day(seen_on)}"


def _table(sheet: Sheet, position: Position, us: str) -> Any:
    rows = [[sheet.p("head", letters(head)) for head in ("By what", us, position.against)]]
    rows += [_row(sheet, row) for row in position.rows]
    return ruled(sheet, rows, [sheet.width * 0.2, sheet.width * 0.4, sheet.width * 0.4])


def _row(sheet: Sheet, row: Compared) -> list[Any]:
    ours = (row.ours, where(row.our_source, row.our_seen_on))
    theirs = (row.theirs, where(row.their_source, row.their_seen_on))
    sides = [[sheet.p("cell", letters(says)), sheet.p("detail", letters(told))] for says, told in (ours, theirs)]
    return [sheet.p("strong", letters(row.title)), *sides]
