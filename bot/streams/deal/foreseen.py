"""What a customer may object to, by its own earlier deals or its industry's, and what answers it beforehand."""

from datetime import date

from bot.streams.value import Value


class Foreseen(Value):
    """`rung` answers it: the preferred one when most who asked signed that after all. Of the customer's own deals
    `signed_on` is told, of others' only the counts: `asked` of `deals` objected, `signed` took the rung or less."""

    clause: str
    rung: str
    signed_on: date | None = None
    industry: str = ""
    deals: int = 0
    asked: int = 0
    signed: int = 0


class Habits(Value):
    """What the customer did in its `deals` earlier deals: documents by template, with the day of the latest."""

    deals: int = 0
    own_paper: int = 0
    documents: dict[str, date] = {}
