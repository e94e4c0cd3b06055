"""`countersign approvals channels`: by which door each person decides how soon, and which the next request takes."""

import json
import sys
from dataclasses import asdict

from bot import wiring
from bot.cli.options import Json
from bot.questions.doors import DoorLine, PersonDoors, channels

WHY = {
    "preference": "her own choice",
    "learning": "not enough data of each door yet",
    "quickest": "she decides sooner that way",
    "exploring": "to try another door than the best",
    "only": "no other door is offered",
}


def show(as_json: Json = False) -> None:
    """Of each person and door: requests told, decided, the time of half of them; the door of the next small request,
    and why; how many choices tried another door."""
    of = wiring.stored()
    book = wiring.playbook(of)
    found = channels(wiring.store(of), book, of.release)
    if as_json:
        sys.stdout.write(json.dumps([_row(each) for each in found]) + "\n")
        return
    lines = [line for each in found for line in _lines(each, book.doors.least)]
    sys.stdout.write("\n".join(lines or ["Nobody was told of a request yet."]) + "\n")


def _row(of: PersonDoors) -> dict[str, object]:
    share = of.explored / of.choices if of.choices else None
    return {**asdict(of), "explored_share": share}


def _lines(of: PersonDoors, least: int) -> list[str]:
    tried = f"; {of.explored} of {of.choices} choices tried another door" if of.choices else ""
    first = f"{of.name}: the next one by {' and '.join(of.next)}, {WHY.get(of.why, of.why)}{tried}"
    return [first, *(f"  {_door(each, least)}" for each in of.doors)]


def _door(of: DoorLine, least: int) -> str:
    told = f"{of.door}: told {of.sent}, decided {of.acted}"
    if of.slow:
        return f"{told}; fewer than half were decided in time"
    if of.minutes is None:
        return f"{told}; not enough data ({of.settled} of {least})"
    return f"{told}; half within {of.minutes} business minutes"
