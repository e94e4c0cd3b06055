"""`countersign audit`: every approval with who, when and why, and what is kept how long."""

import csv
import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from bot import wiring
from bot.cli import audit_report
from bot.cli.audit_rows import row_of
from bot.cli.options import Json
from bot.questions.audits import Audits

OVERDUE = 1
app = typer.Typer(help="Who approved what, when and why; and what is kept how long.", no_args_is_help=True)
app.command("report", epilog=audit_report.EXAMPLE)(audit_report.report)
app.command("card", epilog=audit_report.CARD_EXAMPLE)(audit_report.card)
Csv = Annotated[bool, typer.Option("--csv", help="for a spreadsheet")]
Words = Annotated[
    str, typer.Argument(help="a part of a customer's or person's name, or of a reason; all when left out")
]


@app.command(epilog="Example: countersign audit approvals brightwater --from 2026-11-01 --csv")
def approvals(
    words: Words = "",
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="first day")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="last day, counted too")] = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Prints each request: who was asked by which rule, until when, to whom it went, who decided what, and why."""
    audits = _audits()
    found = audits.trails(words, first.date() if first else None, last.date() if last else None)
    known, now, years = audits.known(), audits.now, audits.playbook.retention.audit_years
    rows = [row_of(trail.customer, request, known, now, years) for trail in found for request in trail.requests]
    if as_json:
        _print(json.dumps(rows, indent=2))
    elif as_csv:
        _csv(rows)
    else:
        _print("\n\n".join(_told(row) for row in rows) or "no approval was asked for with these words in these days")


@app.command(epilog="Example: countersign audit retention --json")
def retention(as_json: Json = False) -> None:
    """Prints what is kept how long, and how much of it. Exit 1 when something should be gone by now and is not."""
    found = _audits().retention()
    if as_json:
        _print(json.dumps([asdict(kept) for kept in found], indent=2))
    else:
        for kept in found:
            late = f", {kept.overdue} OVERDUE" if kept.overdue else ""
            _print(f"{kept.what}: {kept.count}{late}; kept {kept.rule}")
    raise typer.Exit(OVERDUE if any(kept.overdue for kept in found) else 0)


def _audits() -> Audits:
    made = wiring.dispatcher(wiring.stored())
    return Audits(made.store, made.playbook, made.code, made.clock())


def _told(row: dict[str, Any]) -> str:
    decided = f"{row['outcome']} by {row['decided_by']}, {row['decided_at']}" if row["decided_by"] else row["outcome"]
    lines = [
        f"{row['customer']}: {row['request']}, package {row['package']}",
        f"  {row['asked_by']} asks {row['asked']} ({row['role']}), {row['asked_at']}, by {row['by_when']}",
        f"  {row['rule']}: {row['why']}",
        *(f"  went to {moved['to']}, {moved['at']}: {moved['reason']}" for moved in row["went_to"]),
        *(f"  escalated to {each['to']}, {each['at']}: {each['line']}{_after(each)}" for each in row["escalated"]),
        f"  {decided}{', late' if row['late'] else ''}{': ' + row['reason'] if row['reason'] else ''}",
        f"  kept until {row['kept_until']}",
    ]
    return "\n".join(lines)


def _after(escalated: dict[str, Any]) -> str:
    minutes, by = escalated["decided_after_minutes"], escalated["by_whom_it_went_to"]
    if minutes is None:
        return "; not decided yet"
    return f"; decided {minutes} minutes later by {'whom it went to' if by else 'somebody else who may'}"


def _csv(rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in rows:
        went = "; ".join(f"{m['to']}, {m['at']}: {m['reason']}" for m in row["went_to"])
        beyond = "; ".join(f"{e['to']}, {e['at']}: {e['line']}" for e in row.get("escalated", ()))
        flat = row | {"went_to": went, "escalated": beyond, "authority_of": "; ".join(row.get("authority_of", ()))}
        writer.writerow({name: _safe(flat[name]) for name in row})


def _safe(value: object) -> object:
    """A spreadsheet would calculate what begins like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
