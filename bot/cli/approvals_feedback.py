"""`countersign approvals feedback`: how approvals are found, in sums of enough people, and what is in the way."""

import json
import sys
from dataclasses import asdict

from bot import wiring
from bot.cli.options import Json
from bot.figures.aims import said
from bot.figures.feedback import Report, Score
from bot.figures.feedback_proposals import rule_says
from bot.playbook.schema import Playbook
from bot.questions.feedback import feedback

EXAMPLE = "Example: countersign approvals feedback --json"


def show(as_json: Json = False) -> None:
    """The score with its weeks and trend, how many answered, what is in the way by rule and role, and what would mend
    it. Nobody's own answer is told: a sum of fewer people than the playbook's is left out."""
    dispatcher = wiring.dispatcher(wiring.stored())
    with dispatcher.store.snapshot() as tx:
        told = feedback(tx, dispatcher.playbook, dispatcher.clock())
    if as_json:
        sys.stdout.write(json.dumps(asdict(told), default=str) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(told, dispatcher.playbook)) + "\n")


def _lines(told: Report, book: Playbook) -> list[str]:
    if not told.asked:
        return ["Nobody was asked yet."]
    rate = said(told.rate or 0, "share")
    trend = "" if told.trend is None else f"; {told.trend / 10:+.1f} to the weeks before"
    return [
        f"Score: {_score(told.whole, book)}{trend}",
        f"Answered: {told.whole.answers} of {told.asked} ({rate})",
        *(f"   {side}: {_score(each, book)}" for side, each in told.sides.items()),
        *(f"Week of {week.start}: {_score(week.score, book)}" for week in told.weeks),
        *(
            line
            for each in told.frictions
            for line in (
                f"In the way, {rule_says(each.rule, book) if each.rule else each.role or 'all'}: {each.says}, "
                f"{each.named} of {each.of} ({said(each.share, 'share')})",
                *(f"   “{words}”" for words in each.words if each.rule),
            )
        ),
        *(
            f"To improve, {rule_says(each.rule, book)}: {_score(each.score, book)}"
            + (f"; {each.advice}" if each.advice else "")
            for each in told.better
        ),
    ]


def _score(of: Score, book: Playbook) -> str:
    if of.tenths is None:
        return f"too few to say ({of.people} of {book.feedback.at_least_people} people)"
    return f"{said(of.tenths, 'tenths')} ({of.answers} answers by {of.people} people)"
