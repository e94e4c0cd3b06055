"""`countersign approvals critical`: what priority was good for, and what it cost the others."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

from bot import wiring
from bot.cli.options import Json
from bot.figures.critical_worth import CriticalWorth, Share, Side, Took, worth

EVER = datetime(2000, 1, 1, tzinfo=UTC)
EXAMPLE = "Example: countersign approvals critical --json"


def show(as_json: Json = False) -> None:
    """Critical deals with priority beside those that had none: in time, won, how long. And how quickly all others were
    decided meanwhile, and at other times."""
    book = wiring.playbook(wiring.local())
    with wiring.store(wiring.stored()).snapshot() as tx:
        rows = tx.critical.since(EVER)
        lost = tx.timelines.among({row.stream_id for row in rows}, book.stages.lost)
        calendar = book.calendars[book.default_calendar]
        found = worth(rows, lost, tx.decisions.since(EVER), calendar, book.critical)
    if as_json:
        sys.stdout.write(json.dumps(asdict(found)) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(found, book.critical.least)) + "\n")


def _lines(of: CriticalWorth, least: int) -> Iterator[str]:
    yield from _side("Critical deals with priority", of.with_priority, least)
    yield from _side("Critical deals that had no place", of.without, least)
    yield "  These ranked lower: the difference is no proof by itself."
    yield f"Asked beside at once: {of.hands}, of whose requests they decided {of.by_hands}"
    yield f"All others, while a critical deal had a place: {_took(of.others_during, least)}"
    yield f"All others, at other times: {_took(of.others_else, least)}"
    if of.pace is not None:
        yield f"Pace of the others while somebody had priority: {of.pace:.0%} of their pace at other times"


def _side(name: str, of: Side, least: int) -> Iterator[str]:
    yield f"{name}: {of.deals}"
    yield f"  Approved in time: {_share(of.in_time, least)}"
    yield f"  Won of those that ended: {_share(of.won, least)}"
    yield f"  From asking to the last approval: {_took(of.took, least)}"


def _share(of: Share, least: int) -> str:
    if of.share is None or of.low is None or of.high is None:
        return f"{of.yes} of {of.of}, not enough data ({of.of} of {least})"
    return f"{of.yes} of {of.of}, {of.share:.0%} ({of.low:.0%} to {of.high:.0%})"


def _took(of: Took, least: int) -> str:
    if of.minutes is None:
        return f"not enough data ({of.count} of {least})"
    return f"{of.minutes} business minutes ({of.low} to {of.high}) of {of.count}"
