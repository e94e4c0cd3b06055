"""What is done once, and what is provided all the time, as the texts about work and service list it."""

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.platypus import Spacer

from bot.documents import values
from bot.documents.lettering import letters
from bot.documents.sheet import Sheet
from bot.documents.tables import ruled, widest
from bot.streams.deal.contract import Contract
from bot.streams.deal.quote import PricedLine

ItemPart = Callable[[Sheet, Contract, float], list[Any]]


def work(sheet: Sheet, contract: Contract, indent: float) -> list[Any]:
    """The one-off lines with their fees."""
    lines = [line for line in contract.quote.lines if line.one_off]
    fee = f"Fee<br/>{contract.quote.currency}"
    return _table(sheet, ("Work", "Quantity", fee), [_row(line, priced=True) for line in lines], indent)


def services(sheet: Sheet, contract: Contract, indent: float) -> list[Any]:
    """The recurring lines, without prices."""
    lines = [line for line in contract.quote.lines if not line.one_off]
    return _table(sheet, ("Product", "Quantity"), [_row(line, priced=False) for line in lines], indent)


def _row(line: PricedLine, priced: bool) -> tuple[str, str, list[str]]:
    numbers = [values.counted(line)]
    return values.product(line), line.detail, [*numbers, values.figure(line.total)] if priced else numbers


def _table(sheet: Sheet, heads: Sequence[str], rows: Sequence[tuple[str, str, list[str]]], indent: float) -> list[Any]:
    if not rows:
        return [sheet.p("text", "None."), Spacer(0, 4)]
    first, *others = heads
    cells: list[list[Any]] = [[sheet.p("head", first), *(sheet.p("head-number", head) for head in others)]]
    for name, detail, numbers in rows:
        what = [sheet.p("strong", letters(name))]
        what += [sheet.p("detail", letters(detail))] if detail.strip() else []
        cells.append([what, *(sheet.p("number", letters(number)) for number in numbers)])
    columns = zip(*(numbers for _, _, numbers in rows), strict=True)
    widths = [widest(sheet, list(column), 84) for column in columns]
    return [ruled(sheet, cells, [sheet.width - indent - sum(widths), *widths]), Spacer(0, 8)]


ITEM_PARTS: dict[str, ItemPart] = {"work": work, "services": services}
