"""What a person's stream owes when it asks how an approval was."""

from typing import Literal

from bot.streams.effects import InSlack


class PostFeedback(InSlack):
    """A direct message to the person of this stream."""

    kind: Literal["feedback.post"] = "feedback.post"
    no: int


class RefreshFeedback(InSlack):
    """The next tap, or the thanks, in its place."""

    kind: Literal["feedback.refresh"] = "feedback.refresh"
    no: int
