"""A heading over a table that may be longer than a page."""

from typing import Any

from reportlab.platypus import CondPageBreak

from bot.documents.sheet import Sheet

ROOM = 110  # points: the heading, the table's head and its first rows


def topic(sheet: Sheet, title: str, *below: Any) -> list[Any]:
    """A table that is kept with its heading as a whole would leave the rest of the page empty."""
    return [CondPageBreak(ROOM), sheet.p("topic", title), *below]
