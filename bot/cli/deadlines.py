"""`countersign deadlines`: what happens next by itself, and when."""

import json
import sys
from typing import Annotated

import typer

from bot import wiring
from bot.cli.options import Json


def show(most: Annotated[int, typer.Option(help="how many")] = 5, as_json: Json = False) -> None:
    """Prints the next deadlines of all streams, the earliest first."""
    with wiring.store(wiring.stored()).snapshot() as tx:
        found = tx.deadlines.next(most)
    for due in found:
        told = {"at": due.due_at.isoformat(), "name": due.name, "stream": due.stream_id}
        line = json.dumps(told) if as_json else f"{due.due_at:%Y-%m-%d %H:%M}  {due.name}  {due.stream_id}"
        sys.stdout.write(line + "\n")
