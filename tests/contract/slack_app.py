"""A small app of its own: a web server that checks every signature with the vendor's SDK and answers as it is told."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier

Json = dict[str, Any]
Answer = tuple[int, object]


class SmallApp:
    """`got`: the body of each request with a good signature; `answer` makes what is said to it."""

    def __init__(self, signing_secret: str) -> None:
        self.got: list[Json] = []
        self.headers: list[dict[str, str]] = []
        self.unsigned = 0
        self.answer: Callable[[Json], Answer] = lambda body: (200, "")
        self._verifier = SignatureVerifier(signing_secret)
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/slack/events"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def take(self, raw: bytes, headers: dict[str, str]) -> Answer:
        if not self._verifier.is_valid_request(raw, headers):
            self.unsigned += 1
            return 401, ""
        body = _parsed(raw, headers)
        self.got.append(body)
        self.headers.append(headers)
        return self.answer(body)

    def events(self, kind: str) -> list[Json]:
        return [body["event"] for body in self.got if body.get("event", {}).get("type") == kind]

    def last(self, kind: str) -> Json:
        return next(body for body in reversed(self.got) if body.get("type") == kind)


def _parsed(raw: bytes, headers: dict[str, str]) -> Json:
    if headers["content-type"].startswith("application/json"):
        body: Json = json.loads(raw)
        return body
    form = dict(parse_qsl(raw.decode(), keep_blank_values=True))
    return dict(json.loads(form["payload"])) if "payload" in form else dict(form)


def _handler(app: SmallApp) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            status, said = app.take(raw, {name.lower(): value for name, value in self.headers.items()})
            body = said.encode() if isinstance(said, str) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if isinstance(said, str) else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    return Handler
