"""`countersign`: runs the processes, and lets the administrator look and stop."""

import json
import sys
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from pydantic import BaseModel, TypeAdapter
from rich.console import Console

from bot import dispatch, wiring
from bot.cli import (
    approvals,
    audit,
    backup,
    contract,
    deadlines,
    doctor,
    effects,
    history,
    install,
    ledger,
    people,
    playbook,
    quality,
    quote,
    stops,
    store,
)
from bot.store.errors import Away, OtherSchema
from bot.store.kinds import KINDS
from bot.streams.any_effect import AnyEffect
from bot.streams.deal.asking import DealAsked, QuoteForCustomer
from bot.streams.deal.dossier import Dossier
from bot.streams.deal.planning import DealToPlan
from bot.streams.deal.quote import Quote
from bot.streams.deal.wording import Wording
from jobs.queue_server import CannotStart, address

EXAMPLES = {
    "up": "countersign up --workers 2",
    "web": "countersign web",
    "worker": "countersign worker deals",
    "clock": "countersign clock",
    "schema": "countersign schema deal",
}
QUOTES: dict[str, type[BaseModel]] = {
    "quote": DealAsked,
    "quote-priced": Quote,
    "quote-customer": QuoteForCustomer,
    "package": Dossier,
    "approvals": DealToPlan,
    "wording": Wording,
}
FAILED = 1
MISUSED = 2
SHIPPED = Path(__file__).parents[2]  # Procfile and app.py lie beside the code; those of the folder itself win

HANDOVER_S = 0.0005  # of the interpreter, from one thread to the next: Python's own 5 ms are a whole acknowledgement
app = typer.Typer(help="A deal desk that lives in Slack.", no_args_is_help=True, add_completion=False)
app.add_typer(ledger.app, name="ledger")
app.add_typer(playbook.app, name="playbook")
app.add_typer(people.app, name="people")
app.add_typer(approvals.app, name="approvals")
app.add_typer(audit.app, name="audit")
app.add_typer(effects.app, name="effects")
app.command("deadlines", epilog="Example: countersign deadlines --json")(deadlines.show)
app.command("doctor", epilog="Example: countersign doctor --json")(doctor.doctor)
app.add_typer(install.app, name="install")
app.add_typer(history.app, name="history")
app.add_typer(store.app, name="store")
app.add_typer(quote.app, name="quote")
app.add_typer(quality.app, name="quality")
app.add_typer(contract.app, name="contract")
app.command("backup", epilog="Example: countersign backup --out /backups/monday.zip")(backup.backup)
app.command("restore", epilog="Example: countersign restore /backups/monday.zip")(backup.restore)
app.command("pause", epilog="Example: countersign pause mail --reason 'wrong template'")(stops.pause)
app.command("resume", epilog="Example: countersign resume mail")(stops.resume)
err = Console(stderr=True)


@app.command(epilog=f"Example: {EXAMPLES['up']}")
def up(
    workers: Annotated[int, typer.Option(min=1, max=64, help="how many carry out what the deals owe")] = 1,
) -> None:
    """Keeps web, workers, clock and, without REDIS_URL, the queue server alive until it is stopped."""
    from jobs import supervisor

    settings = wiring.settings()
    wiring.talk(settings, "up")
    stop = Event()
    supervisor.stop_on_signals(stop)
    commands = supervisor.procfile(_shipped("Procfile").read_text())
    supervisor.release(commands.pop("release", None))
    commands = supervisor.times(commands, "worker", workers)
    supervisor.up(commands, settings.run_dir, stop, _tell, embedded=settings.redis_url is None)


@app.command(epilog=f"Example: {EXAMPLES['web']}")
def web() -> None:
    """Listens to Slack, Salesforce and the signers."""
    import uvicorn

    settings = wiring.settings()
    sys.setswitchinterval(HANDOVER_S)
    wiring.talk(settings, "web")
    uvicorn.run(
        "app:create",
        factory=True,
        app_dir=str(_shipped("app.py").parent.absolute()),
        host=settings.web_host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
    )


@app.command(epilog=f"Example: {EXAMPLES['worker']}")
def worker(queue: Annotated[str, typer.Argument(help="deals or long")] = "deals") -> None:
    """Carries out what the deals owe to the outside."""
    from jobs import worker as works

    settings = wiring.settings()
    wiring.talk(settings, f"worker.{queue}")
    works.run(queue, address(settings.redis_url, settings.run_dir))


@app.command(epilog=f"Example: {EXAMPLES['clock']}")
def clock() -> None:
    """Looks around once, then rings for every stream that has something due."""
    from bot.streams.company.company import LookAround
    from bot.streams.ids import COMPANY, SYSTEM
    from jobs import clock_loop, office, operators, supervisor
    from jobs.doorbell import Doorbell

    settings = wiring.settings()
    wiring.talk(settings, "clock")
    stop = Event()
    supervisor.stop_on_signals(stop)
    dispatcher = wiring.dispatcher(settings)
    bell = Doorbell(address(settings.redis_url, settings.run_dir))
    dispatcher.execute(LookAround(stream_id=COMPANY, actor=SYSTEM), f"look:{wiring.mint()}")
    bell.ring(COMPANY)
    system = wiring.system_clock().now
    due = dispatch.due(dispatcher, system)
    elected = office.Election(dispatcher.store, system, office.me())
    clock_loop.run(due, bell.ring, stop, elected, operators.Watch(dispatcher, system, bell.ring))
    elected.leave()


@app.command(epilog=f"Example: {EXAMPLES['schema']}")
def schema(
    name: Annotated[
        str, typer.Argument(help="a stream such as deal, effects, or quote, quote-priced, quote-customer, package")
    ],
) -> None:
    """Prints the JSON schema of a stream's facts, of the effects, or of what `countersign quote` and `quality` read."""
    if name == "effects":
        found = TypeAdapter(AnyEffect).json_schema()
    elif name in QUOTES:
        found = QUOTES[name].model_json_schema()
    elif name in KINDS:
        found = KINDS[name].fact.json_schema()
    else:
        err.print(f"there is no schema {name!r}: choose one of {', '.join([*KINDS, *QUOTES, 'effects'])}")
        raise typer.Exit(MISUSED)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")


def main() -> None:
    """Turns what may go wrong at the start into one line that says what to do."""
    try:
        app()
    except (wiring.Misconfigured, CannotStart, Away, OtherSchema) as problem:
        err.print(str(problem), markup=False)
        sys.exit(FAILED)


def _shipped(name: str) -> Path:
    own = Path(name)
    return own if own.exists() else SHIPPED / name


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
