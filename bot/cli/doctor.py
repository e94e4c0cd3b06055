"""`countersign doctor`: is every connection as it must be, and if not, what is to be done?"""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn

from bot.checkup import running, table
from bot.cli.options import Json
from integrations.finding import Finding

WRONG = 1
DEADLINE_S = 30.0
SIGNS = {"ok": "ok   ", "note": "note ", "wrong": "WRONG"}
err = Console(stderr=True)
Deadline = Annotated[float, typer.Option(min=1, max=600, help="seconds that each check may take")]
Everything = Annotated[bool, typer.Option("--all", help="also what is well, one by one")]


def doctor(as_json: Json = False, deadline: Deadline = DEADLINE_S, everything: Everything = False) -> None:
    """Looks at every connection, right, key, clock and disk. Exit 1 when something is wrong; says how to mend it."""
    found = examine(deadline)
    text = json.dumps(told(found), indent=2) if as_json else "\n".join(lines(found, everything))
    sys.stdout.write(text + "\n")
    raise typer.Exit(WRONG if sick(found) else 0)


def examine(deadline_s: float = DEADLINE_S) -> list[Finding]:
    """All findings, with what is looked at on a terminal meanwhile."""
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=err, transient=True) as shown:
        checks = table.from_settings()
        shown.add_task(escape(f"looking at {', '.join(check.name for check in checks)}"), total=None)
        return list(running.run(checks, deadline_s))


def sick(found: list[Finding]) -> bool:
    return any(finding.status == "wrong" for finding in found)


def told(found: list[Finding]) -> dict[str, object]:
    return {"ok": not sick(found), "findings": [asdict(finding) for finding in found]}


def lines(found: list[Finding], everything: bool) -> list[str]:
    """What is wrong stands at the end, where one looks first on a terminal."""
    counted = {status: [f for f in found if f.status == status] for status in SIGNS}
    shown = [f for status in SIGNS if everything or status != "ok" for f in counted[status]]
    made = [line for finding in shown for line in _line(finding)]
    end = f"{len(counted['ok'])} ok, {len(counted['note'])} to know, {len(counted['wrong'])} wrong"
    return [*made, end if counted["wrong"] else f"{end}: all is well"]


def _line(finding: Finding) -> list[str]:
    first = f"{SIGNS[finding.status]} {finding.check}: {finding.told}"
    return [first, *([f"      {finding.mend}."] if finding.mend else [])]
