"""The company's calendar, as it was read: its events, and who travels when."""

from typing import Literal

from bot.streams.busy import Busy
from bot.streams.decision import Command, Fact


class RecordCalendar(Command):
    """What was read of the weeks to come, all of it."""

    busy: tuple[Busy, ...]


class CalendarRead(Fact):
    kind: Literal["calendar.read"] = "calendar.read"
    busy: tuple[Busy, ...]
