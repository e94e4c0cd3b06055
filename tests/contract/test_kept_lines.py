"""A line to another company is used again while it is surely open, and never after that."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest

from integrations import http, wire
from integrations.errors import Unknown
from tests.hostile.liar import LONGEST, Liar, reply, whole


class Tired(Liar):
    """Answers `patience` requests on a line, and hangs up on the next one without a word; `lines` were opened."""

    def __init__(self, patience: int) -> None:
        super().__init__(whole(reply(b"{}")))
        self.patience, self.lines = patience, 0

    def _talk(self, line: socket.socket) -> None:
        self.lines += 1
        with line, suppress(OSError):
            for _ in range(self.patience):
                self.answer(line)
            line.recv(LONGEST)


@pytest.fixture
def tired() -> Iterator[Tired]:
    made = Tired(patience=1)
    yield made
    made.close()


def calls(url: str) -> http.Http:
    return http.Http(http.session(url), url, frozenset({"127.0.0.1"}))


def test_a_line_is_kept_from_call_to_call(tired: Tired) -> None:
    tired.patience = 100
    to = calls(tired.url)
    for _ in range(10):
        assert to.send("GET", "/").status_code == 200
    assert tired.lines == 1


def test_a_line_that_was_idle_is_not_trusted(tired: Tired, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(wire, "monotonic", lambda: now)
    to = calls(tired.url)
    assert to.send("POST", "/").status_code == 200
    now += wire.KEPT_S
    assert to.send("POST", "/").status_code == 200, "on a line of its own"
    assert tired.lines == 2
    now += wire.KEPT_S / 2
    with pytest.raises(Unknown):
        to.send("POST", "/")
