"""Ruled tables: no vertical lines, numbers flush right, the outer cells flush with the text."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Table, TableStyle

from bot.documents.sheet import Sheet

LABEL = 92
AIR = 10  # a column of numbers is this much wider than its widest one
TOGETHER = 3  # the last rows go to the next page together, not one of them alone
INK_RULE, HAIR_RULE = 0.9, 0.4
Rule = tuple[Any, ...]
Rows = Sequence[Sequence[Any]]


def grid(sheet: Sheet, rows: Rows, widths: Sequence[float], rules: Sequence[Rule] = (), **more: Any) -> Table:
    """The empty style: every rule is added."""
    style = [
        ("FONT", (0, 0), (-1, -1), sheet.font()),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 6),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("NOSPLIT", (0, -min(TOGETHER, len(rows))), (-1, -1)),
        *rules,
    ]
    return Table(rows, widths, style=TableStyle(style), hAlign="LEFT", **more)


def bare(sheet: Sheet, rows: Rows, widths: Sequence[float], **more: Any) -> Table:
    """Without lines and air, for what only stands side by side."""
    none = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    return grid(sheet, rows, widths, none, **more)


def ruled(sheet: Sheet, rows: Rows, widths: Sequence[float], rules: Sequence[Rule] = ()) -> Table:
    """With a head that is repeated on the next page."""
    drawn = [
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, 0), 0),
        ("LINEBELOW", (0, 1), (-1, -2), HAIR_RULE, sheet.colour("hairline")),
        ("LINEBELOW", (0, 0), (-1, 0), INK_RULE, sheet.colour("ink")),
        ("LINEBELOW", (0, -1), (-1, -1), INK_RULE, sheet.colour("ink")),
        *rules,
    ]
    return grid(sheet, rows, widths, drawn, repeatRows=1)


def labelled(sheet: Sheet, rows: Sequence[Sequence[str]], indent: float = 0) -> Table:
    """Label | value, with hairlines between; what is more than two cells goes on in the value."""
    cells = [[sheet.p("beside", label), [sheet.p("form-value", text) for text in texts]] for label, *texts in rows]
    lines = [
        ("LINEBELOW", (0, 0), (-1, -2), HAIR_RULE, sheet.colour("hairline")),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (0, -1), 4),  # the smaller label on the line of its value
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
    ]
    return grid(sheet, cells, [LABEL, sheet.width - indent - LABEL], lines)


def listed(sheet: Sheet, rows: Sequence[Sequence[str]], right: Sequence[bool], indent: float = 0) -> Table:
    """A table of texts with a head; the columns that are `right` are set flush right."""
    head, *body = rows
    columns = len(head)
    sides = [*right, *[False] * columns][:columns]
    cells = [[sheet.p("head-number" if side else "head", cell) for cell, side in zip(head, sides, strict=True)]]
    for row in body:
        fitted = [*row, *[""] * columns][:columns]
        cells.append([sheet.p("number" if side else "cell", cell) for cell, side in zip(fitted, sides, strict=True)])
    return ruled(sheet, cells, _shares(sheet, rows, sheet.width - indent))


def _shares(sheet: Sheet, rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Columns of one width; one that needs less than that leaves the rest to those that need more, to each by its
    need: so their texts take about as many lines as each other. What cannot be broken always fits."""
    columns = [[row[no] for row in rows if no < len(row)] for no in range(len(rows[0]))]
    needs = [widest(sheet, texts, 40) + AIR for texts in columns]
    equal = width / len(columns)
    wide = {no: sqrt(need) for no, need in enumerate(needs) if need > equal}
    if not wide:
        return [equal] * len(columns)
    rest = width - sum(need for need in needs if need <= equal)
    least = {no: widest(sheet, " ".join(columns[no]).split(" "), 40) for no in wide}
    tight = {no: least[no] for no in wide if rest * wide[no] / sum(wide.values()) < least[no]}
    ample = sum(wide.values()) - sum(wide[no] for no in tight)
    free = rest - sum(tight.values())
    return [tight.get(no, free * wide[no] / ample if no in wide else need) for no, need in enumerate(needs)]


def widest(sheet: Sheet, texts: Sequence[str], least: float) -> float:
    """Of a column of numbers, in points."""
    widths: list[float] = [stringWidth(text, sheet.font("Semibold"), 9.25) + AIR for text in texts]
    return max(least, *widths)
