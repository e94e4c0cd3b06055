"""What is owed to legal, and around what a customer wrote into the contract."""

from typing import Literal

from bot.streams.effects import InAgents, InSlack


class MakeMemo(InAgents):
    """From the facts of that package: each deviation with its rule, risk, precedent and next fallback."""

    kind: Literal["agent.memo"] = "agent.memo"
    version: int


class PostRedline(InSlack):
    """What came back changed, in the deal card's thread."""

    kind: Literal["redline.post"] = "redline.post"
    redline: int


class RefreshRedline(InSlack):
    kind: Literal["redline.refresh"] = "redline.refresh"
    redline: int
