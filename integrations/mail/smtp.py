"""Mail over SMTP, step by step, so that we know whether a letter can have gone."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Timer
from urllib.parse import unquote, urlsplit

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.http import RETRY_AFTER_S, TIMEOUT_S
from integrations.mail.message import Sender, address, encoded
from integrations.mail.port import Letter

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
WHOLE_S = 25  # of a conversation; TIMEOUT_S is the longest silence in it
NO_CREDENTIALS = frozenset({530, 534, 535, 538})
OK, WILL_FORWARD, GO_ON = 250, 251, 354
DOT = re.compile(rb"^\.", re.MULTILINE)


class SmtpMail:
    """`url` is smtp://host:port, smtp+starttls://user:password@host:587 or smtps://user:password@host.

    `sender` is an address, or `Name <address>`. Without `now` the letters bear no Date: the first server sets it
    (RFC 6409, 8.2). `tls` says whom to trust; the system's authorities when left out.
    """

    def __init__(
        self,
        url: str,
        sender: str,
        now: Callable[[], datetime] | None = None,
        tls: ssl.SSLContext | None = None,
        deadline_s: float = WHOLE_S,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("the mail server is smtp://, smtp+starttls:// or smtps://, and a host")
        if parts.scheme == "smtp" and parts.username:
            raise ValueError("a password for mail goes over smtp+starttls:// or smtps:// only")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender = Sender.parse(sender)
        self._now = now
        self._deadline_s, self._silence_s = deadline_s, min(deadline_s, TIMEOUT_S)
        self._tls = tls or ssl.create_default_context()

    def send(self, letter: Letter) -> None:
        """One try. An Unknown letter may have gone: its Message-ID tells, never a second sending."""
        data = encoded(letter, self._sender, self._now() if self._now else None)
        with self._conversation() as server:
            with _nothing_sent():
                self._prepare(server, address(letter.to_address))
            _hand_over(server, data)
            with suppress(OSError):
                server.putcmd("quit")

    def greet(self) -> None:
        """As for a letter, up to the name of its sender; nothing is sent. Raises our errors."""
        with self._conversation() as server, _nothing_sent():
            self._enter(server)
            with suppress(OSError):
                server.putcmd("quit")

    @contextmanager
    def _conversation(self) -> Iterator[smtplib.SMTP]:
        with _nothing_sent():
            server = self._connect()
        end = Timer(self._deadline_s, _cut, (server,))
        end.daemon = True
        end.start()
        try:
            yield server
        finally:
            end.cancel()
            server.close()

    def _connect(self) -> smtplib.SMTP:
        try:
            if self._scheme == "smtps":
                return smtplib.SMTP_SSL(
                    self._host, self._port, self._sender.domain, timeout=self._silence_s, context=self._tls
                )
            return smtplib.SMTP(self._host, self._port, self._sender.domain, timeout=self._silence_s)
        except smtplib.SMTPConnectError as no:  # said of the server, not of the letter
            raise Busy(str(no.smtp_code), RETRY_AFTER_S) from None

    def _prepare(self, server: smtplib.SMTP, recipient: str) -> None:
        self._enter(server)
        _expect(OK, server.rcpt(recipient))
        _expect(GO_ON, server.docmd("data"))

    def _enter(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self._scheme == "smtp+starttls":
            server.starttls(context=self._tls)
            server.ehlo_or_helo_if_needed()
        if self._user:
            server.login(self._user, self._password)
        _expect(OK, server.mail(self._sender.address))


def _hand_over(server: smtplib.SMTP, data: bytes) -> None:
    """From here on the server may have the letter, until it says no."""
    try:
        server.send(DOT.sub(b"..", data) + b".\r\n")
        code, _ = server.getreply()
    except OSError as lost:
        raise Unknown(type(lost).__name__) from None
    if code != OK:
        raise verdict(code)


def verdict(code: int) -> Exception:
    """Of a reply that is no yes (RFC 5321, 4.2.1)."""
    if code in NO_CREDENTIALS:
        return Unauthorised(str(code))
    if 400 <= code < 500:
        return Busy(str(code), RETRY_AFTER_S)
    return Refused(str(code)) if 500 <= code < 600 else Unknown("malformed")


@contextmanager
def _nothing_sent() -> Iterator[None]:
    """The letter has not left: what goes wrong here can be tried again."""
    try:
        yield
    except smtplib.SMTPNotSupportedError:
        raise Unauthorised("not_supported") from None
    except smtplib.SMTPResponseException as no:
        raise verdict(no.smtp_code) from None
    except ssl.SSLCertVerificationError:
        raise Unauthorised("certificate") from None
    except Unknown as odd:
        raise Busy(str(odd), RETRY_AFTER_S) from None
    except OSError:
        raise Busy("unreachable", RETRY_AFTER_S) from None


def _expect(wanted: int, reply: tuple[int, bytes]) -> None:
    code = reply[0]
    if code != wanted and not (wanted == OK and code == WILL_FORWARD):
        raise verdict(code)


def _cut(server: smtplib.SMTP) -> None:
    """Past TLS, whose own shutdown would wait for the other side."""
    if server.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(server.sock, socket.SHUT_RDWR)
