"""`countersign approvals`: who must approve a deal that comes as JSON, in which order, why and until when."""

import json
import sys
from dataclasses import asdict
from typing import Any

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import wiring
from bot.agents.approvals.showing import shown
from bot.cli import (
    approvals_bottlenecks,
    approvals_channels,
    approvals_credit,
    approvals_critical,
    approvals_escalations,
    approvals_feedback,
    approvals_learning,
    approvals_proposals,
    approvals_reminders,
    approvals_risks,
)
from bot.cli.options import Folder, Json
from bot.figures.changing import quote_of
from bot.figures.problem import PriceProblem
from bot.questions.decisions import Times, times
from bot.streams.deal.planning import DealToPlan, PlanShown, StepPlanned

MISUSED = 2
app = typer.Typer(help="Who must approve, in which order, and when it is expected.", no_args_is_help=True)
err = Console(stderr=True)
approvals_learning.add_to(app)
app.command("credit", epilog=approvals_credit.EXAMPLE)(approvals_credit.credit)


@app.command("plan", epilog="Example: countersign approvals plan --playbook playbook < deal.json")
def plan(folder: Folder = None, as_json: Json = False) -> None:
    """Steps, people, reasons, dependencies, times and alternatives. The same deal always has the same plan. Exit 2
    when the deal cannot be read or has no price. `countersign schema approvals` prints what is read."""
    book = wiring.playbook_in(folder)
    try:
        asked = DealToPlan.model_validate_json(sys.stdin.buffer.read())
        if asked.asked_by not in book.roles:
            _refuse("asked_by", f"use one of {', '.join(sorted(book.roles))}", as_json)
        found = shown(asked, quote_of(asked, book), book)
    except ValidationError as wrong:
        first: Any = wrong.errors(include_url=False)[0]
        _refuse(".".join(map(str, first["loc"])) or "the whole", str(first["msg"]), as_json)
    except PriceProblem as none:
        _refuse(none.field, f"{none.expected}; {none.advice}", as_json)
    if as_json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found)) + "\n")


@app.command("times", epilog="Example: countersign approvals times --json")
def show_times(as_json: Json = False) -> None:
    """How long decisions took against what was expected of them, by rule, in business minutes."""
    found = times(wiring.store(wiring.stored()), wiring.playbook(wiring.local()).approvals)
    if as_json:
        sys.stdout.write(json.dumps([asdict(each) for each in found]) + "\n")
    else:
        sys.stdout.write("\n".join(map(_times, found) if found else ["Nobody has decided anything yet."]) + "\n")


app.command("critical", epilog=approvals_critical.EXAMPLE)(approvals_critical.show)
app.command("risks", epilog="Example: countersign approvals risks --json")(approvals_risks.show)
app.command("channels", epilog="Example: countersign approvals channels --json")(approvals_channels.show)
app.command("escalations", epilog="Example: countersign approvals escalations --json")(approvals_escalations.show)
app.command("feedback", epilog=approvals_feedback.EXAMPLE)(approvals_feedback.show)
app.command("proposals", epilog=approvals_proposals.EXAMPLE)(approvals_proposals.show)
app.command("bottlenecks", epilog="Example: countersign approvals bottlenecks --json")(approvals_bottlenecks.show)
app.command("reminders", epilog="Example: countersign approvals reminders --json")(approvals_reminders.show)


def _times(of: Times) -> str:
    told = f"{of.rule}: {of.decisions} decided, took {of.took} minutes"
    known = f", expected {of.expected}; {of.within} of {of.foreseen} within the range" if of.foreseen else ""
    return f"{told}{known}{f'; the next one is expected to take {of.next}' if of.next else ''}"


def _refuse(field: str, expected: str, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"errors": [{"field": field, "expected": expected}]}) + "\n")
    else:
        err.print(f"{field}: {expected}", markup=False, soft_wrap=True)
    raise typer.Exit(MISUSED)


def _lines(plan: PlanShown) -> list[str]:
    if not plan.steps:
        return ["Nobody needs to approve it: every term is within the rep's own."]
    steps = [line for no, step in enumerate(plan.steps, 1) for line in _step(no, step)]
    return [*steps, *_whole(plan)]


def _step(no: int, step: StepPlanned) -> list[str]:
    if step.auto:
        return [f"{no}. {step.title}: granted by the policy itself ({step.auto})"]
    for_whom = f" for {step.in_place_of}, who is away" if step.in_place_of else ""
    by = f", by authority of {' and '.join(step.decides.lent_by)}" if step.decides.lent_by else ""
    stuck = "; nobody may decide it, so this person sees to it that somebody can" if step.stuck else ""
    order = f"after {', '.join(step.after)}" if step.after else "at once"
    others = ", ".join(other.name for other in step.alternatives) or "nobody else who is there"
    return [
        f"{no}. {step.title}: {step.decides.name}{for_whom}{by}{stuck} ({step.step}, {order})",
        f"   Why: {step.why} ({step.line})",
        f"   Expected {step.expected_at:%Y-%m-%d %H:%M %Z}, between {step.early_at:%Y-%m-%d %H:%M} and "
        f"{step.late_at:%Y-%m-%d %H:%M}; asked to decide by {step.by_when:%Y-%m-%d %H:%M}",
        f"   Could decide too: {others}",
        *([f"   Needs: {'; '.join(step.evidence)}"] if step.evidence else []),
    ]


def _whole(plan: PlanShown) -> list[str]:
    if plan.expected_at is None:
        return []
    risk = [f"One after the other: {plan.high_risk}"] if plan.high_risk else []
    return [
        *risk,
        f"All of it expected {plan.expected_at:%Y-%m-%d %H:%M %Z}, between {plan.early_at:%Y-%m-%d %H:%M} and "
        f"{plan.late_at:%Y-%m-%d %H:%M}; one after the other it would be {plan.one_by_one_at:%Y-%m-%d %H:%M}",
        f"It ends with: {' then '.join(plan.critical)}",
        f"When nobody may: {plan.fallback.name if plan.fallback else 'nobody works here'}",
    ]
