"""SmtpMail against servers that misbehave: what can be tried again, and what may have gone."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic

import pytest

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.mail.port import Letter
from integrations.mail.smtp import SmtpMail

SENDER = "deals@larkspur.example"
LETTER = Letter(
    "invite-1@larkspur.example", "Clara Vogt", "clara.vogt@brightwater.example", "Sign", "text", "<p>html</p>"
)
DRIPS = b"drips"


@contextmanager
def scripted(*replies: bytes | None) -> Iterator[str]:
    """Says its replies, one after each line that comes, the first at once; None hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=_say, args=(bound, replies), daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{bound.getsockname()[1]}"
        thread.join(5)


def _say(bound: socket.socket, replies: tuple[bytes | None, ...]) -> None:
    wire, _ = bound.accept()
    with suppress(OSError), wire, wire.makefile("rb") as lines:  # the other side may have had enough
        for number, reply in enumerate(replies):
            if number and not _heard(lines.readline, data=replies[number - 1] == b"354 go"):
                return
            if reply is None:
                return
            if reply is DRIPS:
                _drip(wire)
            wire.sendall(reply + b"\r\n")
        lines.read()


def _drip(wire: socket.socket) -> None:
    for _ in range(100):
        wire.sendall(b"2")
        threading.Event().wait(0.05)


def _heard(line: object, data: bool) -> bool:
    assert callable(line)
    while (got := line()) and data and got != b".\r\n":
        pass
    return bool(got)


OK = b"250 ok"
TO_DATA = (b"220 hi", OK, OK, OK)


@pytest.mark.parametrize(
    ("replies", "error"),
    [
        ((None,), Busy),
        ((b"554 no service",), Busy),
        ((b"421 closing",), Busy),
        ((b"nonsense",), Busy),
        ((b"220 hi", None), Busy),
        ((b"220 hi", OK, b"451 later"), Busy),
        ((b"220 hi", OK, b"550 not from you"), Refused),
        ((b"220 hi", OK, b"530 log in first"), Unauthorised),
        ((b"220 hi", OK, OK, b"452 full"), Busy),
        ((b"220 hi", OK, OK, b"553 no such"), Refused),
        ((b"220 hi", OK, OK, None), Busy),
        ((b"220 hi", OK, OK, b"251 will forward", None), Busy),
        ((*TO_DATA, b"451 later"), Busy),
        ((*TO_DATA, b"554 no"), Refused),
        ((*TO_DATA, b"250 what"), Busy),
        ((*TO_DATA, None), Busy),
        ((*TO_DATA, b"354 go", None), Unknown),
        ((*TO_DATA, b"354 go", b"451 later"), Busy),
        ((*TO_DATA, b"354 go", b"554 spam"), Refused),
        ((*TO_DATA, b"354 go", b"nonsense"), Unknown),
        ((*TO_DATA, b"354 go", b"354 more"), Unknown),
        ((*TO_DATA, b"354 go", b"222 perhaps"), Unknown),
    ],
)
def test_only_what_follows_the_letter_is_unknown(replies: tuple[bytes | None, ...], error: type[Exception]) -> None:
    with scripted(*replies) as url, pytest.raises(error):
        SmtpMail(url, SENDER).send(LETTER)


def test_a_goodbye_that_fails_does_not_undo_the_letter() -> None:
    with scripted(*TO_DATA, b"354 go", OK, None) as url:
        SmtpMail(url, SENDER).send(LETTER)


def test_silence_before_the_letter_is_busy_and_after_it_unknown() -> None:
    with scripted(*TO_DATA) as url, pytest.raises(Busy):
        SmtpMail(url, SENDER, deadline_s=0.2).send(LETTER)
    with scripted(*TO_DATA, b"354 go") as url, pytest.raises(Unknown):
        SmtpMail(url, SENDER, deadline_s=0.2).send(LETTER)


def test_a_conversation_that_drips_is_cut() -> None:
    for replies, error in (((b"220 hi", DRIPS), Busy), ((*TO_DATA, b"354 go", DRIPS), Unknown)):
        began = monotonic()
        with scripted(*replies) as url, pytest.raises(error):
            SmtpMail(url, SENDER, deadline_s=0.3).send(LETTER)
        assert monotonic() - began < 3
