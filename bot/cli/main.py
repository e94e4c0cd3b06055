"""`countersign`: runs the processes, and lets the administrator look and stop."""

import sys
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.console import Console

from bot import wiring
from bot.store.errors import Away, OtherSchema
from jobs.queue_server import CannotStart, address

EXAMPLES = {
    "up": "countersign up --workers 2",
    "web": "countersign web",
    "worker": "countersign worker deals",
    "clock": "countersign clock",
}
GROUPS = (
    "ledger", "playbook", "people", "approvals", "audit", "effects", "install", "history", "store", "quote", "quality",
    "contract",
)  # fmt: skip
SINGLE = {
    "deadlines": ("deadlines", "show", "countersign deadlines --json"),
    "doctor": ("doctor", "doctor", "countersign doctor --json"),
    "backup": ("backup", "backup", "countersign backup --out /backups/monday.zip"),
    "restore": ("backup", "restore", "countersign restore /backups/monday.zip"),
    "pause": ("stops", "pause", "countersign pause mail --reason 'wrong template'"),
    "resume": ("stops", "resume", "countersign resume mail"),
    "schema": ("schema", "schema", "countersign schema deal"),
}  # module of bot.cli, its function, an example
FAILED = 1
SHIPPED = Path(__file__).parents[2]  # Procfile and app.py lie beside the code; those of the folder itself win

HANDOVER_S = 0.0005  # of the interpreter, from one thread to the next: Python's own 5 ms are a whole acknowledgement
app = typer.Typer(help="A deal desk that lives in Slack.", no_args_is_help=True, add_completion=False)
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
    sys.setswitchinterval(HANDOVER_S)
    wiring.talk(settings, f"worker.{queue}")
    works.run(queue, address(settings.redis_url, settings.run_dir))


@app.command(epilog=f"Example: {EXAMPLES['clock']}")
def clock() -> None:
    """Looks around once, then rings for every stream that has something due."""
    from bot import dispatch
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


def main() -> None:
    """Turns what may go wrong at the start into one line that says what to do."""
    _add(sys.argv[1] if len(sys.argv) > 1 else "")
    try:
        app()
    except (wiring.Misconfigured, CannotStart, Away, OtherSchema) as problem:
        err.print(str(problem), markup=False)
        sys.exit(FAILED)


def _add(wanted: str) -> None:
    """The command that is wanted; all of them for who wants to know which there are. Each loads no more than it
    needs."""
    every = wanted not in {*GROUPS, *SINGLE, *EXAMPLES}
    for name in GROUPS:
        if every or name == wanted:
            app.add_typer(import_module(f"bot.cli.{name}").app, name=name)
    for name, (module, function, example) in SINGLE.items():
        if every or name == wanted:
            app.command(name, epilog=f"Example: {example}")(getattr(import_module(f"bot.cli.{module}"), function))


def _shipped(name: str) -> Path:
    own = Path(name)
    return own if own.exists() else SHIPPED / name


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
