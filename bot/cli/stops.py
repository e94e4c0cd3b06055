"""`countersign pause` and `resume`: nothing leaves for a system, or for any, from this moment."""

import sys
from typing import Annotated

import typer
from rich.console import Console

from bot import wiring
from bot.streams.company.company import Pause, Resume
from bot.streams.ids import COMPANY, OPERATOR

REFUSED = 1
System = Annotated[str, typer.Argument(help="all, slack, salesforce, mail, books")]
err = Console(stderr=True)


def pause(system: System = "all", reason: Annotated[str, typer.Option(help="why; people read it")] = "") -> None:
    """Stops what leaves. What is owed waits, and goes out once, after resume."""
    _give(Pause(stream_id=COMPANY, actor=OPERATOR, system=system, reason=reason), f"{system} is paused")


def resume(system: System = "all") -> None:
    """Lets it go on."""
    _give(Resume(stream_id=COMPANY, actor=OPERATOR, system=system), f"{system} goes on")


def _give(command: Pause | Resume, done: str) -> None:
    dispatcher = wiring.dispatcher(wiring.stored())
    outcome = dispatcher.execute(command, f"operator:{wiring.mint()}")
    if outcome.reason is not None:
        err.print(" ".join(dispatcher.playbook.refusal(outcome.reason)), markup=False)
        raise typer.Exit(REFUSED)
    sys.stdout.write(done + "\n")
