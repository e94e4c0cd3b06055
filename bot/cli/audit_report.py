"""`countersign audit report` and `audit card`: what an auditor takes away, and can check without us."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from bot import wiring
from bot.cli.audit_rows import row_of
from bot.cli.options import Json
from bot.figures.control import Control, Examined
from bot.questions.audits import Audits
from bot.store import verification
from bot.store.transaction import Store
from integrations.errors import Refused

FOUND, MISUSED = 1, 2
WHAT = "audit-report"
EXAMPLE = "Example: countersign audit report --from 2026-10-01 --to 2026-12-31 --pdf q4.pdf"
CARD_EXAMPLE = "Example: countersign audit card deal:01JD8Z0000000000000000000 4f2a…"
First = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="first day, in UTC")]
Last = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="last day, counted too")]
err = Console(stderr=True)


def report(
    first: First,
    last: Last,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="the file to write; its rows come beside it as .json")
    ] = None,
    as_json: Json = False,
) -> None:
    """The population, each control with what it was tested on, every exception, and separation of duties.

    tools/verify_ledger.py checks the rows against an export of the ledger. Exit 1 when the ledger is not whole.
    """
    of = wiring.stored()
    made = wiring.dispatcher(of)
    audits = Audits(made.store, made.playbook, made.code, made.clock())
    found, ledger = audits.report(first.date(), last.date()), _ledger(of, made.store)
    data = _data(found, audits)
    if pdf is not None:
        rows = pdf.with_suffix(".json")
        rows.write_bytes(data)
        pdf.write_bytes(_pdf(found, audits, of, ledger, (rows.name, sha256(data).hexdigest())))
    sys.stdout.write(data.decode() if as_json else _gist(found, ledger, pdf))
    raise typer.Exit(FOUND if ledger.problems else 0)


def card(
    deal: Annotated[str, typer.Argument(help="as `audit approvals --json` names it")],
    hash: Annotated[str, typer.Argument(help="`card` of its row")],
) -> None:
    """Prints, as JSON, the very card that was put before who decided. Exit 2 when it is not kept."""
    of = wiring.stored()
    try:
        body = wiring.files(of, wiring.store(of)).get(deal, hash)
    except Refused as no:
        err.print(f"{hash} of {deal} is not kept: {no}", markup=False)
        raise typer.Exit(MISUSED) from None
    sys.stdout.write(json.dumps(json.loads(body), indent=2, ensure_ascii=False) + "\n")


def _ledger(of: wiring.Stored, store: Store) -> verification.Report:
    seen = wiring.anchors(of).read()
    with store.snapshot() as tx:
        return verification.verify(tx, seen)


def _data(found: Examined, audits: Audits) -> bytes:
    known, years = audits.known(), audits.playbook.retention.audit_years
    rows = [row_of(row.customer, row.request, known, audits.now, years) for row in found.rows]
    told = {
        "what": WHAT,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "made_at": audits.now.astimezone(UTC).isoformat(),
        "playbook": audits.playbook.digest,
        "erased": audits.erased(),
        "controls": [_control(control, known.name) for control in found.controls],
        "duties": [
            {"person": known.name(d.person), "asked": d.asked, "decided": d.decided, "own": d.own} for d in found.duties
        ],
        "rows": rows,
    }
    return json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"


def _control(of: Control, name: Callable[[str], str]) -> dict[str, Any]:
    exceptions = [
        {"deal": row.request.deal, "request": row.request.approval.id, "who": name(row.request.by or row.request.asked)}
        for row in of.exceptions
    ]
    return {"says": of.says, "tested": of.tested, "exceptions": exceptions}


def _pdf(
    found: Examined, audits: Audits, of: wiring.Stored, ledger: verification.Report, data: tuple[str, str]
) -> bytes:
    from bot.documents import audit_report, brand  # it sets type: no other command waits for that

    company = audits.playbook.company
    record = audit_report.Record(
        streams=ledger.streams,
        facts=ledger.facts,
        problems=len(ledger.problems),
        erased=len(audits.erased()),
        data_name=data[0],
        data=data[1],
        key=wiring.keyring(of).first.public,
    )
    name = audits.known().name
    setting = audit_report.Setting(company.legal_name, company.country, audits.now, record, name)
    return audit_report.make(found, setting, brand.read(wiring.texts(of.playbook_dir)[brand.FILE]))


def _gist(found: Examined, ledger: verification.Report, pdf: Path | None) -> str:
    lines = [f"{len(found.rows)} requests, {_days(found.first, found.last)}"]
    lines += [f"  {c.says}: {c.tested} tested, {len(c.exceptions)} exceptions" for c in found.controls]
    lines.append(
        "every chain is whole" if not ledger.problems else "THE LEDGER IS NOT WHOLE: `countersign ledger verify`"
    )
    if pdf is not None:
        lines.append(f"{pdf}, and its rows in {pdf.with_suffix('.json')}")
    return "\n".join(lines) + "\n"


def _days(first: date, last: date) -> str:
    return f"{first.isoformat()} to {last.isoformat()}"
