"""What a deal owes when it tells the customer how far we are."""

from typing import Literal

from bot.streams.effects import InSlack


class PostProgress(InSlack):
    """In the channel with the customer."""

    kind: Literal["progress.post"] = "progress.post"
    no: int
