"""`countersign install`: what Slack and Salesforce must be given, which keys there must be, and a `.env`."""

import json
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from bot import settings_questions, wiring
from bot.cli import doctor, env_file, handing_out
from bot.cli.walking_through import Walk
from integrations.finding import Finding

FAILED, MISUSED = 1, 2
TOKEN_BYTES = 32
STORE_KEYS, SOCKET = "STORE_KEYS", "SLACK_APP_TOKEN"
TOKEN = "SALESFORCE_OUTBOUND_TOKEN"
MADE = ("LINK_KEY", "MAIL_INBOUND_TOKEN", TOKEN)
EXAMPLE = "Example: countersign install --public-url https://deals.example.com --answers answers.env"
app = typer.Typer(invoke_without_command=True, epilog=EXAMPLE)
err = Console(stderr=True)


Answers = Annotated[
    Path | None, typer.Option(help="a file of NAME=value lines instead of questions; the environment goes before it")
]
Url = Annotated[str, typer.Option(help="the https address at which Slack, Salesforce and signers reach this server")]
Socket = Annotated[bool, typer.Option("--socket-mode", help="we call Slack, so that it needs no address of ours")]
Force = Annotated[bool, typer.Option("--force", help="write over a .env without asking; the former one is kept")]
Json = Annotated[bool, typer.Option("--json", help="for a program; needs --answers")]


@app.callback()
def install(
    told: typer.Context,
    answers: Answers = None,
    public_url: Url = "",
    socket_mode: Socket = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Walks through Slack, Salesforce and the keys, writes .env, and looks whether all of it works.

    Keys of our own are made, and those of a .env that is there are kept. Nothing is sent anywhere before the look.
    `slack` and `salesforce` only print what these must be given.
    """
    if told.invoked_subcommand is not None:
        return
    path = settings_questions.env_file()
    given = _given(path, answers, public_url)
    if as_json and answers is None:
        _refuse("--json asks no questions: give the answers with --answers FILE")
    values = given if answers else Walk(given, socket_mode or SOCKET in given).through()
    made = _complete(values)
    _check(values)
    if path.exists() and not force:
        _may_replace(path, answers is not None)
    kept = _written(path, values)
    found = doctor.examine()
    _tell(path, kept, made, found, as_json)
    raise typer.Exit(FAILED if doctor.sick(found) else 0)


def _given(path: Path, answers: Path | None, public_url: str) -> dict[str, str]:
    """What is there, then the answers, then the environment, then the command's own words: the later wins."""
    if answers is not None and not answers.is_file():
        _refuse(f"there is no file {answers}")
    told = env_file.read(path) | (env_file.read(answers) if answers else {})
    return told | settings_questions.in_environment() | ({"PUBLIC_URL": public_url.rstrip("/")} if public_url else {})


@app.command(epilog="Example: countersign install slack --public-url https://deals.example.com")
def slack(public_url: Url = "", socket_mode: Socket = False) -> None:
    """Prints the Slack app's manifest, with this server's address in it."""
    given = _given(settings_questions.env_file(), None, public_url)
    _out(json.dumps(handing_out.manifest(_address(given), socket_mode or SOCKET in given), indent=2))


@app.command(epilog="Example: countersign install salesforce --public-url https://deals.example.com")
def salesforce(public_url: Url = "") -> None:
    """Prints how the package is deployed into Salesforce."""
    given = _given(settings_questions.env_file(), None, public_url)
    _out(handing_out.salesforce_steps(f"{_address(given)}/salesforce/outbound/{given.get(TOKEN, '$' + TOKEN)}"))


def _address(given: Mapping[str, str]) -> str:
    if not (url := given.get("PUBLIC_URL", "").rstrip("/")):
        _refuse("say where this server is reached: --public-url https://deals.example.com")
    return url


def _complete(values: dict[str, str]) -> list[str]:
    """Makes what only we must know, and names where things lie; which keys are new."""
    fresh = [name for name in MADE if not values.get(name)]
    values |= {name: secrets.token_hex(TOKEN_BYTES) for name in fresh}
    if not values.get(STORE_KEYS):
        values[STORE_KEYS] = f"k{wiring.system_clock().now():%Y%m%d}:{secrets.token_hex(TOKEN_BYTES)}"
        fresh.append(STORE_KEYS)
    if not Path("playbook").is_dir():
        values.setdefault("PLAYBOOK_DIR", str(handing_out.SHIPPED / "playbook"))
    return fresh


def _check(values: Mapping[str, str]) -> None:
    if faults := settings_questions.faults(values):
        lines = [f"  {name} {fault}" for name, fault in faults.items()]
        _refuse("\n".join(["Nothing was written, because of:", *lines]), FAILED)


def _may_replace(path: Path, silent: bool) -> None:
    if silent:
        _refuse(f"{path} is there already: --force writes over it, and keeps the former one")
    if not typer.confirm(f"{path} is there already. Write it anew (the former one is kept)?", err=True):
        raise typer.Exit(FAILED)


def _written(path: Path, values: Mapping[str, str]) -> Path | None:
    known = {name: value for name, value in values.items() if name in settings_questions.names()}
    try:
        return env_file.write(path, known, wiring.system_clock().now())
    except (env_file.Unwritable, OSError) as no:
        _refuse(f"{path} was not written: {no}", FAILED)


def _tell(path: Path, kept: Path | None, made: list[str], found: list[Finding], as_json: bool) -> None:
    if as_json:
        told = {"written": str(path), "kept": str(kept) if kept else None, "made": made}
        _out(json.dumps(told | {"doctor": doctor.told(found)}, indent=2))
        return
    _out(f"{path} is written, for your eyes alone" + (f"; the former one is {kept}" if kept else ""))
    _out(
        f"Made anew: {', '.join(made) or 'nothing'}. Keep {STORE_KEYS} elsewhere, too: without it nothing can be read."
    )
    _out("\n".join(doctor.lines(found, everything=False)))
    _out("Start it here with `countersign up`.")


def _refuse(why: str, code: int = MISUSED) -> NoReturn:
    err.print(why, markup=False, soft_wrap=True)
    raise typer.Exit(code)


def _out(line: str) -> None:
    sys.stdout.write(line + "\n")
