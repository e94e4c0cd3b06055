"""`countersign quality`: a package as JSON on standard input, judged as it would be before it leaves."""

import json
import sys
from collections import Counter
from pathlib import Path

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import wiring
from bot.cli.options import Folder, Json
from bot.documents import brand
from bot.streams.deal.dossier import Dossier, House
from bot.streams.deal.finding import Finding

FOUND, UNREADABLE = 1, 2
SCHEMA = "`countersign schema package` prints what is read"
app = typer.Typer(help="Check a package that comes as JSON.", no_args_is_help=True)
err = Console(stderr=True)


@app.callback()
def _group() -> None:
    """A group of one, so that `check` is said."""


@app.command("check", epilog="Example: countersign quality check --json < package.json")
def check(folder: Folder = None, as_json: Json = False) -> None:
    """Figures, products, terms, people, promises, brand. Exit 0: nothing blocks. Exit 1: something does. Exit 2: not
    the JSON of the schema."""
    from bot.questions.package_checks import checks_of  # it reads PDF: no other command waits for that

    book, house = wiring.playbook_in(folder), _house(folder)
    try:
        dossier = Dossier.model_validate_json(sys.stdin.buffer.read())
    except ValidationError as wrong:
        _unreadable(wrong, as_json)
        raise typer.Exit(UNREADABLE) from None
    checks = checks_of(dossier, book, house)
    found = [finding for check in checks for finding in check.findings]
    clean = all(check.passed for check in checks)
    if as_json:
        told = [check.model_dump(mode="json", include={"name", "passed"}) for check in checks]
        findings = [{**f.model_dump(mode="json"), "place": f.place} for f in found]
        _write(json.dumps({"clean": clean, "checks": told, "findings": findings}, indent=2))
    else:
        _write("\n".join([*map(_line, found), _whole(found, len(checks))]))
    raise typer.Exit(0 if clean else FOUND)


def _house(folder: Path | None) -> House:
    files = wiring.texts(folder or wiring.local().playbook_dir)
    return brand.house_of(brand.read(files[brand.FILE]))


def _line(finding: Finding) -> str:
    return f"{finding.severity}: {finding.says}. Fix: {finding.fix}"


def _whole(found: list[Finding], checks: int) -> str:
    if not found:
        return f"{checks} checks, nothing found."
    many = Counter(finding.severity for finding in found)
    return f"{checks} checks; {', '.join(f'{many[s]} {s}' for s in ('blocks', 'warns', 'notes') if many[s])}."


def _unreadable(wrong: ValidationError, as_json: bool) -> None:
    errors = [
        {"field": ".".join(map(str, each["loc"])) or "the whole", "expected": each["msg"], "fix": SCHEMA}
        for each in wrong.errors(include_url=False)
    ]
    if as_json:
        _write(json.dumps({"errors": errors}, indent=2))
        return
    for error in errors:
        err.print(f"{error['field']}: {error['expected']}. Fix: {SCHEMA}", markup=False, soft_wrap=True)


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
