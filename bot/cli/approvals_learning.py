"""`countersign approvals practices`, `outcomes` and `policies`: what the past teaches those who decide."""

import json
import sys
from dataclasses import asdict

import typer

from bot import wiring
from bot.cli.options import Json
from bot.figures.afterwards import Outcomes
from bot.figures.practices import Tried
from bot.questions import experience
from bot.questions.experience import Afterwards

POINTS = 100


def add_to(app: typer.Typer) -> None:
    app.command("practices", epilog="Example: countersign approvals practices --json")(practices)
    app.command("outcomes", epilog="Example: countersign approvals outcomes --json")(outcomes)
    app.command("policies", epilog="Example: countersign approvals policies --json")(policies)


def practices(as_json: Json = False) -> None:
    """The short rules that are shown beside requests, each with how many past deals speak for it and what difference
    it makes, and rules that the past deals speak for and that are none yet."""
    dispatcher = wiring.dispatcher(wiring.stored())
    told = experience.experience(dispatcher.store, dispatcher.playbook, dispatcher.code, dispatcher.clock().date())
    if as_json:
        rows = [_row(each, "used") for each in told.used] + [_row(each, "found") for each in told.found]
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    lines = [*map(_practice, told.used), *(f"Found, no practice yet: {_practice(each)}" for each in told.found)]
    sys.stdout.write("\n".join(lines or ["There is no practice, and past deals speak for none."]) + "\n")


def outcomes(as_json: Json = False) -> None:
    """What became, a quarter later, of what was decided: by rule and by approver, with the interval of the share."""
    dispatcher = wiring.dispatcher(wiring.stored())
    store, book = dispatcher.store, dispatcher.playbook
    rules, people = experience.by_rule(store, book), experience.by_approver(store, book)
    if as_json:
        told = {"rules": [asdict(each) for each in rules], "approvers": [asdict(each) for each in people]}
        sys.stdout.write(json.dumps(told) + "\n")
        return
    lines = [*map(_after, rules), *map(_after, people)]
    sys.stdout.write("\n".join(lines or ["Nobody has decided anything yet."]) + "\n")


def policies(as_json: Json = False) -> None:
    """Since when which approval policy was in force, and what changed from one to the next."""
    dispatcher = wiring.dispatcher(wiring.stored())
    found = experience.versions(dispatcher.store, dispatcher.code)
    if as_json:
        rows = [asdict(each) | {"at": each.at.isoformat()} for each in found]
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    lines = [line for each in found for line in (f"{each.at:%Y-%m-%d}: {each.digest[:8]}", *_indented(each.changed))]
    sys.stdout.write("\n".join(lines or ["No policy was noted yet."]) + "\n")


def _indented(lines: tuple[str, ...]) -> list[str]:
    return [f"  {line}" for line in lines]


def _row(of: Tried, state: str) -> dict[str, object]:
    clear = {"difference": of.gap.points, "low": of.gap.low, "high": of.gap.high} if of.gap.clear else {}
    return {
        "id": of.practice.id,
        "says": of.practice.says,
        "state": state,
        "won": of.kept.good,
        "of": of.kept.of,
        "others_won": of.others.good,
        "others": of.others.of,
        "clear": of.gap.clear,
        **clear,
        "since": of.practice.since.isoformat(),
        "owner": of.practice.owner,
    }


def _practice(of: Tried) -> str:
    sides = f"{of.kept.good} of {of.kept.of} won, {of.others.good} of {of.others.of} of the others"
    return f"{of.practice.says}: {sides}; {_worth(of)}. {of.practice.owner}, {of.practice.since}"


def _worth(of: Tried) -> str:
    if not of.gap.known:
        return "too few to say"
    if not of.gap.clear:
        return "no clear difference"
    return f"{of.gap.points // POINTS:+} points ({of.gap.low // POINTS:+} to {of.gap.high // POINTS:+})"


def _after(of: Afterwards) -> str:
    return f"{of.name}: {of.granted} granted, {_share(of.after_yes)}; {of.refused} refused, {_share(of.after_no)}"


def _share(of: Outcomes) -> str:
    if not of.of:
        return "none of them looked at again yet"
    told = f"{of.kept} of {of.of} kept a quarter later"
    if of.low is None or of.high is None:
        return f"{told} (too few to say)"
    return f"{told} ({of.low // POINTS} to {of.high // POINTS}%)"
