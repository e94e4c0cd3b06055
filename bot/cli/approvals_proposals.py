"""`countersign approvals proposals`: what was proposed to whom, what she said, and how far the number is."""

import json
import sys

from bot import wiring
from bot.cli.options import Json
from bot.figures.aims import STATES, aim, far
from bot.questions.proposals import every
from bot.streams.company.proposals import Followed

EXAMPLE = "Example: countersign approvals proposals --json"


def show(as_json: Json = False) -> None:
    """Every proposal with its evidence, owner, date and state; what became of the number of an accepted one."""
    dispatcher = wiring.dispatcher(wiring.stored())
    found = every(dispatcher.store, dispatcher.code)
    if as_json:
        sys.stdout.write(json.dumps([_row(each) for each in found]) + "\n")
        return
    lines = [line for each in found for line in _lines(each)]
    sys.stdout.write("\n".join(lines or ["Nothing is proposed: no number speaks for a change."]) + "\n")


def _row(of: Followed) -> dict[str, object]:
    answer, told = of.decided, of.measured
    return {
        "id": of.proposal.id,
        **of.proposal.model_dump(mode="json"),
        "state": of.state,
        "owner": of.raised.owner,
        "asked": list(of.raised.asked),
        "due_on": of.raised.due_on.isoformat(),
        "decided_by": answer.by if answer else None,
        "reason": (of.ended.reason if of.ended else "") or (answer.reason if answer else ""),
        "value": told.value if told else None,
        "count": told.count if told else 0,
        "follow_until": answer.follow_until.isoformat() if answer and answer.follow_until else None,
    }


def _lines(of: Followed) -> list[str]:
    due = f", answer by {of.raised.due_on}" if of.state == "open" else ""
    state = f"{STATES[of.state]}{due}. Owner: {of.raised.owner}"
    return [
        f"{of.proposal.kind}: {of.proposal.change}",
        f"   {state}",
        *(f"   {line}" for line in (*of.proposal.told, of.proposal.tested, aim(of.proposal.aim), far(of)) if line),
    ]
