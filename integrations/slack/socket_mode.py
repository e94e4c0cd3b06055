"""Socket Mode: Slack is called, and tells over that line what it would post to an address of ours.

By slack_sdk's own client, which pings, reconnects, and follows Slack's word to change the line. What is added here: it
goes to Slack alone, it goes on trying from the start, and an envelope is acknowledged only when `take` says so.
"""

import logging
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, NewType
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.slack.client import our_words, text

SLACK = ".slack.com"
PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
PING_S = 2.0  # a line that is silent for four of these is opened anew
HANDS = 10  # envelopes that are taken at once; more wait in their order
LOST = (Busy, Refused, Unauthorised, Unknown, OSError)
Answer = NewType("Answer", dict[str, Any])
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """`kind` is events_api, interactive or slash_commands. `again` counts the tries before; `why` is how they ended."""

    kind: str
    payload: Mapping[str, Any]
    again: int = 0
    why: str = ""


Take = Callable[[Told], dict[str, Any] | None]


class SocketMode:
    """`take` answers with what Slack is to be given back, or None when nothing was taken: then Slack tells it again."""

    def __init__(self, app_token: str, client: WebClient, take: Take, ping_s: float = PING_S) -> None:
        self._take = take
        self._stop = Event()
        self._line = _Line(app_token, client, ping_s)
        self._line.socket_mode_request_listeners.append(self._heard)
        self._first = Thread(target=self._until_connected, name="slack-socket", daemon=True)

    @property
    def connected(self) -> bool:
        return self._line.is_connected()

    def start(self) -> None:
        """Returns at once. A Slack that is away is tried again, at longer and longer intervals."""
        self._first.start()

    def stop(self) -> None:
        """What is being taken is finished first. Slack tells anything later to another line, or again."""
        self._stop.set()
        self._first.join(PAUSE_S)
        self._line.close()

    def _until_connected(self) -> None:
        """From the first line on, the client itself sees to the next."""
        pause_s = PAUSE_S
        while not self._stop.is_set():
            try:
                self._line.connect()
            except LOST as no:
                log.warning("Slack's line does not open (%s); tried again in %.0f s", no, pause_s)
            if self.connected:
                return
            self._line.wss_uri = None
            self._stop.wait(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def _heard(self, line: BaseSocketModeClient, request: SocketModeRequest) -> None:
        told = Told(request.type, request.payload, request.retry_attempt or 0, request.retry_reason or "")
        answer = self._take(told)
        if answer is not None:
            line.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer or None))


class _Line(SocketModeClient):
    def __init__(self, app_token: str, client: WebClient, ping_s: float) -> None:
        quiet = logging.getLogger(f"{__name__}.line")
        quiet.setLevel(max(logging.INFO, quiet.getEffectiveLevel()))  # at DEBUG it would write down what people said
        super().__init__(app_token, quiet, client, ping_interval=ping_s, concurrency=HANDS)
        self._near = urlsplit(client.base_url)

    def issue_new_wss_url(self) -> str:
        """A line to Slack, or to the sandbox's own machine: never to where an answer would lead us else."""
        with our_words():
            answer = self.web_client.apps_connections_open(app_token=self.app_token)
        url = text(dict(answer.data) if isinstance(answer.data, dict) else {}, "url")
        if not self._allowed(url):
            raise Refused("host.not_allowed")
        return url

    def connect(self) -> None:
        """The stock one waits for the old line to say something before it listens to the new one."""
        old = self.current_session.sock if self.current_session else None
        if old is not None:
            with suppress(OSError):  # past TLS, which would also stop the answers that are still to be sent
                socket.socket.shutdown(old, socket.SHUT_RD)
        super().connect()

    def _monitor_current_session(self) -> None:
        """The stock one tries a broken line five times before it lets go of it."""
        session = self.current_session
        if session is not None and session.consecutive_check_state_error_count:
            session.disconnect()
        super()._monitor_current_session()  # type: ignore[no-untyped-call]

    def _allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if (self._near.hostname or "").endswith(SLACK) or self._near.hostname == SLACK[1:]:
            return parts.scheme == "wss" and host.endswith(SLACK) and "@" not in parts.netloc
        return parts.scheme in ("ws", "wss") and host == self._near.hostname
