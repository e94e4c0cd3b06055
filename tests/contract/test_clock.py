"""The clocks: the machine's, and one elsewhere that is turned."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import CLOCK_REALTIME, clock_gettime, monotonic
from typing import Any

import pytest
import requests

from integrations.clock.remote import FRESH_S, RemoteClock
from integrations.clock.system import SystemClock
from integrations.errors import Busy, Unknown
from sandbox.clock.server import ClockServer, NotForward
from sandbox.web import Call, Reply, WebServer, application, json_reply

START = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
SOON = timedelta(seconds=5)
HOUR = timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[ClockServer]:
    server = ClockServer(START)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def clock(server: ClockServer) -> Iterator[RemoteClock]:
    with requests.Session() as session:
        yield RemoteClock(server.url, session)


def pause(seconds: float) -> None:
    threading.Event().wait(seconds)


def test_the_system_clock_is_in_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert abs(now.timestamp() - clock_gettime(CLOCK_REALTIME)) < 5


def test_a_clock_without_a_start_shows_the_time_of_the_machine() -> None:
    assert abs(ClockServer().now() - SystemClock().now()) < SOON


def test_the_remote_clock_shows_the_servers_time(server: ClockServer, clock: RemoteClock) -> None:
    before = server.now()
    shown = clock.now()
    assert before - timedelta(seconds=1) <= shown <= server.now() + timedelta(seconds=1)
    assert shown.tzinfo is UTC


def test_it_ticks_between_readings(server: ClockServer, clock: RemoteClock) -> None:
    first = clock.now()
    pause(0.05)
    assert timedelta(seconds=0.05) <= clock.now() - first < SOON


def test_a_turn_is_seen_after_a_fifth_of_a_second(server: ClockServer, clock: RemoteClock) -> None:
    clock.now()
    server.turn(HOUR)
    pause(FRESH_S * 1.5)
    assert START + HOUR <= clock.now() < START + HOUR + SOON


def test_a_turn_is_seen_at_once_when_asked_for(server: ClockServer, clock: RemoteClock) -> None:
    clock.now()
    server.turn(HOUR)
    clock.read()
    assert clock.now() >= START + HOUR


def test_many_calls_are_few_readings(server: ClockServer, clock: RemoteClock) -> None:
    began = monotonic()
    shown = [clock.now() for _ in range(2000)]
    assert shown == sorted(shown)
    assert len(server.served) <= 2 + (monotonic() - began) / FRESH_S


def test_many_threads_never_see_it_go_back(server: ClockServer, clock: RemoteClock) -> None:
    seen: list[list[datetime]] = [[] for _ in range(8)]
    crowd = [threading.Thread(target=lambda s=s: s.extend(clock.now() for _ in range(300))) for s in seen]
    for one in crowd:
        one.start()
    server.turn(HOUR)
    for one in crowd:
        one.join()
    assert all(one == sorted(one) and len(one) == 300 for one in seen)


def test_it_goes_on_by_itself_when_the_server_is_away(server: ClockServer, clock: RemoteClock) -> None:
    server.turn(HOUR)
    first = clock.now()
    server.stop()
    pause(FRESH_S * 1.5)
    assert timedelta() < clock.now() - first < SOON
    server.turn(HOUR)
    server.start()
    pause(FRESH_S * 1.5)
    assert clock.now() >= START + 2 * HOUR


def test_a_clock_never_read_is_busy(server: ClockServer, clock: RemoteClock) -> None:
    server.stop()
    with pytest.raises(Busy, match=r"^clock\.unreachable$"):
        clock.now()
    server.start()
    assert clock.now() >= START


@pytest.mark.parametrize("url", ["", "clock", "http://user@clock.example"])
def test_an_address_is_needed(url: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        RemoteClock(url)


@pytest.mark.parametrize("told", ["2026-11-17T09:00:00", "soon", None, 17])
def test_a_reading_that_is_no_moment_is_not_believed(told: object) -> None:
    def answer(call: Call) -> Reply:
        return json_reply({"now": told})

    odd = WebServer(application(answer))
    odd.start()
    with requests.Session() as session:
        clock = RemoteClock(odd.url, session)
        with pytest.raises(Unknown):
            clock.read()
        with pytest.raises(Busy):
            clock.now()
    odd.stop()


def test_it_stands_still_when_the_other_clock_goes_back() -> None:
    told = [START + HOUR, START]
    other = WebServer(application(lambda call: json_reply({"now": told.pop(0).isoformat()})))
    other.start()
    with requests.Session() as session:
        clock = RemoteClock(other.url, session)
        first = clock.now()
        clock.read()
        assert clock.now() == first
    other.stop()
    assert told == []


def turn(server: ClockServer, body: Any) -> requests.Response:
    return requests.post(server.url + "/turn", json=body, timeout=30)


def test_it_is_turned_over_the_wire(server: ClockServer) -> None:
    by = turn(server, {"seconds": 90.5})
    assert by.status_code == 200
    assert datetime.fromisoformat(by.json()["now"]) >= START + timedelta(seconds=90.5)
    to = turn(server, {"to": "2026-11-24T10:00:00+01:00"})
    assert to.status_code == 200
    assert datetime(2026, 11, 24, 9, 0, tzinfo=UTC) <= server.now() < datetime(2026, 11, 24, 9, 1, tzinfo=UTC)
    assert (
        abs(datetime.fromisoformat(requests.get(server.url + "/now", timeout=30).json()["now"]) - server.now()) < SOON
    )


@pytest.mark.parametrize(
    "body",
    [
        {"seconds": -0.001},
        {"to": "2026-11-17T08:59:59Z"},
        {"to": "2026-12-01T00:00:00"},
        {"to": "soon"},
        {"to": 5},
        {"seconds": "5"},
        {"seconds": True},
        {"seconds": 1e18},
        {"seconds": 1, "to": "2026-12-01T00:00:00Z"},
        {},
        [],
    ],
)
def test_it_goes_forward_only_and_by_a_plain_measure(server: ClockServer, body: Any) -> None:
    assert turn(server, body).status_code == 422
    assert START <= server.now() < START + SOON


def test_what_is_not_json_is_a_bad_request(server: ClockServer) -> None:
    assert requests.post(server.url + "/turn", data=b"{", timeout=30).status_code == 400
    assert requests.post(server.url + "/turn", data=b"\xff", timeout=30).status_code == 400
    assert requests.get(server.url + "/turn", timeout=30).status_code == 404


def test_in_process_it_goes_forward_only(server: ClockServer) -> None:
    assert server.turn(HOUR) >= START + HOUR
    with pytest.raises(NotForward):
        server.turn(-HOUR)
    with pytest.raises(NotForward):
        server.turn_to(START)


def test_it_can_be_held_and_turned_while_it_stands() -> None:
    clock = ClockServer(START)
    clock.hold()
    held = clock.now()
    assert clock.held
    assert clock.now() == held
    assert clock.turn(HOUR) == held + HOUR
    clock.go()
    assert held + HOUR <= clock.now() < held + HOUR + SOON
