"""One card a trouble for the operators: posted when it begins, edited when it changes, and when it is over."""

from bot.streams.company import troubles
from bot.streams.company.company import Company
from bot.streams.company.troubles import (
    NoticeTroubles,
    RecordTroubleCard,
    TroubleCardPosted,
    TroubleFact,
    TroubleNoticed,
    TroubleOver,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import RefreshTrouble


def notice(company: Company, command: NoticeTroubles, context: Context) -> Decision:
    """Nothing, when it is all known."""
    live = {told.trouble.name: told.trouble for told in company.troubles if told.over_at is None}
    found = {trouble.name: trouble for trouble in command.troubles}
    facts: list[TroubleFact] = [
        TroubleNoticed(trouble=t, at=context.now) for name, t in found.items() if live.get(name) != t
    ]
    facts += [TroubleOver(name=name, at=context.now) for name in live if name not in found]
    names = [f.trouble.name if isinstance(f, TroubleNoticed) else f.name for f in facts]
    return Accept(tuple(facts), tuple(RefreshTrouble(name=name) for name in names)) if facts else NOTHING


def record(company: Company, command: RecordTroubleCard, context: Context) -> Decision:
    """Of a trouble that changed while its card was posted, the card is made anew."""
    if troubles.find(company.troubles, command.name) is None:
        return NOTHING
    return Accept((TroubleCardPosted(**command.model_dump(include={"name", "channel", "ts"})),))
