"""What was given up and belongs to no deal: the administrators decide about it."""

from datetime import datetime
from typing import Literal

from bot.streams.decision import Choice, Command, Fact


class DecideStranded(Command):
    key: str
    fence: int
    choice: Choice


class StrandedDecided(Fact):
    kind: Literal["stranded.decided"] = "stranded.decided"
    key: str
    fence: int
    choice: Choice
    by: str
    at: datetime
