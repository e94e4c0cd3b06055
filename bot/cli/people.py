"""`countersign people`: who works here, what each may do, and why."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from bot import wiring
from bot.agents.table import RULES
from bot.cli import permissions_table
from bot.cli.options import Json
from bot.playbook import loader
from bot.playbook.permissions import Permission
from bot.playbook.schema import Playbook
from bot.questions.people import Explained, Staff
from bot.streams.company.roster import Roster

MISUSED = 2
app = typer.Typer(help="People, their roles, and why they may do what they may.", no_args_is_help=True)
err = Console(stderr=True)
Who = Annotated[str, typer.Argument(help="a mail address, a user id, or a part of a name")]


@app.command("list", epilog="Example: countersign people list --json")
def every(as_json: Json = False) -> None:
    """Prints everybody with roles and manager; then who stands on one side alone."""
    staff = _staff()
    roster = staff.roster()
    _print(json.dumps(_listed(staff, roster), indent=2) if as_json else "\n".join(_lines(staff, roster)))


@app.command(epilog="Example: countersign people explain jonas.weber@larkspur.example")
def explain(person: Who, as_json: Json = False) -> None:
    """Prints one person's roles, from which group, what she may do and by which line, and what is missing."""
    staff = _staff()
    found = staff.find(person)
    if len(found) != 1:
        names = ", ".join(p.email or p.user for p in found) or "nobody"
        err.print(f"{person!r} is {names}: give the mail address or the user id of one", markup=False)
        raise typer.Exit(MISUSED)
    told = staff.explain(found[0])
    _print(json.dumps(_told(told), indent=2) if as_json else "\n".join(_explained(told)))


@app.command(epilog="Example: countersign people table > docs/permissions.md")
def table(as_json: Json = False) -> None:
    """Prints which role may give which command, as a page; with --json one row a command."""
    playbook = wiring.playbook(wiring.local())
    if as_json:
        rows = {kind.__name__: _may(permission, playbook) for kind, (permission, _, _) in RULES.items()}
        _print(json.dumps(rows, indent=2))
    else:
        sys.stdout.write(permissions_table.page(playbook))


def _may(permission: Permission, playbook: Playbook) -> dict[str, object]:
    roles = [role for role in playbook.roles if permissions_table.may(role, permission, playbook)]
    return {"permission": permission, "roles": roles}


def _staff() -> Staff:
    settings = wiring.stored()
    made = wiring.dispatcher(settings)
    return Staff(made.store, made.playbook, made.code, loader.places(wiring.texts(settings.playbook_dir)))


def _listed(staff: Staff, roster: Roster) -> dict[str, object]:
    people = [{**p.model_dump(mode="json"), "roles": list(staff.roles_of(p))} for p in roster.matched()]
    return {
        "people": [{**p, "groups": sorted(p["groups"])} for p in people],
        "only_in_slack": [{"user": p.user, "name": p.name, "email": p.email} for p in roster.only_in_slack()],
        "only_in_salesforce": [u.model_dump(mode="json") for u in roster.only_in_crm()],
    }


def _lines(staff: Staff, roster: Roster) -> list[str]:
    names = {p.user: p.name for p in roster.people}
    lines = []
    for person in sorted(roster.matched(), key=lambda p: (not p.active, p.name)):
        roles = ", ".join(staff.roles_of(person)) or ("no role" if person.active else "no rights: not active")
        manager = f"; reports to {names[person.manager]}" if person.manager in names else ""
        lines.append(f"{person.name} <{person.email}>: {roles}{manager}")
    slack, crm = roster.only_in_slack(), roster.only_in_crm()
    lines += ["", "In Slack, not in Salesforce: " + (", ".join(p.name for p in slack) or "nobody")]
    return [*lines, "In Salesforce, not in Slack: " + (", ".join(u.name for u in crm) or "nobody")]


def _told(told: Explained) -> dict[str, object]:
    made = asdict(told) | {"profile": told.profile.model_dump(mode="json")}
    return made | {"profile": {**told.profile.model_dump(mode="json"), "groups": sorted(told.profile.groups)}}


def _explained(told: Explained) -> list[str]:
    who = told.profile
    lines = [f"{who.name} <{who.email}>, {who.title or 'no title'}, {who.time_zone}, {who.user}"]
    lines += [f"Manager: {told.manager or 'none known'}", f"Requests that wait: {told.waiting}"]
    lines += [f"Away: {told.away}"] if told.away else []
    lines += [f"Role {held.role}: group {held.group} ({held.line})" for held in told.roles] or ["Role: none"]
    lines += [f"May {right.permission}: as {right.role} ({right.line})" for right in told.may]
    lines += [f"May not: {', '.join(told.may_not)}"] if told.may_not else []
    return [*lines, *(f"Missing: {missing}" for missing in told.missing)]


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
