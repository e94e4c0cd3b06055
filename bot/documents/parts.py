"""The parts of a document that the contract's data fills: facts, parties, prices, invoices, places to sign."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from reportlab.platypus import HRFlowable, PageBreak, Spacer, Table

from bot.documents import values
from bot.documents.lettering import letters
from bot.documents.sheet import Sheet
from bot.documents.tables import HAIR_RULE, INK_RULE, bare, grid, ruled, widest
from bot.streams.deal.contract import Contract, DocumentUse, Party, Signer
from bot.streams.deal.quote import PlannedInvoice, PricedLine

COLUMN_GAP = 24
TOTALS = 290
SIGN_ROOM = 34
SIGNATURE, GAP = 0.62, 0.06  # shares of a signature's width
SIGN, DATE = "sign", "date"
Part = Callable[[Sheet, Contract, DocumentUse], list[Any]]


def anchor(use: DocumentUse, what: str, signer: int) -> str:
    """Where a signature or its date goes: the name of a place in the PDF."""
    return f"{use.number}:{what}:{signer}"


def room(sheet: Sheet) -> float:
    """For a signature, in points."""
    return _column(sheet) * SIGNATURE


def _column(sheet: Sheet) -> float:
    return (sheet.width - COLUMN_GAP) / 2


def facts(sheet: Sheet, contract: Contract, use: DocumentUse) -> list[Any]:
    return four(
        sheet,
        ("Number", letters(use.number)),
        ("Version", str(contract.version)),
        ("Offer date", values.short_day(contract.offered_on)),
        ("Valid until", values.short_day(contract.quote.valid_until)),
    )


def four(sheet: Sheet, *shown: tuple[str, str]) -> list[Any]:
    """The facts below the title, label above value, under the accent's line."""
    labels = [sheet.p("label", label) for label, _ in shown]
    texts = [sheet.p("fact", text) for _, text in shown]
    rule = HRFlowable("100%", 1.1, color=sheet.colour("accent"), spaceBefore=0, spaceAfter=8)
    return [rule, bare(sheet, [labels, texts], [sheet.width / len(shown)] * len(shown)), Spacer(0, 12)]


def parties(sheet: Sheet, contract: Contract, use: DocumentUse) -> list[Any]:
    wide = _column(sheet)
    sides = [_party(sheet, "Customer", contract.customer), "", _party(sheet, "Supplier", contract.supplier)]
    return [bare(sheet, [sides], [wide, COLUMN_GAP, wide]), Spacer(0, 8)]


def _party(sheet: Sheet, label: str, party: Party) -> list[Any]:
    lines = [letters(values.address(party)), f"VAT {letters(party.vat_id) or values.NONE}"]
    if reached := values.contact(party):
        lines.append(f"Contact: {letters(reached)}")
    named = sheet.p("form-value", f"<b>{letters(party.legal_name)}</b>")
    return [sheet.p("label", label), named, *(sheet.p("form-value", text) for text in lines)]


def prices(sheet: Sheet, contract: Contract, use: DocumentUse) -> list[Any]:
    """Every line with its price and discount; then the totals, which never stand alone."""
    quote = contract.quote
    groups = [
        ("Recurring, price per unit and month", [line for line in quote.lines if not line.one_off]),
        ("One-off", [line for line in quote.lines if line.one_off]),
    ]
    rows: list[list[Any]] = [_price_head(sheet, quote.currency)]
    grouped: list[int] = []
    for title, lines in groups:
        if lines:
            grouped.append(len(rows))
            rows += [[sheet.p("group", title)], *(_price_row(sheet, line) for line in lines)]
    table = ruled(sheet, rows, _price_widths(sheet, quote.lines), _group_rules(sheet, grouped))
    return [*_held(table, Spacer(0, 5)), _totals(sheet, contract)]


def _held(*flowables: Any) -> list[Any]:
    """On the page of what follows."""
    for flowable in flowables:
        flowable.keepWithNext = 1
    return list(flowables)


def _price_head(sheet: Sheet, currency: str) -> list[Any]:
    numbers = ("Quantity", f"Unit price<br/>{currency}", "Discount", f"Net amount<br/>{currency}")
    return [sheet.p("head", "Product"), *(sheet.p("head-number", text) for text in numbers)]


def _price_row(sheet: Sheet, line: PricedLine) -> list[Any]:
    what = [sheet.p("strong", letters(values.product(line)))]
    if line.detail.strip():
        what.append(sheet.p("detail", letters(line.detail)))
    numbers = (
        letters(values.counted(line)),
        values.figure(line.unit_price),
        values.share(line.discount),
        values.figure(line.total),
    )
    return [what, *(sheet.p("number", text) for text in numbers)]


def _price_widths(sheet: Sheet, lines: Sequence[PricedLine]) -> list[float]:
    quantity = min(110, widest(sheet, [values.counted(line) for line in lines], 64))
    unit = widest(sheet, [values.figure(line.unit_price) for line in lines], 68)
    net = widest(sheet, [values.figure(line.total) for line in lines], 84)
    return [sheet.width - quantity - unit - 56 - net, quantity, unit, 56, net]


def _group_rules(sheet: Sheet, grouped: Sequence[int]) -> list[tuple[Any, ...]]:
    """A group's row is kept with its first line, and has no line of its own below it."""
    rules: list[tuple[Any, ...]] = []
    for row in grouped:
        rules += [
            ("SPAN", (0, row), (-1, row)),
            ("NOSPLIT", (0, row), (-1, row + 1)),
            ("TOPPADDING", (0, row), (-1, row), 7),
            ("BOTTOMPADDING", (0, row), (-1, row), 0),
            ("LINEBELOW", (0, row), (-1, row), 1, "white"),
            ("TOPPADDING", (0, row + 1), (-1, row + 1), 3),
        ]
    return rules


def _totals(sheet: Sheet, contract: Contract) -> Table:
    quote = contract.quote
    whole = f"{values.short_day(quote.starts_on)} to {values.short_day(values.ends_on(contract))}"
    rows = [
        [f"Recurring fees, {whole}", values.figure(values.recurring(contract))],
        ["One-off fees", values.figure(values.one_off(contract))],
    ]
    cells = [[sheet.p("cell", label), sheet.p("number", text)] for label, text in rows]
    cells.append([sheet.p("total", "Total, before tax"), sheet.p("total-number", str(quote.total))])
    drawn = [
        ("TOPPADDING", (0, 0), (-1, -2), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -2), 3.5),
        ("LINEABOVE", (0, -1), (-1, -1), HAIR_RULE, sheet.colour("hairline")),
        ("TOPPADDING", (0, -1), (-1, -1), 6),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 7),
        ("LINEBELOW", (0, -1), (-1, -1), 1.1, sheet.colour("accent")),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
    ]
    right = widest(sheet, [f"{quote.total}  "], 84) * 10.75 / 9.25
    table = grid(sheet, cells, [TOTALS - right, right], drawn)
    table.hAlign = "RIGHT"
    return table


def invoices(sheet: Sheet, contract: Contract, use: DocumentUse) -> list[Any]:
    quote = contract.quote
    heads = ("Invoice", "Invoice date", "Due", "For the period")
    head = [*(sheet.p("head", text) for text in heads), sheet.p("head-number", f"Net amount<br/>{quote.currency}")]
    last = [sheet.p("strong", "All invoices"), "", "", "", sheet.p("number", f"<b>{values.figure(quote.total)}</b>")]
    rows = [head, *(_invoice(sheet, invoice) for invoice in quote.invoices), last]
    net = widest(sheet, [values.figure(quote.total)], 84)
    rest = sheet.width - 70 - 88 - 88 - net
    above = ("LINEABOVE", (0, -1), (-1, -1), INK_RULE, sheet.colour("ink"))
    rules = [above, ("SPAN", (0, -1), (3, -1)), ("NOSPLIT", (0, -2), (-1, -1))]
    return [ruled(sheet, rows, [70, 88, 88, rest, net], rules), Spacer(0, 6)]


def _invoice(sheet: Sheet, invoice: PlannedInvoice) -> list[Any]:
    period = f"{values.short_day(invoice.period_from)} to {values.short_day(invoice.period_to)}"
    texts = (str(invoice.number), values.short_day(invoice.invoice_on), values.short_day(invoice.due_on), period)
    return [*(sheet.p("cell", text) for text in texts), sheet.p("number", values.figure(invoice.amount))]


def signatures(sheet: Sheet, contract: Contract, use: DocumentUse) -> list[Any]:
    """The customer's people at the left, ours at the right."""
    wide = _column(sheet)
    theirs = [signer for signer in contract.signers if signer.side == "customer"]
    ours = [signer for signer in contract.signers if signer.side == "ours"]
    rows = [
        [_place(sheet, contract, use, left), "", _place(sheet, contract, use, right)]
        for left, right in zip_longest(theirs, ours)
    ]
    parts = [part for row in rows for part in (bare(sheet, [row], [wide, COLUMN_GAP, wide]), Spacer(0, 10))]
    return [*_held(*parts[:-2]), *parts[-2:]]


def _place(sheet: Sheet, contract: Contract, use: DocumentUse, signer: Signer | None) -> list[Any]:
    if signer is None:
        return []
    wide = _column(sheet)
    party = contract.customer if signer.side == "customer" else contract.supplier
    marks = [
        sheet.p("detail", f'<a name="{letters(anchor(use, what, signer.no))}"/>{label}')
        for what, label in ((SIGN, "Signature"), (DATE, "Date"))
    ]
    widths = [wide * SIGNATURE, wide * GAP, wide * (1 - SIGNATURE - GAP)]
    places = bare(sheet, [[marks[0], "", marks[1]]], widths)
    ink = sheet.colour("ink")
    lines = [("LINEABOVE", (column, 0), (column, 0), 0.75, ink) for column in (0, 2)]
    places.setStyle([*lines, ("TOPPADDING", (0, 0), (-1, -1), 1.5), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)])
    role = f'<font color="{sheet.brand.colours.muted}">{letters(signer.title)}</font>'
    return [
        sheet.p("form-value", f"<b>For {letters(party.legal_name)}</b>"),
        Spacer(0, SIGN_ROOM),
        places,
        sheet.p("form-value", f"<b>{letters(signer.name)}</b>&nbsp;&nbsp; {role}"),
    ]


def page(sheet: Sheet, contract: Contract, use: DocumentUse) -> list[Any]:
    return [PageBreak()]


PARTS: dict[str, Part] = {
    "facts": facts,
    "parties": parties,
    "prices": prices,
    "invoices": invoices,
    "signatures": signatures,
    "page": page,
}
