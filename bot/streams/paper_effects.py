"""What is owed around the papers beside a contract: that they are made, and shown."""

from typing import Literal

from bot.streams.effects import InAgents, InSlack


class MakePapers(InAgents):
    """From the facts of that package; then all documents are read again and held against them."""

    kind: Literal["agent.papers"] = "agent.papers"
    version: int


class PostPapers(InSlack):
    """Files and their card, in the deal card's thread."""

    kind: Literal["papers.post"] = "papers.post"
    version: int
