"""A line to another company is used again while it is surely open, and never after that."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from integrations import http, wire
from integrations.errors import Unknown
from tests.hostile.liar import reply


@dataclass
class Tired:
    """Answers `patience` requests on a line, and hangs up on the next one without a word; `lines` were opened."""

    patience: int
    lines: int = 0
    door: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.door.accept()
                self.lines += 1
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            for _ in range(self.patience):
                if not line.recv(65_536):
                    return
                line.sendall(reply(b"{}"))
            line.recv(65_536)


@pytest.fixture
def tired() -> Iterator[Tired]:
    made = Tired(patience=1)
    threading.Thread(target=made.serve, daemon=True).start()
    yield made
    made.door.close()


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
