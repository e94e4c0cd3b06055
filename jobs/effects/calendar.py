"""The company's calendar, read for the weeks to come."""

from datetime import timedelta

from bot.streams.busy import Busy
from bot.streams.company.calendar import RecordCalendar
from bot.streams.ids import SYSTEM
from integrations.calendar.port import Event
from jobs.effects.how import Work

AHEAD = timedelta(days=60)


def read(work: Work) -> RecordCalendar | None:
    """Nothing where no calendar is named. Titles stay in the calendar: only when, and whose time."""
    calendar = work.desk.ports.calendar
    if calendar is None:
        return None
    found = tuple(_busy(event) for event in calendar.events(work.now, work.now + AHEAD))
    return RecordCalendar(stream_id=work.state.id, actor=SYSTEM, busy=found)


def _busy(event: Event) -> Busy:
    return Busy(starts_at=event.starts_at, ends_at=event.ends_at, people=" ".join(event.people), travel=event.travel)
