"""`countersign ledger`: is the record whole, what does it hold, and what vouches for it outside the database?"""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import wiring
from bot.blocks.card import counted
from bot.cli import anchoring
from bot.cli.options import Json
from bot.store import exporting, verification
from bot.store.anchors import Anchors
from bot.store.errors import Erased
from bot.store.kinds import kind_of
from bot.store.transaction import Store

BROKEN = 1
MISUSED = 2
app = typer.Typer(help="The record of every deal: verify, anchor, export, streams, show, replay.", no_args_is_help=True)
err = Console(stderr=True)


@app.command(epilog="Example: countersign ledger verify")
def verify(as_json: Json = False) -> None:
    """Checks every fact, chain, head and anchor. Exit 1 when something is wrong, and says what and where."""
    of = wiring.stored()
    found = _verified(wiring.store(of), wiring.anchors(of))
    if as_json:
        _print(json.dumps(asdict(found)))
    else:
        whole = "every chain is whole" if not found.problems else "NOT WHOLE"
        erased = f", {found.erased} erased" if found.erased else ""
        counts = f"{counted(found.streams, 'stream')}{erased}, {counted(found.facts, 'fact')}"
        _print(f"{counts}, {counted(found.anchors, 'anchor')}: {whole}")
        for problem in found.problems:
            _print(f"  {problem}")
    raise typer.Exit(BROKEN if found.problems else 0)


@app.command(epilog="Example: countersign ledger anchor")
def anchor(as_json: Json = False) -> None:
    """Writes the heads of all streams, signed, to ANCHOR_DIR, at once; by itself it happens once a day.

    The line that it prints vouches for all anchors so far: keep it somewhere else, too.
    """
    of = wiring.stored()
    made = anchoring.anchor(wiring.dispatcher(of), wiring.anchors(of))
    if as_json:
        _print(
            json.dumps({"number": made.number, "streams": len(made.heads), "file": made.name, "sha256": made.sha256})
        )
    else:
        _print(f"{made.name}: {len(made.heads)} streams that had changed, SHA-256 {made.sha256}")


@app.command(epilog="Example: countersign ledger export march.ledger")
def export(
    file: Annotated[Path, typer.Argument(help="the file to write")],
    stream: Annotated[str, typer.Option(help="one stream; else all of them")] = "",
    as_json: Json = False,
) -> None:
    """Writes facts (encrypted), heads and anchors, signed, for whoever runs tools/verify_ledger.py on them."""
    of = wiring.stored()
    anchors = wiring.anchors(of).contents()
    with wiring.store(of).snapshot() as tx:
        if stream:
            _known(stream, tx.ledger.streams(stream))
        _write(file, exporting.lines(tx, anchors, wiring.clock(of).now(), stream))
    told = {"file": str(file), "bytes": file.stat().st_size, "public": wiring.keyring(of).first.public}
    _print(json.dumps(told) if as_json else f"{file}: check it with the public key {told['public']}")


@app.command("public-key", epilog="Example: countersign ledger public-key")
def public_key(as_json: Json = False) -> None:
    """Prints what anchors and exports are checked with: the public key of the first of STORE_KEYS, in hexadecimal."""
    first = wiring.keyring(wiring.stored()).first
    _print(json.dumps({"key": first.id, "public": first.public}) if as_json else first.public)


@app.command(epilog="Example: countersign ledger show deal:01JD8Z0000000000000000000")
def show(stream_id: str, as_json: Json = False) -> None:
    """Prints a stream's facts in order; with --json also by whom, why, by what code and playbook, and on what."""
    try:
        with wiring.store(wiring.stored()).snapshot() as tx:
            entries = list(tx.ledger.entries(_known(stream_id, tx.ledger.streams())))
    except Erased:
        err.print(f"{stream_id} was erased: nothing of it can be read. `countersign ledger verify` checks it still.")
        raise typer.Exit(MISUSED) from None
    for entry in entries:
        if as_json:
            told = {"seq": entry.seq, "at": entry.at.isoformat(), "kind": entry.kind, "fact": json.loads(entry.body)}
            _print(json.dumps(told | {"stamp": json.loads(entry.stamp)}))
        else:
            _print(f"{entry.seq:>4}  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.kind}")


@app.command(epilog="Example: countersign ledger streams deal --json")
def streams(
    kind: Annotated[str, typer.Argument(help="company, customer, deal or person; else all")] = "",
    as_json: Json = False,
) -> None:
    """Prints every stream with the number of its facts."""
    with wiring.store(wiring.stored()).snapshot() as tx:
        erased, heads = tx.keys.erased(), sorted(tx.ledger.heads().items())
    found = [{"stream": s, "facts": h.seq, "erased": s in erased} for s, h in heads if s.startswith(kind)]
    if as_json:
        _print(json.dumps(found))
        return
    for row in found:
        _print(f"{row['stream']}  {row['facts']:>5} facts{'  erased' if row['erased'] else ''}")


@app.command(epilog="Example: countersign ledger replay")
def replay() -> None:
    """Folds every stream anew and compares with the kept heads. Exit 1 when one differs."""
    settings = wiring.stored()
    with wiring.store(settings).snapshot() as tx:
        erased = tx.keys.erased()
        streams = [stream for stream in tx.ledger.streams() if stream not in erased]
        differ = []
        for stream in streams:
            kind = kind_of(stream)
            fresh = kind.fold(kind.empty(stream), [entry.body for entry in tx.ledger.entries(stream)])
            if fresh != tx.ledger.load(stream, settings.release).state:
                differ.append(stream)
    _print(f"{len(streams)} streams replayed, {len(differ)} differ")
    for stream in differ:
        _print(f"  {stream}")
    raise typer.Exit(BROKEN if differ else 0)


def _verified(store: Store, anchors: Anchors) -> verification.Report:
    """An anchor that was made between the two looks is no problem of the record: then it is looked at again."""
    while True:
        seen = anchors.read()
        with store.snapshot() as tx:
            found = verification.verify(tx, seen)
        if not found.problems or anchors.read().last == seen.last:
            return found


def _write(file: Path, lines: Iterator[bytes]) -> None:
    """Whole or not at all."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("wb") as written:
            written.writelines(lines)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _known(stream_id: str, streams: list[str]) -> str:
    if stream_id not in streams:
        err.print(f"there is no stream {stream_id!r}; `countersign ledger streams` names them")
        raise typer.Exit(MISUSED)
    return stream_id


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
