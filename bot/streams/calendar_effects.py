"""What the company owes to a calendar: to be read."""

from typing import ClassVar, Literal

from bot.streams.effects import Effect, Lane


class ReadCalendar(Effect):
    """Events and travel of the weeks to come, where the settings name a calendar."""

    lane: ClassVar[Lane] = Lane.CALENDAR
    kind: Literal["calendar.read"] = "calendar.read"
