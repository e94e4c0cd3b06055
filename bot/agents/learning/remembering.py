"""Deals of the years before, told again and again: only what is new of them is kept."""

from bot.streams.decision import NOTHING, Accept, Context, Decision, Link
from bot.streams.past.past import HISTORY, Past, PastRecorded, RecordPast


def record(past: Past, command: RecordPast, context: Context) -> Decision:
    return (
        NOTHING
        if past.deal == command.deal
        else Accept((PastRecorded(deal=command.deal),), links=(Link(HISTORY, command.deal.id),))
    )
