"""A calendar over its real protocol: what counts, what does not, and what is no calendar."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from integrations.calendar.ics import IcsCalendar
from integrations.errors import Refused, Unknown
from sandbox.calendar.server import CalendarServer

START, END = datetime(2026, 11, 16, tzinfo=UTC), datetime(2026, 12, 16, tzinfo=UTC)
HEAD, FOOT = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\n", b"END:VCALENDAR\r\n"


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    made = CalendarServer()
    made.start()
    yield made
    made.stop()


def events(server: CalendarServer, *bodies: str) -> list[tuple[datetime, datetime, tuple[str, ...], bool]]:
    if bodies:
        told = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{body}\r\nEND:VEVENT\r\n" for n, body in enumerate(bodies))
        server.raw = HEAD + told.encode() + FOOT
    found = IcsCalendar(server.url, "Europe/Berlin").events(START, END)
    return [(e.starts_at, e.ends_at, e.people, e.travel) for e in found]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_events_come_as_they_were_entered(server: CalendarServer) -> None:
    server.event("Offsite", at(17, 10), at(17, 17))
    server.event("Fair", at(18, 8), at(19, 8), people=("Jonas.Weber@larkspur.example",), travel=True)
    server.event("Long ago", at(1, 8), at(2, 8))
    assert events(server) == [
        (at(17, 10), at(17, 17), (), False),
        (at(18, 8), at(19, 8), ("jonas.weber@larkspur.example",), True),
    ]


def test_days_and_zones_are_read_where_they_are(server: CalendarServer) -> None:
    assert events(
        server,
        "DTSTART;VALUE=DATE:20261117\r\nDTEND;VALUE=DATE:20261118",
        "DTSTART;TZID=America/New_York:20261118T090000\r\nDURATION:PT1H",
        "DTSTART:20261119T090000\r\nDTEND:20261119T100000",
    ) == [
        (at(16, 23), at(17, 23), (), False),
        (at(18, 14), at(18, 15), (), False),
        (at(19, 8), at(19, 9), (), False),
    ]


def test_what_takes_no_time_or_cannot_be_read_is_left_out_and_the_rest_counts(server: CalendarServer) -> None:
    assert events(
        server,
        "DTSTART:20261117T090000Z\r\nDTEND:20261117T100000Z\r\nTRANSP:TRANSPARENT",
        "DTSTART:20261117T090000Z\r\nDTEND:20261117T100000Z\r\nSTATUS:CANCELLED",
        "DTSTART:20261117T100000Z\r\nDTEND:20261117T090000Z",
        "SUMMARY:no time",
        "DTSTART:never\r\nDTEND:20261117T100000Z",
        "DTSTART:20261117T110000Z\r\nDTEND:20261117T120000Z",
    ) == [(at(17, 11), at(17, 12), (), False)]


@pytest.mark.parametrize("body", [b"<html>log in</html>", b"BEGIN:VCALENDAR\r\n", b"\xff\xfe\x00", b"{}"])
def test_what_is_no_calendar_tells_nothing(server: CalendarServer, body: bytes) -> None:
    server.raw = body
    with pytest.raises(Unknown):
        events(server)


def test_one_that_is_too_large_is_not_read(server: CalendarServer) -> None:
    server.raw = HEAD + b"X-PAD:" + b"a" * (3 * 1024 * 1024) + b"\r\n" + FOOT
    with pytest.raises(Unknown):
        events(server)


def test_another_address_is_refused(server: CalendarServer) -> None:
    with pytest.raises(Refused):
        IcsCalendar(server.url + "x", "Europe/Berlin").events(START, END)
