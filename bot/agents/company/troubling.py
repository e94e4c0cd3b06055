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
    fresh, over = troubles.changed(troubles.live(company.troubles), command.troubles)
    if not fresh and not over:
        return NOTHING
    facts: list[TroubleFact] = [TroubleNoticed(trouble=trouble, at=context.now) for trouble in fresh]
    facts += [TroubleOver(name=name, at=context.now) for name in over]
    names = (*(trouble.name for trouble in fresh), *over)
    return Accept(tuple(facts), tuple(RefreshTrouble(name=name) for name in names))


def record(company: Company, command: RecordTroubleCard, context: Context) -> Decision:
    """Of a trouble that changed while its card was posted, the card is made anew."""
    if troubles.find(company.troubles, command.name) is None:
        return NOTHING
    return Accept((TroubleCardPosted(**command.model_dump(include={"name", "channel", "ts"})),))
