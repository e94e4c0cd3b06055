"""What is owed so that later decisions learn from earlier ones."""

from typing import Literal

from bot.streams.effects import InSalesforce


class ReadAfterwards(InSalesforce):
    """What became of the deal since it was decided."""

    kind: Literal["afterwards.read"] = "afterwards.read"
