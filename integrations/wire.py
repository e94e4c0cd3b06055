"""Under every session: a call ends at its deadline whatever the other side does, and only allowed addresses are called.

The time limits of requests are for each read: a server that drips one byte a second would hold a call for hours.
"""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from http.cookiejar import DefaultCookiePolicy
from threading import Lock, Timer
from time import monotonic
from types import TracebackType
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from integrations.errors import Refused

KEPT_S = 2.0  # as long as gunicorn keeps an idle line; uvicorn 5, nginx and ALB 60 and more

_CURRENT: ContextVar["Watch | None"] = ContextVar("watch", default=None)


class Watch:
    """Cuts the connection of the call inside it after `seconds`; `over` says that it did."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._lock = Lock()
        self._line: socket.socket | None = None
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Watch":
        self._outer = _CURRENT.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        _CURRENT.reset(self._outer)
        self._hold(None)

    def see(self, line: Any) -> None:
        """A second hand on the same connection, which stays good while TLS takes the first one over."""
        self._hold(socket.socket(fileno=os.dup(line.fileno())))
        if self.over:
            self._cut()

    def _hold(self, line: socket.socket | None) -> None:
        with self._lock:
            if self._line is not None:
                self._line.close()
            self._line = line

    def _cut(self) -> None:
        self.over = True
        with self._lock, suppress(OSError):
            if self._line is not None:
                self._line.shutdown(socket.SHUT_RDWR)


def _seen(line: Any) -> None:
    if line is not None and (watch := _CURRENT.get()) is not None:
        watch.see(line)


class _Seen(HTTPConnection):
    """New lines are seen before anything is said on them, kept ones before they are used again.

    A line that was idle for `KEPT_S` is not used again: the other side may be hanging up at that very moment, and then
    nobody knows whether the request was carried out (RFC 9112, 9.5).
    """

    idle_since = 0.0

    @property
    def is_connected(self) -> bool:
        return monotonic() - self.idle_since < KEPT_S and super().is_connected

    def _new_conn(self) -> socket.socket:
        line = super()._new_conn()
        _seen(line)
        return line

    def putrequest(self, method: str, url: str, skip_host: bool = False, skip_accept_encoding: bool = False) -> None:
        _seen(self.sock)
        super().putrequest(method, url, skip_host, skip_accept_encoding)


class _SeenTls(_Seen, HTTPSConnection):
    pass


class _Idle:
    def _put_conn(self, conn: Any) -> None:
        if conn is not None:
            conn.idle_since = monotonic()
        super()._put_conn(conn)  # type: ignore[misc]


class _Pool(_Idle, HTTPConnectionPool):
    ConnectionCls = _Seen


class _TlsPool(_Idle, HTTPSConnectionPool):
    ConnectionCls = _SeenTls


class Guarded(HTTPAdapter):
    """Calls only what `allowed` says yes to; Refused before a byte, or a name to look up, has left the house."""

    def __init__(self, allowed: Callable[[str], bool]) -> None:
        self._allowed = allowed
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if not self._allowed(request.url or ""):
            raise Refused("host.not_allowed")
        return super().send(request, *args, **kwargs)


def guard(session: requests.Session, allowed: Callable[[str], bool]) -> None:
    """No redirect, no cookie, and no password of the machine's .netrc, which would replace our own header."""
    session.adapters.clear()
    for scheme in ("http://", "https://"):
        session.mount(scheme, Guarded(allowed))
    session.max_redirects = 0
    session.auth = _as_it_is
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
