"""What a person's stream owes when it reminds her."""

from typing import Literal

from bot.streams.effects import InSlack


class PostReminder(InSlack):
    """A direct message to the person of this stream."""

    kind: Literal["reminder.post"] = "reminder.post"
    no: int


class RefreshReminder(InSlack):
    """What it reminded of no longer waits: its buttons go."""

    kind: Literal["reminder.refresh"] = "reminder.refresh"
    no: int
