"""What the app is told, by signed requests or over its line: events with retries, interactions once and at once."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

import requests

from sandbox.slack import system_time
from sandbox.slack.errors import Json
from sandbox.slack.faults import Faults
from sandbox.slack.install import AppInstall
from sandbox.slack.journal import Delivery, Journal
from sandbox.slack.socket_door import SocketDoor
from sandbox.slack.work_queue import Queue

EVENTS, INTERACTIVE, COMMANDS = "events_api", "interactive", "slash_commands"
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True, slots=True)
class Reply:
    """`failed`: http_timeout, connection_failed, http_error or no_request_url."""

    status: int
    body: str
    seconds: float
    failed: str = ""
    no_retry: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    kind: str
    body: Json
    raw: bytes
    content_type: str = JSON
    channel: str = EVENTS  # as Socket Mode calls it


class Deliveries:
    def __init__(self, app: AppInstall, journal: Journal, faults: Faults, queue: Queue, socket: SocketDoor) -> None:
        self.app = app
        self.deadline = 3.0
        self.retry_spacing: tuple[float, ...] = (0, 60, 300)
        self._journal, self._faults, self._queue = journal, faults, queue
        self._sent = 0
        self._socket = socket
        self._http = requests.Session()
        self._http.trust_env = False

    def event(self, body: Json) -> None:
        """In its turn; a fault may send it twice or let the next one overtake it."""
        envelope = Envelope(f"event {body['event']['type']}", body, json.dumps(body).encode())
        self._sent += 1
        overtaken = self._faults.reorder_events and self._sent % 2
        self._queue.add(0.05 if overtaken else 0, lambda: self._attempt(envelope, 0, ""))
        if self._faults.duplicate_events:
            self._queue.add(0, lambda: self._attempt(envelope, 1, "http_timeout"))

    def form(self, kind: str, body: Json) -> Reply:
        """A slash command."""
        return self.send(Envelope(kind, body, urlencode(body).encode(), FORM, COMMANDS))

    def payload(self, body: Json) -> Reply:
        """An interaction."""
        raw = urlencode({"payload": json.dumps(body)}).encode()
        return self.send(Envelope(str(body["type"]), body, raw, FORM, INTERACTIVE))

    def _attempt(self, envelope: Envelope, attempt: int, reason: str) -> None:
        extra = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
        reply = self.send(envelope, extra)
        if not reply.failed or reply.no_retry or attempt >= len(self.retry_spacing):
            return
        wait = self.retry_spacing[attempt]
        self._queue.add(wait, lambda: self._attempt(envelope, attempt + 1, reply.failed))

    def send(self, envelope: Envelope, extra: dict[str, str] | None = None) -> Reply:
        headers = {
            "Content-Type": envelope.content_type,
            "User-Agent": AGENT,
            "Accept": "*/*",
            **(extra or {}),
        }
        started = system_time.ticks()
        attempt = int((extra or {}).get("X-Slack-Retry-Num", 0))
        if self.app.socket_mode:
            reply = self._told(envelope, attempt, (extra or {}).get("X-Slack-Retry-Reason", ""), started)
        else:
            reply = self._post(envelope.raw, headers | self._signed(envelope.raw), started)
        entry = Delivery(envelope.kind, envelope.body, attempt, reply.status, reply.seconds, reply.failed)
        self._journal.append(entry)
        return reply

    def _post(self, raw: bytes, headers: dict[str, str], started: float) -> Reply:
        if not self.app.request_url:
            return Reply(0, "", 0, "no_request_url", no_retry=True)
        try:
            answer = self._http.post(self.app.request_url, data=raw, headers=headers, timeout=self.deadline)
        except requests.Timeout:
            return Reply(0, "", system_time.ticks() - started, "http_timeout")
        except requests.RequestException:
            return Reply(0, "", system_time.ticks() - started, "connection_failed")
        seconds = system_time.ticks() - started
        failed = "http_timeout" if seconds > self.deadline else "" if answer.ok else "http_error"
        stop = failed == "http_error" and answer.headers.get("X-Slack-No-Retry") == "1"
        return Reply(answer.status_code, answer.text, seconds, failed, stop)

    def _told(self, envelope: Envelope, attempt: int, reason: str, started: float) -> Reply:
        """Over the app's line; what is acknowledged with a payload is the answer."""
        try:
            done, payload = self._socket.tell(envelope.channel, envelope.body, self.deadline, attempt, reason)
        except ConnectionError:
            return Reply(0, "", system_time.ticks() - started, "connection_failed")
        seconds = system_time.ticks() - started
        if not done:
            return Reply(0, "", seconds, "http_timeout")
        return Reply(200, json.dumps(payload) if payload is not None else "", seconds)

    def _signed(self, raw: bytes) -> dict[str, str]:
        at = str(system_time.seconds())
        digest = hmac.new(self.app.signing_secret.encode(), f"v0:{at}:".encode() + raw, sha256)
        return {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": "v0=" + digest.hexdigest()}

    def later(self, seconds: float, work: Callable[[], None]) -> None:
        self._queue.add(seconds, work)

    def close(self) -> None:
        self._http.close()
