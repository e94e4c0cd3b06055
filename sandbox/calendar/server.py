"""A calendar of the company, published at a private address as iCalendar (RFC 5545)."""

import threading
from datetime import UTC, datetime
from secrets import token_hex

from icalendar import Calendar, Event, vCalAddress

from sandbox.web import Call, Reply, Served, WebServer, application

TYPE = "text/calendar; charset=utf-8"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


class CalendarServer:
    """`raw`, once set, is what it answers instead of its events."""

    def __init__(self) -> None:
        self._path = f"/{token_hex(8)}/larkspur.ics"
        self._events: list[Event] = []
        self._lock = threading.Lock()
        self._web = WebServer(application(self.answer))
        self.raw: bytes | None = None
        self.served: list[Served] = []

    @property
    def url(self) -> str:
        return self._web.url + self._path

    def start(self) -> None:
        self._web.start()

    def stop(self) -> None:
        self._web.stop()

    def event(
        self, title: str, start: datetime, end: datetime, people: tuple[str, ...] = (), travel: bool = False
    ) -> None:
        """Of `people` by mail address; of everybody when there are none."""
        made = Event()
        made.add("uid", f"{token_hex(8)}@larkspur.example")
        made.add("dtstamp", WRITTEN)
        made.add("summary", title)
        made.add("dtstart", start)
        made.add("dtend", end)
        for address in people:
            made.add("attendee", vCalAddress(f"mailto:{address}"))
        if travel:
            made.add("categories", ["Travel"])
        with self._lock:
            self._events.append(made)

    def answer(self, call: Call) -> Reply:
        if call.path != self._path:
            return Reply(404, b"", {"content-type": "text/plain"})
        with self._lock:
            calendar = Calendar()
            calendar.add("prodid", "-//Larkspur//Company//EN")
            calendar.add("version", "2.0")
            for event in self._events:
                calendar.add_component(event)
            body = self.raw if self.raw is not None else calendar.to_ical()
        return Reply(200, body, {"content-type": TYPE})
