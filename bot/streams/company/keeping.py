"""What was done to the record itself: anchored outside the database, or a stream of it erased."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime

from bot.streams.decision import Command, Fact
from bot.streams.ids import StreamId


class RecordAnchor(Command):
    """`sha256` is that of the anchor's file, in hex."""

    number: int
    sha256: str


class RecordForgotten(Command):
    """Heard texts whose days were over."""

    count: int


class EraseStream(Command):
    erased: StreamId
    reason: str


class HeadsAnchored(Fact):
    """An anchor that is missing later, or is another, is told by this."""

    kind: Literal["heads.anchored"] = "heads.anchored"
    number: int
    sha256: str
    at: AwareDatetime


class StreamErased(Fact):
    """In the same transaction the stream's key was destroyed. It says no word of what was erased."""

    kind: Literal["stream.erased"] = "stream.erased"
    erased: StreamId
    by: str
    at: AwareDatetime
    reason: str


class TextsForgotten(Fact):
    """Deleted, because the days that the playbook gives a heard text were over."""

    kind: Literal["texts.forgotten"] = "texts.forgotten"
    count: int
    at: AwareDatetime


KeepingFact = HeadsAnchored | StreamErased | TextsForgotten


def anchored_on(at: datetime | None, now: datetime) -> bool:
    """By the calendar of UTC, in which anchors are named."""
    return at is not None and at.date() >= now.date()
