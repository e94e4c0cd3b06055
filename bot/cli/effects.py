"""`countersign effects`: what was given up and waits for a person, and the decision about it."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from bot import wiring
from bot.cli.options import Json
from bot.questions.parked import Shown, Waiting
from bot.streams.decision import Choice
from bot.streams.ids import OPERATOR

REFUSED = 1
MISUSED = 2
app = typer.Typer(help="What an outside system did not do, and what becomes of it.", no_args_is_help=True)
err = Console(stderr=True)
Key = Annotated[str, typer.Argument(help="the effect's key, as `countersign effects list` prints it")]
KEY = "deal:01JD8Z00000000000000000001:31:0:invitation.send"


@app.command("list", epilog="Example: countersign effects list --json")
def every(as_json: Json = False) -> None:
    """Prints what waits for a person, the oldest first; exit 0 whether there is anything or not."""
    found = _waiting().every()
    if as_json:
        _print(json.dumps([_told(one) for one in found], indent=2))
        return
    _print("\n".join(_line(one) for one in found) or "nothing waits for a person")


@app.command(epilog=f"Example: countersign effects show {KEY}")
def show(key: Key, as_json: Json = False) -> None:
    """Prints one: what did not work, why, and what happens when it is skipped."""
    found = next((one for one in _waiting().every() if one.key == key), None)
    if found is None:
        _unknown(key)
    else:
        _print(json.dumps(_told(found), indent=2) if as_json else "\n".join(_lines(found)))


@app.command(epilog=f"Example: countersign effects retry {KEY}")
def retry(key: Key, as_json: Json = False) -> None:
    """Tries it again. When nobody knows whether it happened, it may then happen twice: look there first."""
    _decide(key, "retry", as_json)


@app.command(epilog=f"Example: countersign effects skip {KEY}")
def skip(key: Key, as_json: Json = False) -> None:
    """Leaves it out for good; `show` says what that means."""
    _decide(key, "skip", as_json)


@app.command(epilog=f"Example: countersign effects compensate {KEY}")
def compensate(key: Key, as_json: Json = False) -> None:
    """Takes back what it belongs to, where there is such a thing: an envelope, so that it can be sent anew."""
    _decide(key, "compensate", as_json)


def _decide(key: str, choice: Choice, as_json: bool) -> None:
    dispatcher = wiring.dispatcher(wiring.stored())
    command = Waiting(dispatcher.store, dispatcher.playbook).command(key, choice, OPERATOR)
    if command is None:
        _unknown(key)
        return
    outcome = dispatcher.execute(command, f"operator:{wiring.mint()}")
    if as_json:
        _print(json.dumps({"key": key, "choice": choice, "refused": outcome.reason}))
    elif outcome.reason is not None:
        err.print(" ".join(dispatcher.playbook.refusal(outcome.reason)), markup=False)
    else:
        _print(f"{key}: {choice} is decided")
    if outcome.reason is not None:
        raise typer.Exit(REFUSED)


def _waiting() -> Waiting:
    dispatcher = wiring.dispatcher(wiring.stored())
    return Waiting(dispatcher.store, dispatcher.playbook)


def _unknown(key: str) -> None:
    err.print(f"nothing with the key {key!r} waits for a person: `countersign effects list` tells what does")
    raise typer.Exit(MISUSED)


def _told(one: Shown) -> dict[str, object]:
    return {**asdict(one), "since": one.since.isoformat()}


def _line(one: Shown) -> str:
    return f"{one.since:%Y-%m-%d %H:%M}  {one.system:<10}  {one.code:<24}  {one.key}"


def _lines(one: Shown) -> list[str]:
    lines = [f"This did not work: {one.what}", f"Why: {one.why}", f"If you skip it: {one.if_skipped}"]
    lines += [f"To take it back: {one.undo}"] if one.undo else []
    return [*lines, f"Given up {one.since:%Y-%m-%d %H:%M} UTC after {one.tries} tries; key {one.key}"]


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
