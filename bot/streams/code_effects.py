"""What a person's stream owes when a code was asked for."""

from typing import Literal

from bot.streams.effects import InSlack


class PostCode(InSlack):
    """A direct message to the person of this stream, with the code made of the fact's `code`."""

    kind: Literal["code.post"] = "code.post"
    code: str
