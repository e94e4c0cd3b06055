"""What is owed to whoever asks for offers."""

from typing import Literal

from bot.streams.effects import InAgents, InSlack


class BuildOffers(InAgents):
    kind: Literal["agent.offers"] = "agent.offers"
    no: int


class PostOffers(InSlack):
    """The scenarios of one request, in the deal card's thread."""

    kind: Literal["offers.post"] = "offers.post"
    no: int
