"""A mail server that keeps every letter it takes, and can be told to take none."""

import asyncio
import json
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Awaitable
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import formatdate, make_msgid
from typing import Any

import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from sandbox.mail.letters import Letter, read

HOST = "127.0.0.1"
TAKEN = "250 2.0.0 Ok"
BUSY = "450 4.2.0 Mailbox busy, try again later"
NO_SUCH = "550 5.1.1 No such mailbox"


class MailServer:
    """Nothing is de-duplicated: a letter that is sent twice lies here twice.

    `tls` offers STARTTLS, or speaks TLS from the start when `implicit`.
    """

    def __init__(self, tls: ssl.SSLContext | None = None, implicit: bool = False) -> None:
        self._tls, self._implicit = tls, implicit
        self._controller: Controller | None = None
        self._port = 0
        self._arrived = threading.Condition()
        self._letters: list[Letter] = []
        self._left: Counter[str] = Counter()
        self._refused: set[str] = set()
        self.turned_away = 0

    @property
    def url(self) -> str:
        if not self._port:
            raise RuntimeError("not started yet: the port is not known")
        scheme = "smtp" if self._tls is None else "smtps" if self._implicit else "smtp+starttls"
        return f"{scheme}://{HOST}:{self._port}"

    @property
    def letters(self) -> list[Letter]:
        """In the order in which they came."""
        with self._arrived:
            return list(self._letters)

    def start(self) -> None:
        """A second start takes the same port, and the letters are still there."""
        controller = _Controller(self, self._port, self._tls, self._implicit)
        controller.start()
        self._port = controller.port
        self._controller = controller

    def stop(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def busy(self, times: int = 1) -> None:
        """450 to the next recipients."""
        self._left["busy"] += times

    def mend(self) -> None:
        """It takes everything again; who does not exist still does not."""
        self._left.clear()

    def refuse(self, address: str) -> None:
        """550 to that recipient, for good."""
        self._refused.add(address.lower())

    def drop_reply(self, times: int = 1) -> None:
        """The next letters are taken, but nobody hears of it."""
        self._left["drop"] += times

    def wait_for(self, to: str, subject_part: str = "", timeout: float = 5.0) -> Letter:
        """The newest letter to that address, once there is one. `timeout` in seconds; raises TimeoutError."""
        until = time.monotonic() + timeout
        with self._arrived:
            while (found := self._newest(to, subject_part)) is None:
                if not self._arrived.wait(until - time.monotonic()):
                    raise TimeoutError(f"no letter to {to} with {subject_part!r}: {self._seen()}")
            return found

    @staticmethod
    def links(letter: Letter) -> tuple[str, ...]:
        return letter.links

    @staticmethod
    def send_in(url: str, token: str, sender: str, to: str, subject: str, text: str) -> int:
        """What an inbound mail service does: POST {"from", "to", "raw"} with a Bearer token. The status."""
        body = json.dumps({"from": sender, "to": to, "raw": _raw(sender, to, subject, text)})
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        with requests.Session() as session:
            session.trust_env = False
            return session.post(url, body, headers=headers, timeout=10, allow_redirects=False).status_code

    def rcpt(self, address: str) -> str:
        """What is said to a recipient; TAKEN when the letter may come."""
        if address.lower() in self._refused:
            return NO_SUCH
        if not self._spend("busy"):
            return TAKEN
        self.turned_away += 1
        return BUSY

    def take(self, letter: Letter) -> bool:
        """Whether the sender hears of it."""
        with self._arrived:
            self._letters.append(letter)
            self._arrived.notify_all()
        return not self._spend("drop")

    def _spend(self, fault: str) -> bool:
        if self._left[fault] <= 0:
            return False
        self._left[fault] -= 1
        return True

    def _newest(self, to: str, subject_part: str) -> Letter | None:
        fits = (x for x in reversed(self._letters) if x.to.lower() == to.lower() and subject_part in x.subject)
        return next(fits, None)

    def _seen(self) -> list[tuple[str, str]]:
        return [(letter.to, letter.subject) for letter in self._letters]


class _Controller(Controller):
    """The stock one cannot find a free port: it rings at the port that it was told."""

    def __init__(self, server: MailServer, port: int, tls: ssl.SSLContext | None, implicit: bool) -> None:
        self._bound = socket.create_server((HOST, port))
        offered = None if implicit else tls
        super().__init__(
            _Handler(server),
            hostname=HOST,
            port=self._bound.getsockname()[1],
            ssl_context=tls if implicit else None,
            tls_context=offered,
            require_starttls=offered is not None,
            ident="sandbox",
        )

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._bound, ssl=self.ssl_context)


class _Handler:
    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        said = self._server.rcpt(address)
        if said == TAKEN:
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = envelope.original_content or b""
        heard = [self._server.take(read(envelope.mail_from or "", to, raw)) for to in envelope.rcpt_tos]
        if not all(heard) and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return TAKEN


def _raw(sender: str, to: str, subject: str, text: str) -> str:
    message = EmailMessage(policy=POLICY.clone(cte_type="7bit"))
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="sandbox.example")
    message.set_content(text)
    return message.as_string()
