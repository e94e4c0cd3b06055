"""The doors: what is unsigned, stale, malformed, huge or hostile is refused with a clear reason, and never a 500."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import requests

from sandbox.salesforce.outbound import Pending, envelope
from sandbox.slack import seed
from sandbox.town import Town
from tests.played import Played

BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
FORM = "application/x-www-form-urlencoded"


def slack(
    town: Town, body: bytes, kind: str = "application/json", age_s: int = 0, secret: str = ""
) -> requests.Response:
    at = str(int(datetime.now(UTC).timestamp()) - age_s)  # noqa: TID251 Slack signs by the system's clock
    mark = hmac.new((secret or seed.SIGNING_SECRET).encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256)
    headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": "v0=" + mark.hexdigest(), "Content-Type": kind}
    return requests.post(f"{town.url}/slack/events", data=body, headers=headers, timeout=30)


def outbound(town: Town, body: bytes, token: str = "") -> requests.Response:
    word = token or town.keys["SALESFORCE_OUTBOUND_TOKEN"]
    return requests.post(f"{town.url}/salesforce/outbound/{word}", data=body, timeout=30)


def test_an_unsigned_request_is_refused(played: Played) -> None:
    answer = requests.post(f"{played.town.url}/slack/events", data=b"{}", timeout=30)
    assert (answer.status_code, answer.text) == (401, "the signature or its time is wrong")


@pytest.mark.parametrize(("age_s", "secret"), [(600, ""), (-600, ""), (0, "somebody else's secret")])
def test_a_stale_or_forged_request_is_refused(played: Played, age_s: int, secret: str) -> None:
    assert slack(played.town, b"{}", age_s=age_s, secret=secret).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"type":"event_callback"}',
        b'{"type":"event_callback","event":[]}',
        b'{"type":"block_actions","actions":[]}',
        b'{"type":"view_submission"}',
        b"[" * 50_000,
    ],
)
def test_a_malformed_payload_is_refused(played: Played, body: bytes) -> None:
    answer = slack(played.town, body)
    assert (answer.status_code, answer.text) == (400, "not a payload of Slack")


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions", "user": {}, "actions": [{}]},
        {
            "type": "block_actions",
            "user": {"id": "U1"},
            "actions": [{"action_id": "approval.approve", "type": "button"}],
        },
        {
            "type": "block_actions",
            "user": {"id": "U1", "team_id": "T1"},
            "actions": [{"action_id": "x", "type": "button"}],
        },
        {
            "type": "view_submission",
            "user": {"id": "U1"},
            "view": {"type": "modal", "id": "V1", "callback_id": "nothing", "state": {}},
        },
        {
            "type": "view_submission",
            "user": {"id": "U1"},
            "view": {"type": "modal", "id": "V2", "callback_id": "price.change_terms"},
        },
        {"type": "something_new"},
    ],
)
def test_a_strange_interaction_is_answered(played: Played, payload: dict[str, object]) -> None:
    answer = slack(played.town, urlencode({"payload": json.dumps(payload)}).encode(), FORM)
    assert answer.status_code < 500


def test_a_huge_request_is_refused(played: Played) -> None:
    answer = slack(played.town, b"x" * 2_000_000)
    assert (answer.status_code, answer.text) == (413, "at most 1048576 bytes")


@pytest.mark.parametrize("body", [BOMB, OUTSIDE, b"", b"not xml", b"<a/>", b"<a>" * 10_000])
def test_hostile_xml_is_refused_in_words(played: Played, body: bytes) -> None:
    answer = outbound(played.town, body)
    assert answer.status_code == 400
    assert answer.text.startswith("not taken: ")
    assert "root:" not in answer.text


def test_another_organisations_message_is_refused(played: Played) -> None:
    sent = played.town.outbound
    assert sent is not None
    body = envelope(played.town.org, [Pending("04lHn0000000001AAA", "006Hn00001BWfrtIAA")])
    answer = outbound(played.town, body.replace(played.town.org.id, "00D000000000001AAA").encode())
    assert (answer.status_code, answer.text) == (400, "not taken: it comes from another organisation")


def test_a_wrong_token_finds_nothing(played: Played) -> None:
    assert outbound(played.town, b"<a/>", token="guess").status_code == 404


@pytest.mark.attack(32)
@pytest.mark.parametrize("token", ["x", "01JD8Z00000000000000000000-1-" + "0" * 32, "%00", "..%2f..", "é", "a" * 5_000])
def test_a_guessed_link_shows_nothing(played: Played, token: str) -> None:
    answer = requests.get(f"{played.town.url}/p/{token}", timeout=30)
    assert answer.status_code == 404
    assert "Brightwater" not in answer.text


def test_a_signers_page_may_not_be_framed_cached_or_scripted(played: Played) -> None:
    link = played.town.mail.letters[0].links[0]
    answer = requests.get(link, timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script" not in answer.text
    assert not any(word in answer.text.partition("</style>")[2] for word in ("margin", "iscount", "approv"))


@pytest.mark.attack(32)
def test_who_has_signed_cannot_sign_again(played: Played) -> None:
    link = played.town.mail.letters[0].links[0]
    answer = requests.post(f"{link}/sign", data={"name": "Mallory", "seen": "x"}, timeout=30)
    assert answer.status_code == 409
    assert "You have signed" in answer.text
    assert [f["fact"]["name"] for f in played.facts() if f["kind"] == "signer.signed"][0] == "Clara Vogt"
