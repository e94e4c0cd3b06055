"""`countersign store`: its tables, its reads, its keys, and how it is."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot import wiring
from bot.cli.options import Json
from bot.store import migrating, rebuilding, rotation
from bot.store.statistics import Statistics, statistics

app = typer.Typer(help="The database: migrate, rebuild, rotate-keys, shred, stats.", no_args_is_help=True)
BROKEN = 1
MISUSED = 2
err = Console(stderr=True)


@app.command(epilog="Example: countersign store migrate")
def migrate(as_json: Json = False) -> None:
    """Brings the tables to those of this release. Does nothing when they are; killed anywhere, it can be run again."""
    engine = wiring.engine(wiring.local())
    before, after = migrating.migrate(engine)
    engine.close()
    if as_json:
        _print(json.dumps({"before": before, "after": after}))
    elif before == after:
        _print(f"schema {after}: nothing to do")
    else:
        _print(f"schema {before or 'empty'} -> {after}")


@app.command(epilog="Example: countersign store rebuild")
def rebuild(
    resume: Annotated[bool, typer.Option("--resume", help="go on where a rebuild was stopped")] = False,
    as_json: Json = False,
) -> None:
    """Makes every read anew from the facts. All can be used meanwhile; stopped in the middle, the workers go on."""
    of = wiring.stored()
    dispatcher = wiring.dispatcher(of)
    count = rebuilding.left(dispatcher.store) if resume else rebuilding.begin(dispatcher.store)
    done = 0
    with Progress(console=err, transient=True) as shown:
        bar = shown.add_task("streams", total=count)
        for done, _ in enumerate(rebuilding.steps(dispatcher.store, of.release, dispatcher.attempt), 1):
            shown.update(bar, completed=done)
    _print(json.dumps({"streams": done}) if as_json else f"{done} streams read anew")


@app.command("rotate-keys", epilog="Example: STORE_KEYS=k2:…,k1:… countersign store rotate-keys")
def rotate_keys(as_json: Json = False) -> None:
    """Wraps every data key with the first of STORE_KEYS; then the others may be taken away.

    All can be used meanwhile; killed anywhere, run it again. Exit 1 when something cannot be wrapped, and says what.
    """
    dispatcher = wiring.dispatcher(wiring.stored())
    done = 0
    problems: list[str] = []
    with Progress(console=err, transient=True) as shown:
        bar = shown.add_task("streams", total=rotation.left(dispatcher.store))
        for step in rotation.steps(dispatcher.store, dispatcher.attempt):
            done, problems = done + step.streams, [*problems, *step.problems]
            shown.update(bar, completed=done)
    first = dispatcher.store.keyring.first.id
    if as_json:
        _print(json.dumps({"key": first, "streams": done - len(problems), "problems": problems}))
    else:
        _print("\n".join([f"{done - len(problems)} streams wrapped with {first!r}", *(f"  {p}" for p in problems)]))
    raise typer.Exit(BROKEN if problems else 0)


@app.command(epilog="Example: countersign store shred deal:01JD8Z0000000000000000000 --reason 'asked on 3 May' --yes")
def shred(
    stream_id: str,
    reason: Annotated[str, typer.Option(help="why; it stays, so name nobody")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="do not ask again")] = False,
    as_json: Json = False,
) -> None:
    """Destroys a stream's data key: nothing of it can be read any more, in no table and no file. For ever.

    Its chain still verifies; that it was erased, when and why stands in the company's record. Backups made before still
    hold the key.
    """
    dispatcher = wiring.dispatcher(wiring.stored())
    with dispatcher.store.snapshot() as tx:
        known = stream_id in tx.ledger.streams(stream_id)
    if not known:
        err.print(" ".join(dispatcher.playbook.refusal("stream.unknown")), markup=False)
        raise typer.Exit(MISUSED)
    if not yes:
        typer.confirm(f"Erase {stream_id} for ever?", abort=True, err=True)
    outcome = dispatcher.erase(stream_id, reason, f"operator:{wiring.mint()}")
    if outcome.reason is not None:
        err.print(" ".join(dispatcher.playbook.refusal(outcome.reason)), markup=False)
        raise typer.Exit(BROKEN)
    dispatcher.store.scrub()
    _print(json.dumps({"erased": stream_id, "reason": reason}) if as_json else f"{stream_id} is erased")


@app.command(epilog="Example: countersign store stats --json")
def stats(as_json: Json = False) -> None:
    """What the database holds and owes."""
    engine = wiring.engine(wiring.local())
    found = statistics(engine, wiring.system_clock().now())
    engine.close()
    if as_json:
        _print(json.dumps(asdict(found), default=str))
    else:
        _print("\n".join(_lines(found)))


def _lines(found: Statistics) -> list[str]:
    due = f"{found.oldest_due:%Y-%m-%d %H:%M} UTC" if found.oldest_due else "none"
    tables = [f"  {name:<12} {size / 1e6:>10.1f} MB" for name, size in found.sizes.items()]
    return [
        f"{found.engine}, schema {found.revision or 'empty'}, {found.size / 1e6:.1f} MB",
        f"{found.streams} streams, {found.facts} facts",
        f"{found.owed} owed, {found.leased} of them leased, {found.parked} parked",
        f"{found.deadlines} deadlines, the earliest: {due}",
        f"{found.dirty} streams whose reads are behind",
        *tables,
    ]


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
