"""Socket Mode: the lines that an app has opened, and what is told over them until it is acknowledged."""

import json
import secrets
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sandbox.slack.errors import Json

if TYPE_CHECKING:
    from websockets.sync.server import Server, ServerConnection

HOST = "127.0.0.1"
MOST_LINES = 10


@dataclass(slots=True)
class Waiting:
    """For the acknowledgement of one envelope."""

    done: threading.Event = field(default_factory=threading.Event)
    payload: Any = None


class SocketDoor:
    """Each address that is given out opens one line. Of several open lines, each is told something in its turn."""

    def __init__(self, app_id: str) -> None:
        self.app_id = app_id
        self.opened = 0
        self.told: list[str] = []  # the kinds, in their order, as often as they were told
        self._lines: deque[ServerConnection] = deque()
        self._tickets: set[str] = set()
        self._waiting: dict[str, Waiting] = {}
        self._lock = threading.Condition()
        self._server: Server | None = None
        self._port = 0

    def _listen(self) -> None:
        """Only when an app asks for a line: few do."""
        from websockets.sync.server import serve

        self._server = serve(self._answer, HOST, self._port, ping_interval=None)
        self._port = self._server.socket.getsockname()[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self.drop()
            self._server.shutdown()
            self._server = None

    def address(self) -> str:
        """Good for one line."""
        ticket = secrets.token_urlsafe(16)
        with self._lock:
            if self._server is None:
                self._listen()
            self._tickets.add(ticket)
        return f"ws://{HOST}:{self._port}/link/?ticket={ticket}&app_id={self.app_id}"

    @property
    def lines(self) -> int:
        return len(self._lines)

    def tell(self, kind: str, payload: Json, seconds: float, again: int = 0, why: str = "") -> tuple[bool, Any]:
        """Whether it was acknowledged in time, and with what. ConnectionError: there is no line."""
        envelope_id, waiting = secrets.token_hex(16), Waiting()
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": again, "retry_reason": why}
        with self._lock:
            self._waiting[envelope_id] = waiting
            self.told.append(kind)
        end = time.monotonic() + seconds
        self._send(json.dumps(envelope), end)
        done = waiting.done.wait(max(end - time.monotonic(), 0))
        with self._lock:
            self._waiting.pop(envelope_id, None)
        return done, waiting.payload

    def ask_to_leave(self, reason: str = "refresh_requested") -> None:
        """Slack's word before it closes a line: a new one is to be opened. Nothing more is told over the old one."""
        with self._lock:
            leaving = list(self._lines)
            self._lines.clear()
        for line in leaving:
            line.send(json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}))

    def drop(self) -> None:
        """Cut, without a word."""
        for line in list(self._lines):
            line.socket.close()

    def _send(self, text: str, end: float) -> None:
        """Over the line whose turn it is; one that is gone is left out, and one that is about to come is waited for."""
        from websockets.exceptions import ConnectionClosed

        while True:
            with self._lock:
                if not self._lock.wait_for(lambda: self._lines, max(end - time.monotonic(), 0)):
                    raise ConnectionError("no line is open")
                self._lines.rotate(-1)
                line = self._lines[0]
            try:
                line.send(text)
                return
            except (ConnectionClosed, OSError):
                self._gone(line)

    def _answer(self, line: "ServerConnection") -> None:
        from websockets.exceptions import ConnectionClosed

        if not self._admitted(line):
            line.close(4000, "not admitted")
            return
        try:
            line.send(json.dumps(self._hello()))
            for text in line:
                self._acknowledged(json.loads(text))
        except (ConnectionClosed, OSError, ValueError):
            return
        finally:
            self._gone(line)

    def _admitted(self, line: "ServerConnection") -> bool:
        path = line.request.path if line.request else ""
        ticket = (parse_qs(urlsplit(path).query).get("ticket") or [""])[0]
        with self._lock:
            good = ticket in self._tickets and len(self._lines) < MOST_LINES
            self._tickets.discard(ticket)
            if good:
                self._lines.append(line)
                self._lock.notify_all()
                self.opened += 1
        return good

    def _hello(self) -> Json:
        info = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        connection = {"app_id": self.app_id}
        return {"type": "hello", "num_connections": self.lines, "connection_info": connection, "debug_info": info}

    def _acknowledged(self, told: Json) -> None:
        with self._lock:
            waiting = self._waiting.get(str(told.get("envelope_id")))
        if waiting is not None:
            waiting.payload = told.get("payload")
            waiting.done.set()

    def _gone(self, line: "ServerConnection") -> None:
        with self._lock:
            if line in self._lines:
                self._lines.remove(line)
