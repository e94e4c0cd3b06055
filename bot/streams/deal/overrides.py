"""What the policy's owner may do besides deciding: replace an approver, waive a request, grant an exception."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from bot.streams.decision import Command, Fact


class ReplaceApprover(Command):
    """`seen` is the hash of the package that was looked at. The other one must be able to decide by herself."""

    approval: str
    seen: str
    to: str = Field(max_length=100)
    reason: str = Field(max_length=200)


class WaiveApproval(Command):
    """The first who says so asks for a second; the second one's word makes it a yes, until its last day."""

    approval: str
    seen: str
    reason: str = Field(max_length=200)
    until_on: date


class GrantException(Command):
    """Of who could decide the request herself: this rule does not ask again in this deal for no more than this, until
    its last day."""

    approval: str
    seen: str
    reason: str = Field(max_length=200)
    until_on: date


class EndOverride(Command):
    """A deadline gives it: a waiver's or an exception's last day is over."""


class WaiverAsked(Fact):
    """Nothing holds yet: it needs a second person."""

    kind: Literal["waiver.asked"] = "waiver.asked"
    approval: str
    subject: str
    by: str
    at: datetime
    hash: str
    reason: str
    until_on: date


class ExceptionGranted(Fact):
    """`asked` is the most that it covers."""

    kind: Literal["exception.granted"] = "exception.granted"
    approval: str
    rule: str
    asked: int
    by: str
    at: datetime
    reason: str
    until_on: date

    def covers(self, rule: str, asked: int, on: date) -> bool:
        return self.rule == rule and asked <= self.asked and on <= self.until_on


class ApprovalEnded(Fact):
    """A yes that holds no more: its last day is over, or the deal belongs to who gave it by now."""

    kind: Literal["approval.ended"] = "approval.ended"
    subject: str
    why: Literal["over", "own_deal"]
    at: datetime


OverrideFact = WaiverAsked | ExceptionGranted | ApprovalEnded
