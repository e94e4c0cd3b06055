"""Attacks 1 to 8, 15, 16 and 40: requests that are not Slack's, or not for us."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import quote, urlencode

import pytest

from sandbox.slack import seed
from sandbox.wait import until
from sandbox.walk import JONAS
from tests.hostile.knock import FORM, Knock, signed

COMMAND = {
    "command": "/deal",
    "text": "status",
    "team_id": seed.LARKSPUR,
    "api_app_id": seed.APP,
    "user_id": seed.MAYA,
    "channel_id": seed.SHARED,
    "trigger_id": "1.1.attack",
    "response_url": "https://hooks.slack.com/commands/T/1/x",
}


@pytest.mark.attack(1)
@pytest.mark.parametrize("missing", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
def test_a_request_without_signature_or_time_is_refused(knock: Knock, missing: str) -> None:
    before = knock.written()
    assert knock.slack(urlencode(COMMAND).encode(), **{missing: ""}).status_code == 401
    assert knock.written() == before


@pytest.mark.attack(2)
def test_one_changed_digit_of_the_signature_is_refused(knock: Knock) -> None:
    body = urlencode(COMMAND).encode()
    mark = signed(body)["X-Slack-Signature"]
    for place in range(3, len(mark), 7):
        other = "0" if mark[place] != "0" else "1"
        wrong = mark[:place] + other + mark[place + 1 :]
        assert knock.slack(body, **{"X-Slack-Signature": wrong}).status_code == 401


@pytest.mark.attack(3)
@pytest.mark.attack(4)
@pytest.mark.parametrize("at", ["nan", "1e9", "-1", "9" * 5_000, "+1763371000", "1763371000.5", "0", ""])
def test_a_time_that_is_none_or_not_now_is_refused(knock: Knock, at: str) -> None:
    headers = signed(b"{}", at or "x")
    answer = knock.slack(b"{}", **headers)
    assert (answer.status_code, answer.text) == (401, "the signature or its time is wrong")


@pytest.mark.attack(3)
@pytest.mark.parametrize("age_s", [-301, 302])
def test_a_time_just_outside_the_window_is_refused(knock: Knock, age_s: int) -> None:
    now = int(signed(b"")["X-Slack-Request-Timestamp"])
    assert knock.slack(b"{}", **signed(b"{}", str(now - age_s))).status_code == 401


@pytest.mark.attack(4)
def test_arabic_digits_are_no_time(knock: Knock) -> None:
    body, at = b"{}", "١٧٦٣٣٧١٠٠٠"
    mark = signed(body, at)["X-Slack-Signature"].encode()
    head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n"
    head += b"X-Slack-Request-Timestamp: " + at.encode() + b"\r\nX-Slack-Signature: " + mark + b"\r\n\r\n"
    assert knock.raw(head, body).startswith(b"HTTP/1.1 401")


@pytest.mark.attack(5)
def test_the_same_request_fifty_times_at_once_is_taken_once(knock: Knock) -> None:
    app = knock.world.town.site.app
    said = {"type": "message", "channel": seed.SHARED, "user": seed.CLARA, "user_team": seed.BRIGHTWATER}
    event = {**said, "ts": "1763371999.000001", "text": "Thanks for the call."}
    told = {"type": "event_callback", "team_id": app.team, "api_app_id": app.app_id, "event_id": "EvX", "event": event}
    body = json.dumps(told).encode()
    before = knock.written()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: knock.slack(body, "application/json").status_code, range(50)))
    assert set(answers) == {200}
    assert knock.written() == before + 1
    heard = len(knock.kinds("message.heard"))
    knock.world.settle()
    assert len(knock.kinds("message.heard")) == heard + 1


@pytest.mark.attack(6)
def test_a_body_that_was_encoded_anew_no_longer_fits_its_signature(knock: Knock) -> None:
    body = urlencode({**COMMAND, "text": "find nord kai"}, quote_via=quote).encode()
    headers = signed(body)
    assert b"%20" in body
    assert knock.slack(body.replace(b"%20", b"+"), **headers).status_code == 401


@pytest.mark.attack(7)
@pytest.mark.parametrize("body", [b"payload={}&payload={}", b"command=/deal&command=/other&user_id=U1&team_id=T1"])
def test_a_field_that_comes_twice_is_refused(knock: Knock, body: bytes) -> None:
    assert knock.slack(body).status_code == 400


@pytest.mark.attack(7)
def test_a_key_that_comes_twice_is_refused(knock: Knock) -> None:
    body = b'{"type":"event_callback","event":{"type":"message"},"event":{"type":"app_mention"}}'
    assert knock.slack(body, "application/json").status_code == 400


@pytest.mark.attack(8)
def test_another_workspaces_command_is_refused_in_words(knock: Knock) -> None:
    before = knock.written()
    answer = knock.slack(urlencode({**COMMAND, "team_id": "T0OTHER"}).encode())
    assert "Only people at our company" in answer.text
    assert knock.written() == before


@pytest.mark.attack(8)
def test_another_apps_command_event_and_press_are_refused(knock: Knock) -> None:
    command = knock.slack(urlencode({**COMMAND, "api_app_id": "A0OTHER"}).encode())
    assert (command.status_code, command.text) == (403, "this is for another workspace or app")
    event = {"type": "event_callback", "api_app_id": "A0OTHER", "team_id": seed.LARKSPUR, "event": {"type": "message"}}
    assert knock.slack(json.dumps(event).encode(), "application/json").status_code == 403
    pressed = knock.press(JONAS, knock.world.person(JONAS).sees("approval.approve"), "approval.approve")
    assert knock.payload({**pressed, "api_app_id": "A0OTHER"}).status_code == 403


@pytest.mark.attack(15)
def test_a_trigger_that_is_over_is_answered_in_words(knock: Knock) -> None:
    jonas = knock.world.person(JONAS)
    knock.world.town.site.tickets.trigger_seconds = -1
    try:
        assert "Press the button again." in jonas.tries("approval.reject", jonas.sees("approval.reject"))
    finally:
        knock.world.town.site.tickets.trigger_seconds = 3.0


@pytest.mark.attack(16)
@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://hooks.slack.com@evil.example/",
        "https://hooks.slack.com.evil.example/",
        "file:///etc/passwd",
        "http://[::1]:1/",
        "//evil.example",
        "https://hooks.slack.com:444/x",
    ],
)
def test_a_response_url_of_somebody_else_is_never_called(
    knock: Knock, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = knock.press(JONAS, knock.world.person(JONAS).sees("approval.approve"), "approval.approve")
    stranger = {"id": seed.RAVI, "team_id": seed.LARKSPUR}
    assert knock.payload({**body, "user": stranger, "response_url": url}).status_code == 200
    until(lambda: "host.not_allowed" in caplog.text, 30, "a word in the log that the address was not called")


@pytest.mark.attack(40)
def test_a_flood_of_one_persons_commands_keeps_the_door_open(knock: Knock) -> None:
    bodies = [urlencode({**COMMAND, "trigger_id": f"1.{number}.flood"}).encode() for number in range(300)]
    before = knock.written()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda body: knock.slack(body).status_code, bodies))
    assert set(answers) == {200}
    assert knock.written() == before


@pytest.mark.attack(40)
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_packed_body_is_not_unpacked(knock: Knock, encoding: str) -> None:
    assert knock.slack(b"\x1f\x8b" + b"\0" * 100, FORM, Content_Encoding=encoding).status_code == 415


@pytest.mark.attack(40)
def test_a_body_that_never_ends_is_cut_and_one_that_trickles_holds_up_nobody(knock: Knock) -> None:
    head = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    assert knock.raw(head, chunk * 20).startswith(b"HTTP/1.1 413")
    with ExitStack() as slow:
        for _ in range(50):
            wire = slow.enter_context(socket.create_connection(("127.0.0.1", knock.world.town.port)))
            wire.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
        assert knock.slack(urlencode(COMMAND).encode()).status_code == 200
