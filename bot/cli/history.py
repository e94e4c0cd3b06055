"""`countersign history`: deals of the years before, from Salesforce or a file, into what later deals learn from."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from bot import wiring
from bot.cli.options import Json
from bot.history import crm_pages, csv_rows, importing
from bot.history.importing import Bad, Report
from bot.streams.past.past import PastOpportunity
from integrations.errors import Busy, Refused, Unauthorised, Unknown

FAILED, MISUSED = 1, 2
SHOWN = 20
app = typer.Typer(help="Deals of the years before Countersign: import, find.", no_args_is_help=True)
err = Console(stderr=True)
Csv = Annotated[list[Path] | None, typer.Option("--csv", help="a file, or several; else Salesforce is asked")]
Again = Annotated[bool, typer.Option("--again", help="from the first deal, also when an import was cut short")]


@app.command("import", epilog="Example: countersign history import --csv deals-2024.csv --csv deals-2025.csv")
def load(files: Csv = None, again: Again = False, as_json: Json = False) -> None:
    """Takes closed opportunities with lines, roles and stages. Cut short, it goes on there; twice changes nothing.

    Exit 1 when a row or record could not be read: the others are taken, and each bad one is told.
    """
    report = Report()
    try:
        dispatcher = wiring.dispatcher(wiring.stored())
        for found in _shown(_from_files(files) if files else _from_salesforce(again), report):
            importing.take(dispatcher, wiring.mint, [found], report)
    except csv_rows.NoTable as no:
        _end(str(no), MISUSED)
    except (Busy, Refused, Unauthorised, Unknown) as no:
        _end(f"Salesforce: {no}. {report.read} deals were read; say it again to go on there", FAILED)
    sys.stdout.write((json.dumps(told(report), indent=2) if as_json else "\n".join(lines(report))) + "\n")
    raise typer.Exit(FAILED if report.bad else 0)


@app.command(epilog="Example: countersign history find 006Hn00001BWfrtIAA")
def find(
    deal: Annotated[str, typer.Argument(help="its id in Salesforce or in the file")], as_json: Json = False
) -> None:
    """Prints the stream of an imported deal, as `countersign store shred` and `ledger show` want it."""
    stream = importing.stream_of(wiring.dispatcher(wiring.stored()), deal)
    if stream is None:
        _end(f"no deal {deal} was imported", FAILED)
    sys.stdout.write((json.dumps({"stream": stream}) if as_json else stream) + "\n")


def told(report: Report) -> dict[str, object]:
    numbers = {name: getattr(report, name) for name in ("read", "new", "changed", "same", "erased", "won")}
    return {**numbers, "missing": dict(report.missing), "bad": [asdict(bad) for bad in report.bad]}


def lines(report: Report) -> list[str]:
    made = [f"{report.read} read: {report.new} new, {report.changed} changed, {report.same} known already"]
    made += [f"{report.erased} left out: they were erased here"] if report.erased else []
    made += [f"{count} without {name}" for name, count in report.missing.most_common()]
    made += [f"BAD {bad.place} {bad.field}: {bad.told}" for bad in report.bad[:SHOWN]]
    hidden = len(report.bad) - SHOWN
    return [*made, *([f"and {hidden} more bad ones: --json tells all"] if hidden > 0 else [])]


def _from_files(files: list[Path]) -> Iterator[PastOpportunity | Bad]:
    for path in files:
        yield from csv_rows.rows(path)


def _from_salesforce(again: bool) -> Iterator[PastOpportunity | Bad]:
    of = wiring.settings()
    return crm_pages.rows(wiring.crm(of), of.run_dir / "history.cursor", again)


def _shown(found: Iterator[PastOpportunity | Bad], report: Report) -> Iterator[PastOpportunity | Bad]:
    columns = SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=err, transient=True) as shown:
        bar = shown.add_task("past deals", total=None)
        for each in found:
            yield each
            shown.update(bar, completed=report.read)


def _end(why: str, code: int) -> NoReturn:
    err.print(why, markup=False, soft_wrap=True)
    raise typer.Exit(code)
