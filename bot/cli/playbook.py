"""`countersign playbook check`: everything that is wrong, with file, line and what to do."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import wiring
from bot.playbook import loader

WRONG = 1
app = typer.Typer(help="How the company sells: check it before it is used.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """A group of one, so that `check` is said."""


@app.command(epilog="Example: countersign playbook check playbook")
def check(
    folder: Annotated[Path | None, typer.Argument(help="its folder; else PLAYBOOK_DIR")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for a program")] = False,
) -> None:
    """Reads the whole playbook. Exit 1 when something is wrong."""
    found = loader.problems(wiring.texts(folder or wiring.local().playbook_dir))
    if as_json:
        sys.stdout.write(json.dumps([asdict(problem) for problem in found]) + "\n")
    else:
        for problem in found:
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{len(found)} problems\n" if found else "The playbook is whole.\n")
    raise typer.Exit(WRONG if found else 0)
