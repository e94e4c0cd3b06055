"""What a log line may hold: our own words and codes; of a library only where it speaks, never what it quotes."""

import json
import logging
import sys
from secrets import token_hex
from typing import Any

import pytest

from bot.logs import HIDDEN, JsonLines, secrets_of
from bot.settings import Stored

SECRET = "the-signing-secret-of-ours"
FORMAT = JsonLines("web", [SECRET, "short"])


def line(name: str, message: str, *args: object, **extra: object) -> dict[str, Any]:
    record = logging.LogRecord(name, logging.WARNING, "/somewhere/client.py", 12, message, args, None)
    record.__dict__.update(extra)
    told = FORMAT.format(record)
    assert "\n" not in told
    found: dict[str, Any] = json.loads(told)
    return found


def test_ours_says_its_words_and_its_codes_and_nothing_else_that_it_carries() -> None:
    told = line(
        "jobs.settling", "an effect did not go through", effect="deal:1:2:0:note.post", code="busy", body="Yes!"
    )
    assert told["said"] == "an effect did not go through"
    assert (told["effect"], told["code"], told["process"], told["level"]) == (
        "deal:1:2:0:note.post",
        "busy",
        "web",
        "warning",
    )
    assert "body" not in told


def test_a_library_is_quoted_by_its_template_alone() -> None:
    told = line("slack_sdk.web.base_client", "Sending a request - %s", {"text": "We accept the offer"})
    assert told["said"] == "Sending a request - %s"
    assert told["at_line"] == "client.py:12"
    assert "said" not in line("urllib3.connectionpool", "https://hooks.slack.com/T07/secret answered We accept")


@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        "xoxb-123-456-abc",
        "xapp-1-A07-99-ff",
        "sk_live_51Habc",
        "whsec_abcdef",
        "eyJhbGciOiJI.eyJzdWIiOiJ.c2ln",
        "Bearer abcdefgh12345",
        "clara.vogt@brightwater.example",
        "a" * 64,
        "v0=" + "0f" * 32,
    ],
)
def test_what_looks_like_a_secret_or_an_address_is_hidden(secret: str) -> None:
    told = line("bot.handlers", "it came with %s in it", secret)
    assert told["said"] == f"it came with {HIDDEN} in it"


def test_the_password_of_an_address_is_hidden_and_its_host_is_not() -> None:
    told = line("jobs", "smtp://user:pass@mail.example:587 and /p/01JD8Z-1-0f0f do not answer")
    assert told["said"] == f"smtp://{HIDDEN}mail.example:587 and /p/{HIDDEN} do not answer"


@pytest.mark.attack(38)
def test_nothing_can_begin_a_line_or_paint_the_terminal() -> None:
    record = logging.LogRecord("bot", logging.INFO, "x.py", 1, "busy\n2026 INFO approved \x1b[31m \u202e", (), None)
    told = FORMAT.format(record)
    assert told.isascii()
    assert not any(sign in told for sign in "\n\x1b")


@pytest.mark.attack(38)
def test_an_exception_shows_its_class_and_its_way_and_not_its_words() -> None:
    try:
        raise ValueError(f"{SECRET} xoxb-1-2 Clara said yes")
    except ValueError:
        raised = sys.exc_info()
    record = logging.LogRecord("jobs.relay", logging.ERROR, "relay.py", 1, "an effect failed", (), raised)
    told = json.loads(FORMAT.format(record))
    assert told["raised"] == "ValueError"
    assert told["way"][-1].startswith("test_logs.py:")
    assert not any(word in json.dumps(told) for word in (SECRET, "xoxb", "Clara"))


def test_the_settings_tell_their_secrets() -> None:
    key = f"k1:{token_hex(32)}"
    assert secrets_of(dict(Stored(store_keys=key))) == [key]
