"""A calendar by its address, as RFC 5545 has it: company events, and who travels."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as IcsEvent

from integrations import http
from integrations.calendar.port import Event
from integrations.errors import Unknown
from integrations.http import TIMEOUT_S, Http

MOST, LARGEST = 2_000, 2 * 1024 * 1024
TRAVEL = "TRAVEL"


class IcsCalendar:
    """`url` is the calendar's private address. `zone` is where a whole day begins, when the calendar does not say. An
    event that repeats counts where it is written out, as calendars are published."""

    def __init__(self, url: str, zone: str, deadline_s: float = TIMEOUT_S) -> None:
        parts = urlsplit(url)
        hosts = frozenset({parts.hostname or ""})
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")
        base = f"{parts.scheme}://{parts.netloc}"
        self._http = Http(http.session(url), base, hosts, min(deadline_s, TIMEOUT_S))
        self._zone = ZoneInfo(zone)

    def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        """At most 2,000; raises Unknown for what is no calendar."""
        found = sorted(self._found(self._read()), key=lambda e: (e.starts_at, e.ends_at, e.people))
        return tuple(event for event in found if event.starts_at < end and event.ends_at > start)[:MOST]

    def _read(self) -> Calendar:
        body = self._http.send("GET", self._path).content
        if len(body) > LARGEST:
            raise Unknown("calendar too large")
        try:
            return Calendar.from_ical(body)
        except (ValueError, KeyError, IndexError):
            raise Unknown("not a calendar") from None

    def _found(self, calendar: Calendar) -> Iterator[Event]:
        """What says that it takes no time is left out, and what cannot be read: the rest still counts."""
        for event in calendar.events:
            if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or str(event.get("STATUS", "")) == "CANCELLED":
                continue
            try:
                starts, ends = self._moment(event.DTSTART), self._moment(event.end)
            except (ValueError, AttributeError, TypeError):
                continue
            if starts is not None and ends is not None and starts < ends:
                yield Event(starts, ends, tuple(sorted(set(_people(event)))), TRAVEL in _categories(event))

    def _moment(self, told: date | datetime | None) -> datetime | None:
        if told is None:
            return None
        if isinstance(told, datetime):
            return (told if told.tzinfo else told.replace(tzinfo=self._zone)).astimezone(UTC)
        return datetime.combine(told, time(), self._zone).astimezone(UTC)


def _people(event: IcsEvent) -> Iterator[str]:
    for one in _many(event.get("ATTENDEE")):
        address = str(one).strip()
        if address.casefold().startswith("mailto:"):
            yield address[len("mailto:") :].casefold()


def _categories(event: IcsEvent) -> set[str]:
    return {
        str(name).strip().upper() for group in _many(event.get("CATEGORIES")) for name in getattr(group, "cats", ())
    }


def _many(told: Any) -> list[Any]:
    return told if isinstance(told, list) else [told] if told is not None else []
