"""`countersign contract`: earlier negotiations, contracts out as .docx, what comes back, and what breaks the law."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import wiring
from bot.cli import returning
from bot.cli.options import Folder, Json
from bot.dispatch import Dispatcher
from bot.figures.conflicts import of_wording, said_of
from bot.playbook.schema import Playbook
from bot.streams.customer.negotiation import BELOW, Negotiation, NoteNegotiation
from bot.streams.deal.wording import Wording
from bot.streams.decision import Link
from bot.streams.ids import SYSTEM, stream_id
from bot.streams.tell import OF_ACCOUNT

FAILED, UNREADABLE = 1, 2
Ours = Annotated[Path, typer.Argument(help="our document, .pdf or .docx")]
Theirs = Annotated[Path, typer.Argument(help="as it came back, .pdf or .docx")]
app = typer.Typer(help="What contracts say, and what customers made of them.", no_args_is_help=True)
err = Console(stderr=True)


class NegotiationTold(Negotiation):
    """`account` is the customer's id in Salesforce."""

    account: str


@app.command("remember", epilog="Example: countersign contract remember --json < negotiations.jsonl")
def remember(as_json: Json = False) -> None:
    """Earlier negotiations, a JSON object a line: account, deal, on, industry, asked, own_paper, documents, signed.

    Exit 1 when a line could not be read: the others are taken. The same again changes nothing.
    """
    dispatcher = wiring.dispatcher(wiring.stored())
    taken, bad = 0, []
    for number, line in enumerate(sys.stdin, 1):
        problems = list(_take(dispatcher, line)) if line.strip() else []
        taken += bool(line.strip()) and not problems
        bad += [{"line": number, "problem": problem} for problem in problems]
    if as_json:
        sys.stdout.write(json.dumps({"taken": taken, "bad": bad}) + "\n")
    else:
        sys.stdout.write(f"{taken} negotiations taken\n")
        for each in bad:
            err.print(f"BAD line {each['line']}: {each['problem']}", markup=False, soft_wrap=True)
    raise typer.Exit(FAILED if bad else 0)


def _take(dispatcher: Dispatcher, line: str) -> Iterator[str]:
    """What is wrong with the line; nothing, when it was taken."""
    try:
        told = NegotiationTold.model_validate_json(line)
    except ValidationError as wrong:
        for each in wrong.errors(include_url=False):
            yield f"{'.'.join(map(str, each['loc'])) or 'the whole'}: {each['msg']}"
        return
    if problems := list(_strange(told, dispatcher.playbook)):
        yield from problems
        return
    noted = Negotiation(**told.model_dump(exclude={"account"}))
    command = NoteNegotiation(
        stream_id=stream_id("customer", wiring.mint()), actor=SYSTEM, account_id=told.account, negotiation=noted
    )
    dispatcher.execute(command, f"negotiation:{wiring.mint()}", Link(OF_ACCOUNT, told.account))


def _strange(told: Negotiation, playbook: Playbook) -> Iterator[str]:
    """Clauses and rungs that the ladder does not have."""
    ladder = {clause.key: {rung.key for rung in clause.rungs} for clause in playbook.clauses}
    for each in told.asked:
        rungs: set[str] = set(ladder.get(each.clause, ()))
        if not rungs:
            yield f"asked: there is no clause {each.clause!r}: use one of {', '.join(ladder)}"
        elif each.asked not in rungs | {BELOW} or each.given not in rungs:
            yield f"asked: {each.clause} has the rungs {', '.join(sorted(rungs))}; what was asked may be {BELOW!r} too"


@app.command("redline", epilog="Example: countersign contract redline MSA-2026-4BFRT1-v2.pdf theirs.docx --json")
def redline(
    ours: Ours,
    theirs: Theirs,
    deal: Annotated[str, typer.Option(help="its opportunity's id: the changes are shown in the deal's thread")] = "",
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """Clause by clause: what changed, on which rung it stands, who may grant it, and what answers it.

    Exit 0: nothing changed. Exit 1: something did. Exit 2: a file cannot be read, or the deal does not know ours.
    """
    returning.compare(ours, theirs, deal, folder, as_json)


@app.command("export", epilog="Example: countersign contract export 006Hn00001BWfrtIAA --out for-counsel")
def export(
    deal: Annotated[str, typer.Argument(help="its opportunity's id")],
    out: Annotated[Path, typer.Option(help="the folder in which the files are put")] = Path(),
) -> None:
    """The newest package's documents as .docx, for the customer's own counsel to change."""
    returning.export(deal, out)


@app.command("memo", epilog="Example: countersign contract memo 006Hn00001BWfrtIAA --out memo.pdf")
def memo(
    deal: Annotated[str, typer.Argument(help="its opportunity's id")],
    out: Annotated[Path, typer.Option(help="the file")] = Path("legal-memo.pdf"),
) -> None:
    """The legal memo of the newest package, whatever its risk: for legal alone."""
    returning.memo(deal, out)


@app.command("conflicts", epilog="Example: countersign contract conflicts --json < package.json")
def conflicts(folder: Folder = None, as_json: Json = False) -> None:
    """A package's clauses as JSON (`countersign schema wording`): what in them breaks the law of the customer's place.

    Exit 0: nothing that the table knows. Exit 1: something does. Exit 2: not the JSON of the schema.
    """
    book = wiring.playbook_in(folder)
    try:
        told = Wording.model_validate_json(sys.stdin.buffer.read())
    except ValidationError as wrong:
        for each in wrong.errors(include_url=False):
            err.print(f"{'.'.join(map(str, each['loc'])) or 'the whole'}: {each['msg']}", markup=False, soft_wrap=True)
        raise typer.Exit(UNREADABLE) from None
    found = of_wording(told, book)
    if as_json:
        sys.stdout.write(json.dumps({"conflicts": [asdict(each) for each in found]}, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{each.clause}: {line}\n" for each, line in zip(found, said_of(found), strict=True))
    raise typer.Exit(FAILED if found else 0)
