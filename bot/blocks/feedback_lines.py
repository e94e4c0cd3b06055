"""The sums of what people say of approvals, for the managers' digest and for the policy's owner in Home."""

from bot.blocks.card import escape
from bot.figures.feedback import InTheWay, Report
from bot.figures.feedback_proposals import rule_says
from bot.playbook.schema import Playbook


def lines(told: Report, book: Playbook) -> list[str]:
    """Nothing when nobody was asked."""
    if not told.asked:
        return []
    most = next((each for each in told.frictions if each.rule), None)
    return [
        f"*How approvals are found:* {_score(told, book)}",
        f"{told.whole.answers} of {told.asked} answered",
        f"Most in the way: {_way(most, book)}" if most else "",
    ]


def _score(told: Report, book: Playbook) -> str:
    if told.whole.tenths is None:
        return f"not enough people yet, {told.whole.people} of {book.feedback.at_least_people}"
    trend = "" if told.trend is None else f", {told.trend / 10:+.1f} to the weeks before"
    return f"{told.whole.tenths / 10:.1f} of 10, by {told.whole.people} people{trend}"


def _way(of: InTheWay, book: Playbook) -> str:
    return f"{escape(rule_says(of.rule, book))}: {escape(of.says)} ({of.named} of {of.of})"
