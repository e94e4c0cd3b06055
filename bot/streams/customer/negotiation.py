"""What a customer asked for in a deal, clause by clause, what it was given, and whether it signed."""

from datetime import date
from typing import Literal

from bot.streams.decision import Command, Fact
from bot.streams.value import Value

BELOW = "below"  # asked for what no rung of the ladder has


class ClauseAsked(Value):
    """`asked` is a rung or BELOW, `given` the rung that the contract stood on."""

    clause: str
    asked: str
    given: str


class Negotiation(Value):
    """`industry` as in Salesforce, `documents` by template. `on` is the day of the newest word, or of the contract."""

    deal: str
    on: date
    industry: str
    asked: tuple[ClauseAsked, ...] = ()
    own_paper: bool = False
    documents: tuple[str, ...] = ()
    signed: bool = False


class NoteNegotiation(Command):
    """The whole of one deal's: it stands in place of what was noted of that deal before."""

    account_id: str
    negotiation: Negotiation


class NegotiationNoted(Fact):
    kind: Literal["negotiation.noted"] = "negotiation.noted"
    account_id: str
    negotiation: Negotiation
