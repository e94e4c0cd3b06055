"""`countersign approvals escalations`: what was escalated by which row of the playbook, and what came of it."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from bot import wiring
from bot.cli.options import Json
from bot.figures.escalation_worth import Worth, worth

EVER = datetime(2000, 1, 1, tzinfo=UTC)


def show(as_json: Json = False) -> None:
    """By row: how often it was used, how often a decision came soon after, and, of one that helps rarely, what a later
    moment would have spared."""
    rules = wiring.playbook(wiring.local()).escalations
    with wiring.store(wiring.stored()).snapshot() as tx:
        found = worth(tx.escalations.since(EVER), rules)
    if as_json:
        sys.stdout.write(json.dumps([asdict(each) for each in found]) + "\n")
    else:
        sys.stdout.write("\n".join(_line(each, rules.helped_minutes, rules.least) for each in found) + "\n")


def _line(of: Worth, minutes: int, least: int) -> str:
    told = f"{of.line}: {of.made} times, {of.helped} decided within {minutes} minutes"
    told += f", {of.by_asked} by who was asked beside" if of.helped else ""
    if of.share is None or of.low is None or of.high is None:
        return f"{told}: not enough data ({of.made} of {least})"
    return f"{told}: {of.share:.0%} ({of.low:.0%} to {of.high:.0%}){_proposal(of)}"


def _proposal(of: Worth) -> str:
    if of.later is None:
        return ""
    at = f"at {of.later.at // 100}% of the time"
    return f". Proposed: {at}; {of.later.spared} of {of.later.of} would not have been needed"
