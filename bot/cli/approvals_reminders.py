"""`countersign approvals reminders`: what reminders told, and how often a decision came soon after."""

import json
import sys
from dataclasses import asdict

from bot import wiring
from bot.cli.options import Json
from bot.questions.reminders import Worked, worked


def show(as_json: Json = False) -> None:
    """How often each thing was told, and how often a decision followed within the playbook's minutes."""
    rules = wiring.playbook(wiring.local()).reminders
    found = worked(wiring.store(wiring.stored()), rules)
    if as_json:
        sys.stdout.write(json.dumps([asdict(each) for each in found]) + "\n")
        return
    lines = [_line(each, rules.acted_minutes, rules.least) for each in found] or ["Nobody was reminded yet."]
    sys.stdout.write("\n".join(lines) + "\n")


def _line(of: Worked, minutes: int, least: int) -> str:
    told = f"{of.tells}: told {of.sent} times to {of.people} people, {of.acted} decided within {minutes} minutes"
    if of.share is None or of.low is None or of.high is None:
        return f"{told}: not enough data ({of.sent} of {least})"
    return f"{told}: {of.share:.0%} ({of.low:.0%} to {of.high:.0%})"
