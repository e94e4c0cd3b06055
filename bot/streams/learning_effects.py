"""What is owed so that later decisions learn from earlier ones."""

from typing import Literal

from bot.streams.effects import InAgents, InSalesforce


class ReadAfterwards(InSalesforce):
    """What became of the deal since it was decided."""

    kind: Literal["afterwards.read"] = "afterwards.read"


class FollowProposals(InAgents):
    """The numbers, asked what they say for a change of how we work, and how far the accepted ones are."""

    kind: Literal["agent.follow_proposals"] = "agent.follow_proposals"


class ReviewPractices(InAgents):
    """All past deals, asked what they say for and against the practices."""

    kind: Literal["agent.review_practices"] = "agent.review_practices"
