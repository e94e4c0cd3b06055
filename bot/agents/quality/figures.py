"""Every figure of the quote, again, from the price book on: to the smallest unit of its currency."""

from collections.abc import Iterator

from bot.figures.tax import NoRate, tax_note
from bot.playbook.schema import Playbook
from bot.streams.deal.dossier import Dossier, OnRecord
from bot.streams.deal.finding import Finding
from bot.streams.deal.quote import PricedLine, Quote
from bot.streams.money import Money, percent, total

REDRAFT = "draft the package again; if it stays, a figure is wrong: tell the operators"


def found(dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    """Lines, discounts, totals, invoices, tax, and Salesforce's amount."""
    quote = dossier.contract.quote
    if not one_currency(quote):
        return  # the products' check says so; nothing can be added up
    for line in quote.lines:
        yield from _line(line)
        yield from _book(line, dossier, playbook)
    yield from _sums(quote)
    yield from _tax(dossier, playbook)
    if dossier.record is not None:
        yield from _amount(quote, dossier.record)


def one_currency(quote: Quote) -> bool:
    amounts = [quote.total, quote.list_total, *(i.amount for i in quote.invoices)]
    amounts += [m for line in quote.lines for m in (line.unit_price, line.list_total, line.total)]
    amounts += [m for invoice in quote.invoices for _, m in invoice.lines]
    return {amount.currency for amount in amounts} == {quote.currency}


def _wrong(part: str, expected: object, said: object, fix: str = REDRAFT) -> Finding:
    return Finding(
        group="figures",
        severity="blocks",
        document="Quote",
        part=part,
        expected=str(expected),
        found=str(said),
        fix=fix,
        redraft=fix == REDRAFT,
    )


def _line(line: PricedLine) -> Iterator[Finding]:
    listed = line.unit_price.times(line.quantity * line.term)
    if listed != line.list_total:
        yield _wrong(f"{line.code}, list total", listed, line.list_total)
    points = sum(deduction.points for deduction in line.deductions)
    if line.deductions and points != line.discount:
        yield _wrong(f"{line.code}, discount", percent(points), percent(line.discount))


def _book(line: PricedLine, dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    """A renewal or a change keeps earlier prices, and tiers make prices of their own."""
    contract = dossier.contract
    currency, on = contract.quote.currency, contract.offered_on
    if contract.quote.kind != "new" or playbook.tiers_on(line.code, currency, on):
        return
    row = playbook.price_on(line.code, currency, on)
    if row is not None and row.price != line.unit_price.decimal():
        expected = Money.parse(str(row.price), currency)
        yield _wrong(f"{line.code}, unit price", f"{expected}, the price book's on {on}", line.unit_price)


def _sums(quote: Quote) -> Iterator[Finding]:
    listed = total((line.list_total for line in quote.lines), quote.currency)
    if listed != quote.list_total:
        yield _wrong("list total", listed, quote.list_total)
    highest = max((line.discount for line in quote.lines), default=0)
    if highest != quote.discount:
        yield _wrong("highest discount", percent(highest), percent(quote.discount))
    for invoice in quote.invoices:
        inner = total((amount for _, amount in invoice.lines), quote.currency)
        if inner != invoice.amount:
            yield _wrong(f"invoice {invoice.number}, its lines", invoice.amount, inner)


def _tax(dossier: Dossier, playbook: Playbook) -> Iterator[Finding]:
    contract = dossier.contract
    customer = contract.customer
    try:
        agreed = tax_note(customer.country, customer.vat_id, contract.offered_on, playbook)
    except NoRate as none:
        yield _wrong("tax", "a tax rate for the customer's country", "none", str(none))
        return
    if agreed != contract.tax_note:
        yield _wrong("tax", agreed, contract.tax_note)


def _amount(quote: Quote, record: OnRecord) -> Iterator[Finding]:
    """Only while Salesforce has the same discounts: a new price reaches it after the package is drafted."""
    asked = sorted((line.code, line.discount) for line in record.lines)
    sold = sorted({(line.code, line.discount) for line in quote.lines})
    if record.amount is None or asked != sold or record.amount == quote.total:
        return
    yield Finding(
        group="figures",
        severity="warns",
        document="Salesforce",
        part="Amount",
        expected=str(quote.total),
        found=str(record.amount),
        fix="correct the amount or the products of the opportunity in Salesforce",
    )
