"""`countersign approvals credit`: what is wrong with the file of customers' credit, by row and field."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import wiring
from bot.cli.options import Json
from bot.figures import credit_rows

WRONG, MISUSED = 1, 2
EXAMPLE = "Example: countersign approvals credit ratings.csv --json"


def credit(
    file: Annotated[Path | None, typer.Argument(help="a CSV; else CREDIT_FILE")] = None, as_json: Json = False
) -> None:
    """Exit 1 when a row cannot be read: that customer counts as not rated, so that finance looks. Exit 2: no file."""
    path = file or wiring.settings().credit_file
    if path is None:
        sys.stderr.write("Name a file, or set CREDIT_FILE.\n")
        raise typer.Exit(MISUSED)
    try:
        found = credit_rows.read(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as no:
        sys.stderr.write(f"{path} cannot be read as CSV in UTF-8: {no}\n")
        raise typer.Exit(MISUSED) from None
    if as_json:
        sys.stdout.write(json.dumps({"rows": len(found.rows), "bad": [asdict(each) for each in found.bad]}) + "\n")
    else:
        lines = [f"{path.name}:{bad.line} {bad.field}: {bad.told}" for bad in found.bad]
        sys.stdout.write("\n".join([*lines, f"{len(found.rows)} rows read, {len(found.bad)} bad"]) + "\n")
    raise typer.Exit(WRONG if found.bad else 0)
