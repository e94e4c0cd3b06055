"""The proposals in the managers' week: what waits for its owner, what is followed, and what came of it."""

from collections.abc import Sequence

from bot.blocks.card import day, escape
from bot.figures.aims import STATES, far
from bot.streams.company.proposals import Followed


def proposals(every: Sequence[Followed], most: int) -> list[str]:
    if not every:
        return []
    more = len(every) - most
    return [
        f"*Proposals: {len(every)}*",
        *(_line(each) for each in every[:most]),
        f"and {more} more" if more > 0 else "",
    ]


def _line(of: Followed) -> str:
    due = f", by {day(of.raised.due_on)}" if of.state == "open" else ""
    reason = (of.ended.reason if of.ended else "") or (of.decided.reason if of.decided else "")
    parts = (STATES[of.state] + due, far(of), escape(reason))
    return f"{escape(of.proposal.change)} {'; '.join(part for part in parts if part)}"
