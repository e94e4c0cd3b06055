"""What the company owes its own record: an anchor once a day, and the end of what was heard long ago."""

from typing import ClassVar, Literal

from bot.streams.effects import InAgents


class ForgetTexts(InAgents):
    """Heard texts whose days are over."""

    kind: Literal["agent.forget"] = "agent.forget"


class AnchorHeads(InAgents):
    """The heads of all streams, outside the database."""

    coalesces: ClassVar[bool] = True
    kind: Literal["agent.anchor"] = "agent.anchor"
