"""`countersign quote`: a deal as JSON on standard input, priced or checked by the playbook's rules."""

import json
import sys
from dataclasses import asdict
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import wiring
from bot.cli.options import Folder, Json
from bot.figures.asked_facts import facts_of
from bot.figures.changing import quote_of
from bot.figures.for_customer import for_customer
from bot.figures.problem import PriceProblem
from bot.figures.quote_check import Finding, Needed, findings, needed
from bot.playbook.schema import Playbook
from bot.streams.deal.asking import DealAsked, QuoteForCustomer
from bot.streams.deal.quote import Quote
from bot.streams.money import percent

NOT_YET, MISUSED = 1, 2
SCHEMA = "`countersign schema quote` prints what is read"
app = typer.Typer(help="Price and check a deal that comes as JSON.", no_args_is_help=True)
err = Console(stderr=True)


@app.command("price", epilog="Example: countersign quote price --json < deal.json")
def show_price(
    customer: Annotated[bool, typer.Option("--customer", help="only what a customer may read")] = False,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Lines, discounts, totals and invoices. Exit 2 when it has no price, with field, expectation and fix."""
    book = wiring.playbook_in(folder)
    _, quote = _quoted(book, as_json)
    shown = for_customer(quote)
    if as_json:
        _write((shown if customer else quote).model_dump(mode="json"))
    else:
        _say([*_table(shown), *([] if customer else _inside(quote))])


@app.command("check", epilog="Example: countersign quote check --json < deal.json")
def check(folder: Folder = None, as_json: Json = False) -> None:
    """Floors, margin, sums, and whose yes it needs. Exit 0: it may go as it is. Exit 1: not yet. Exit 2: no price."""
    book = wiring.playbook_in(folder)
    asked, quote = _quoted(book, as_json)
    if asked.asked_by not in book.roles:
        roles = ", ".join(sorted(book.roles))
        _refuse([Finding("asked_by", asked.asked_by, "a role of the playbook", f"use one of {roles}")], as_json)
    wrong, wanted = findings(quote, book), needed(facts_of(asked, quote, book), book)
    if as_json:
        _write({"ready": not wrong and not wanted, "findings": _dicts(wrong), "approvals": _dicts(wanted)})
    else:
        _say([*map(_finding, wrong), *map(_approval, wanted)] or ["Nothing is wrong, and nobody needs to be asked."])
    raise typer.Exit(NOT_YET if wrong or wanted else 0)


def _quoted(book: Playbook, as_json: bool) -> tuple[DealAsked, Quote]:
    try:
        asked = DealAsked.model_validate_json(sys.stdin.buffer.read())
        return asked, quote_of(asked, book)
    except ValidationError as wrong:
        _refuse([_malformed(dict(each)) for each in wrong.errors(include_url=False)], as_json)
    except PriceProblem as none:
        _refuse([Finding(none.field, "no price", none.expected, none.advice)], as_json)


def _malformed(error: dict[str, Any]) -> Finding:
    field = ".".join(map(str, error["loc"])) or "the whole"
    found = "nothing" if error["type"] == "missing" else f"{error['input']!r:.60}"
    return Finding(field, found, str(error["msg"]), SCHEMA)


def _refuse(wrong: list[Finding], as_json: bool) -> NoReturn:
    if as_json:
        _write({"errors": _dicts(wrong)})
    for each in wrong if not as_json else ():
        err.print(_finding(each), markup=False, soft_wrap=True)
    raise typer.Exit(MISUSED)


def _table(quote: QuoteForCustomer) -> list[str]:
    rows = [
        f"{line.name}, {line.quantity:,} {line.unit} at {line.unit_price}"
        f"{f' less {percent(line.discount)}' if line.discount else ''}: {line.total} ({line.detail})"
        for line in quote.lines
    ]
    bills = [f"Invoice on {i.invoice_on}, due {i.due_on}: {i.amount}" for i in quote.invoices]
    term = (
        f"{quote.kind}, {quote.starts_on} to {quote.ends_on}, net {quote.payment_days}, valid until {quote.valid_until}"
    )
    return [term, *rows, f"List {quote.list_total}", f"Total {quote.total}, before tax", *bills]


def _inside(quote: Quote) -> list[str]:
    told = {d.kind: f"{d.kind} {percent(d.points)} ({d.why})" for line in quote.lines for d in line.deductions}
    off = [f"Discounts: {', '.join(told.values())}"] if told else []
    return [*off, f"ARR {quote.arr}, TCV {quote.total}, margin {quote.margin / 100:.1f}% (for our own people only)"]


def _finding(found: Finding) -> str:
    return f"{found.field}: {found.found}; expected {found.expected}. Fix: {found.fix}"


def _approval(wanted: Needed) -> str:
    return f"needs {wanted.role}: {wanted.line} ({wanted.why})"


def _dicts(found: Any) -> list[dict[str, Any]]:
    return [asdict(each) for each in found]


def _write(told: object) -> None:
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


def _say(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
