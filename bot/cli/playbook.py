"""`countersign playbook`: everything that is wrong with it, and what another policy would have changed."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot import wiring
from bot.agents.approvals.replaying import Replayed
from bot.agents.approvals.replaying_past import PastReplayed
from bot.figures.policy_digest import policy_digest
from bot.playbook import loader
from bot.questions import backtest as backtesting
from bot.streams.company.policy import ProposePolicy
from bot.streams.ids import COMPANY, SYSTEM

WRONG = 1
app = typer.Typer(help="How the company sells: check it before it is used.", no_args_is_help=True)


@app.command(epilog="Example: countersign playbook check playbook")
def check(
    folder: Annotated[Path | None, typer.Argument(help="its folder; else PLAYBOOK_DIR")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for a program")] = False,
) -> None:
    """Reads the whole playbook. Exit 1 when something is wrong."""
    found = loader.problems(wiring.texts(folder or wiring.local().playbook_dir))
    if as_json:
        sys.stdout.write(json.dumps([asdict(problem) for problem in found]) + "\n")
    else:
        for problem in found:
            sys.stdout.write(f"{problem}\n")
        sys.stdout.write(f"{len(found)} problems\n" if found else "The playbook is whole.\n")
    raise typer.Exit(WRONG if found else 0)


@app.command(epilog="Example: countersign playbook backtest ../playbook-2027 --propose")
def backtest(
    new: Annotated[Path, typer.Argument(help="the folder of the changed playbook")],
    propose: Annotated[bool, typer.Option("--propose", help="ask its owner in Slack")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="for a program")] = False,
) -> None:
    """Replays past deals under its approval policy: who would have been asked, how long, what margin. Exit 1 when the
    new one is not whole."""
    if found := loader.problems(wiring.texts(new)):
        sys.stdout.write("".join(f"{problem}\n" for problem in found))
        raise typer.Exit(WRONG)
    dispatcher, book = wiring.dispatcher(wiring.stored()), wiring.playbook_in(new)
    replayed = backtesting.backtest(dispatcher.store, dispatcher.code, dispatcher.playbook, book, dispatcher.clock())
    imported = backtesting.of_imported(dispatcher.store, dispatcher.playbook, book)
    words = [*backtesting.told(replayed), *backtesting.told_of_imported(imported)]
    if as_json:
        deals, past = [_replayed(each) for each in replayed], [_imported(each) for each in imported]
        sys.stdout.write(json.dumps({"told": words, "deals": deals, "imported": past}) + "\n")
    else:
        sys.stdout.write("\n".join(words) + "\n")
    if propose:
        name = policy_digest(book.approvals)
        command = ProposePolicy(stream_id=COMPANY, actor=SYSTEM, digest=name, told=tuple(words))
        outcome = dispatcher.execute(command, f"policy:{name}:{wiring.mint()}")
        sys.stdout.write(f"Not proposed: {outcome.reason}.\n" if outcome.reason else "Its owner is asked in Slack.\n")


def _imported(each: PastReplayed) -> dict[str, object]:
    told = {"deal": each.deal, "total": str(each.total), "unknown": each.unknown}
    return told | {"dropped": dict(each.dropped), "added": dict(each.added)}


def _replayed(each: Replayed) -> dict[str, object]:
    return {
        "deal": each.deal,
        "total": str(each.total),
        "margin": each.margin,
        "before": dict(each.before.roles),
        "after": dict(each.after.roles),
        "hours_before": round(each.before.takes.total_seconds() / 3600, 2),
        "hours_after": round(each.after.takes.total_seconds() / 3600, 2),
    }
