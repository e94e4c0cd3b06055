"""One policy for every call out: timeouts, sizes, allowed hosts, failures in our words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from math import ceil
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import HTTPError, NewConnectionError

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.wire import Watch, guard

CONNECT_S = 5
TIMEOUT_S = 10  # of silence, and of a whole call
RETRY_AFTER_S = 30
LONGEST_RETRY_AFTER_S = 3600
LARGEST_REPLY = 32 * 1024 * 1024
CHUNK = 65_536

Request = Callable[..., requests.Response]


@dataclass(frozen=True, slots=True)
class Http:
    session: requests.Session
    base_url: str
    allowed_hosts: frozenset[str]
    silence_s: float = TIMEOUT_S

    def __post_init__(self) -> None:
        if urlsplit(self.base_url).hostname not in self.allowed_hosts:
            raise ValueError(f"host not allowed: {self.base_url}")

    def send(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        """One try. Raises Busy, Refused, Unauthorised or Unknown, never with a body in it."""
        if not path.startswith("/"):
            raise ValueError(f"a path begins with a slash: {path}")
        kwargs: dict[str, Any] = {"json": body} if body is not None else {}
        url = self.base_url + path
        return checked(call(self.session.request, method, url, self.silence_s, headers=headers, **kwargs))


def session(*urls: str) -> requests.Session:
    """One that calls nothing but the origins of `urls`."""
    made, origins = requests.Session(), frozenset(origin(url) for url in urls) - {""}
    guard(made, lambda url: origin(url) in origins)
    return made


def call(request: Request, method: str, url: str, silence_s: float = TIMEOUT_S, **kwargs: Any) -> requests.Response:
    """One try of a session's `request`, whatever the status. Busy when nothing was sent, else Unknown."""
    policy: dict[str, Any] = {"timeout": (CONNECT_S, silence_s), "allow_redirects": False, "stream": True}
    try:
        with Watch(silence_s) as watch:
            return _whole(request(method, url, **kwargs, **policy), watch)
    except requests.ConnectTimeout:
        raise Busy("unreachable", RETRY_AFTER_S) from None
    except requests.ConnectionError as lost:
        if _unsent(lost):
            raise Busy("unreachable", RETRY_AFTER_S) from None
        raise Unknown(type(lost).__name__) from None
    except (requests.RequestException, HTTPError) as lost:
        if isinstance(lost, ValueError):  # a malformed request of ours: nothing left the house
            raise ValueError(type(lost).__name__) from None
        raise Unknown(type(lost).__name__) from None


def checked(reply: requests.Response) -> requests.Response:
    code = str(reply.status_code)
    match reply.status_code:
        case 429 | 503:
            raise Busy(code, waiting(reply.headers))
        case 401 | 403:
            raise Unauthorised(code)
        case status if status >= 500:
            raise Unknown(code)
        case status if status >= 300:
            raise Refused(code)
        case _:
            return reply


def json_object(reply: requests.Response) -> dict[str, Any]:
    """Of a good reply. A login page with a 200, or half an answer, tells nothing: Unknown."""
    try:
        told = reply.json()
    except (ValueError, RecursionError):
        raise Unknown("not JSON") from None
    if not isinstance(told, dict):
        raise Unknown("not an object")
    return told


def origin(url: str) -> str:
    """Scheme, host and port, to compare an address with; empty when it hides a user or has no host."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return ""
    if not parts.hostname or "@" in parts.netloc or "\\" in url or port is None:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}"


def waiting(headers: Mapping[str, str]) -> int:
    return retry_after(headers.get("Retry-After", ""), headers.get("Date", ""))


def retry_after(told: str, sent: str = "") -> int:
    """Seconds, never fewer than told, from a number or an HTTP date (RFC 9110, 10.2.3); our own wait when neither.

    A date counts from `sent`, the answer's own Date header: the other's clock is judged by itself.
    """
    try:
        seconds = float(told)
    except ValueError:
        seconds = _between(sent, told)
    return ceil(min(max(seconds, 1), LONGEST_RETRY_AFTER_S)) if seconds == seconds else RETRY_AFTER_S


def _between(sent: str, told: str) -> float:
    try:
        return (parsedate_to_datetime(told) - parsedate_to_datetime(sent)).total_seconds()
    except (TypeError, ValueError, OverflowError, IndexError):
        return RETRY_AFTER_S


def _unsent(lost: requests.ConnectionError) -> bool:
    cause = lost.args[0] if lost.args else None
    return isinstance(getattr(cause, "reason", None), NewConnectionError)


def _whole(reply: requests.Response, watch: Watch) -> requests.Response:
    """Reads the body here: one that drips must not outlive the lease, a huge one not fill the memory."""
    body = bytearray()
    while chunk := reply.raw.read1(CHUNK, decode_content=True):
        body += chunk
        if len(body) > LARGEST_REPLY:
            break
    if watch.over or len(body) > LARGEST_REPLY:
        reply.close()
        raise Unknown("reply too slow or too large")
    reply._content = bytes(body)
    return reply
