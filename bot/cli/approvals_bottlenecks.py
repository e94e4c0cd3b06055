"""`countersign approvals bottlenecks`: where requests queued up, what was done about it, and what that was good for."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

from bot import wiring
from bot.cli.options import Json
from bot.figures.bottleneck_worth import Share, Whole, Worth, whole, worth

EVER = datetime(2000, 1, 1, tzinfo=UTC)


def show(as_json: Json = False) -> None:
    """By class of the playbook: how often it was seen and how soon, what was relieved by itself and how much time that
    won against waiting on, what was recommended, what comes again, and which relief is better another one."""
    book = wiring.playbook(wiring.local())
    rules, calendar = book.bottlenecks, book.calendars[book.default_calendar]
    with wiring.store(wiring.stored()).snapshot() as tx:
        rows = tx.bottlenecks.since(EVER)
    found, all_of_it = worth(rows, rules, calendar), whole(rows, rules, calendar)
    how = {each.id: each.without for each in rules.classes}
    if as_json:
        classes = [asdict(each) | {"without_relief": how[each.bottleneck]} for each in found]
        sys.stdout.write(json.dumps({"whole": asdict(all_of_it), "classes": classes}) + "\n")
        return
    lines = [line for each in found for line in _lines(each, how[each.bottleneck], rules.least)]
    sys.stdout.write("\n".join([*lines, *_whole(all_of_it, rules.least)]) + "\n")


def _whole(of: Whole, least: int) -> list[str]:
    if not of.seen:
        return []
    again = [f"In {month} {often} of {total} were of a kind that came again" for month, often, total in of.again]
    return [
        f"All: {of.seen} seen, each within {of.seen_after} minutes of its beginning",
        f"   Over without anybody's doing: {_share(of.by_itself, least)}",
        f"   Resolved in time by what was recommended: {_share(of.by_word, least)}",
        *(f"   {line}" for line in again),
    ]


def _share(of: Share, least: int) -> str:
    if of.share is None or of.low is None or of.high is None:
        return f"{of.good} of {of.of}, not enough data ({of.of} of {least})"
    return f"{of.good} of {of.of}: {of.share:.0%} ({of.low:.0%} to {of.high:.0%})"


def _lines(of: Worth, how: str, least: int) -> list[str]:
    if not of.seen:
        return [f"{of.line}: not seen"]
    told = [f"{of.line}: seen {of.seen} times, each within {of.seen_after} minutes of its beginning"]
    if of.relieved:
        won = f"{of.won_by} of {of.over} decided won {of.minutes_won} working minutes, usually {of.usually_won}"
        told.append(f"   Relieved {of.relieved} times by itself: {won}. Without it: {how}")
        if of.over < least:
            told.append(f"   Whether that is worth it: not enough data ({of.over} of {least})")
    if of.recommended:
        told.append(f"   Recommended {of.recommended} times: {of.acted} resolved in time, {of.waited} not")
    told += [f"   Comes again: {rule}, {times} times in {month}" for rule, month, times in of.recurring]
    return told + _proposal(of)


def _proposal(of: Worth) -> list[str]:
    if of.better is None:
        return []
    if of.better.sign:
        spared = f"{of.better.spared} of {of.over} that won nothing would have been spared"
        return [f"   Proposed: only from {of.better.at_least} {of.better.sign} on; {spared}"]
    return [f"   Proposed: {of.better.relief} instead"]
