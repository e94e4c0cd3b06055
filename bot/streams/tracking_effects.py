"""What a deal owes to the systems beside Slack in which its approvals are seen: Salesforce's tasks, calendars."""

from typing import ClassVar, Literal

from bot.streams.effects import Effect, Lane


class TrackApprovals(Effect):
    """Each request is a task of the opportunity, as it stands when this runs."""

    lane: ClassVar[Lane] = Lane.SALESFORCE
    coalesces: ClassVar[bool] = True
    kind: Literal["approvals.track"] = "approvals.track"


class MailHold(Effect):
    """The invitation that holds time in an approver's calendar."""

    lane: ClassVar[Lane] = Lane.MAIL
    kind: Literal["hold.mail"] = "hold.mail"
    no: int


class FreeTime(Effect):
    """Takes back the invitations of what is decided, or lies before somebody else by now."""

    lane: ClassVar[Lane] = Lane.MAIL
    coalesces: ClassVar[bool] = True
    kind: Literal["time.free"] = "time.free"
