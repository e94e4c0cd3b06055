"""What is owed around positioning: our people see where we stand, and Salesforce keeps what was put forward."""

from typing import Literal

from bot.streams.effects import InSalesforce, InSlack


class PostStanding(InSlack):
    """In the deal card's thread, for our own people."""

    kind: Literal["standing.post"] = "standing.post"
    version: int


class WritePosition(InSalesforce):
    """The topics that were put forward, so that what was lost can be counted as well as what was won."""

    kind: Literal["position.write"] = "position.write"
    version: int
