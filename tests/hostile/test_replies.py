"""An outside system that lies, stalls or floods: every client gives up in time, in our words, and tells no secret."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from integrations import http
from integrations.billing.rest import RestBooks
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.salesforce.rest import Salesforce
from integrations.slack.client import Client
from integrations.slack.port import Upload
from integrations.slack.web_api import SlackWeb
from tests.hostile.liar import Liar, Say, drip, echo, flood, packed, reply, whole

SECRET = "5f1cd7e9a0b34268c7d1e5f90a2b4c6d"
TOKEN = f"xoxb-{SECRET}"
SHORT_S = 0.4
ANY = (Busy, Refused, Unauthorised, Unknown)
Call = Callable[[str], object]
OK = "HTTP/1.1 200 OK\r\n"
CHUNKED = (OK + "Transfer-Encoding: chunked\r\n\r\n").encode()


def slack(url: str) -> object:
    return SlackWeb(Client(TOKEN, url + "/api/", deadline_s=1)).groups()


def salesforce(url: str) -> object:
    return Salesforce(url, "client", SECRET, deadline_s=SHORT_S).closed_deals()


def books(url: str) -> object:
    return RestBooks(url, SECRET, deadline_s=SHORT_S).put("invoices", "key", {})


CLIENTS = [slack, salesforce, books]
HOSTILE: dict[str, Say] = {
    "redirects to itself": whole(reply(b"", "302 Found", "Location: /elsewhere")),
    "redirects without end, and keeps the method": whole(reply(b"", "308 Permanent Redirect", "Location: /")),
    "says more than it promised": whole(reply(b'{"ok": tr', length=5)),
    "says less than it promised": whole(reply(b'{"ok": true}', length=100)),
    "has a length that is no number": whole(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"),
    "answers a login page": whole(reply(b"<html>Log in</html>")),
    "answers a list": whole(reply(b"[]")),
    "nests without end": whole(reply(b"[" * 100_000)),
    "speaks no HTTP": whole(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "closes at once": whole(b""),
    "is packed to a thousandth": whole(packed(40 * 1024 * 1024)),
    "says it is packed and is not": whole(reply(b"{}", "200 OK", "Content-Encoding: gzip")),
    "has a hundred thousand headers": whole(OK.encode() + b"X-A: b\r\n" * 100_000 + b"\r\n"),
}
STALLING: dict[str, Say] = {
    "never ends its status line": drip(b"HTTP/1.1 200 ", b"O"),
    "never ends its headers": drip(OK.encode(), b"X-A: b\r\n"),
    "says for ever that it goes on": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "drips its body": drip(reply(b"", length=1_000_000), b" "),
    "drips its chunks": drip(CHUNKED, b"1\r\n \r\n"),
}


@pytest.fixture
def lying() -> Iterator[Callable[[Say], Liar]]:
    with ExitStack() as stack:

        def start(say: Say) -> Liar:
            made = Liar(say)
            stack.callback(made.close)
            return made

        yield start


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
@pytest.mark.parametrize("how", HOSTILE)
def test_a_lie_is_an_error_in_our_words(lying: Callable[[Say], Liar], client: Call, how: str) -> None:
    with pytest.raises(ANY) as said:
        client(lying(HOSTILE[how]).url)
    assert SECRET not in repr(said.value)


@pytest.mark.parametrize("how", STALLING)
def test_no_call_outlives_its_deadline(lying: Callable[[Say], Liar], how: str) -> None:
    """The other side goes on for as long as it is listened to: that the call ends shows that it is not."""
    url = lying(STALLING[how]).url
    with pytest.raises(Unknown):
        http.call(http.session(url).request, "GET", url, SHORT_S)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_every_client_has_a_deadline(lying: Callable[[Say], Liar], client: Call) -> None:
    with pytest.raises((Busy, Unknown)):
        client(lying(STALLING["never ends its headers"]).url)


def test_an_endless_body_does_not_fill_the_memory(
    lying: Callable[[Say], Liar], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "LARGEST_REPLY", 2 * 1_048_576)
    url = lying(flood(OK.encode() + b"\r\n")).url
    with pytest.raises(Unknown, match="too slow or too large"):
        http.call(http.session(url).request, "GET", url)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_a_redirect_takes_no_token_to_another_host(lying: Callable[[Say], Liar], client: Call, status: str) -> None:
    other = lying(whole(reply(b'{"ok": true}')))
    with pytest.raises(ANY):
        client(lying(whole(reply(b"", status, f"Location: {other.url}/taken"))).url)
    assert other.heard == []


@pytest.mark.parametrize(
    "address",
    [
        lambda url: url.replace("127.0.0.1", "localhost"),
        lambda url: url.rpartition(":")[0] + ":9",
        lambda url: url.replace("http://", "http://user@"),
        lambda url: url.replace("http://", "https://"),
        lambda url: "http://169.254.169.254/latest/meta-data",
        lambda url: "http://[::1]/",
        lambda url: url.replace("127.0.0.1", "127.0.0.1.example"),
    ],
)
def test_a_session_calls_the_hosts_of_the_settings_alone(
    lying: Callable[[Say], Liar], address: Callable[[str], str]
) -> None:
    server = lying(whole(reply(b"{}")))
    with pytest.raises(Refused, match="host.not_allowed"):
        http.call(http.session(server.url).request, "GET", address(server.url))
    assert http.call(http.session(server.url).request, "GET", server.url).json() == {}
    assert len(server.heard) == 1


@pytest.mark.parametrize("way", ["upload_url", "response_url"])
def test_slack_sends_nothing_where_a_lie_points(lying: Callable[[Say], Liar], way: str) -> None:
    other = lying(whole(reply(b"ok")))
    told = {"ok": True, "upload_url": other.url + "/up", "file_id": "F1"}
    made = SlackWeb(Client(TOKEN, lying(whole(reply(json.dumps(told).encode()))).url + "/api/"))
    with pytest.raises(Refused, match="host.not_allowed"):
        if way == "response_url":
            made.respond(other.url + "/commands", "text", [])
        else:
            made.put_picture(Upload("chart.png", "Chart", b"png"))
    assert other.heard == []


@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request", "401 No", "403 No", "418 Teapot", "500 Oops"])
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.__name__)
def test_what_is_sent_back_is_in_no_error(lying: Callable[[Say], Liar], client: Call, status: str) -> None:
    """A debugging proxy, or a thief, that answers with the request: our credentials are in its every word."""

    def mirror(request: bytes) -> bytes:
        sent = request.decode("latin-1")
        word = re.sub(r"[^A-Za-z0-9_-]", "", sent[-60:])
        told = {"ok": False, "error": TOKEN, "errorCode": SECRET.upper(), "message": sent, "id": sent, "word": word}
        body = json.dumps([told] if client is salesforce and b"oauth2" not in request else told).encode()
        return reply(body, status)

    with pytest.raises(ANY) as said:
        client(lying(echo(mirror)).url)
    assert SECRET not in repr(said.value).casefold()
    assert said.value.__cause__ is None
    assert said.value.__suppress_context__ or said.value.__context__ is None
