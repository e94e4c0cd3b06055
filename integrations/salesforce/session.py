"""The HTTP session under simple-salesforce, which itself has no timeout, no limit to refreshes and one fixed host."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import jwt
import requests

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.http import RETRY_AFTER_S, call, json_object, origin, waiting
from integrations.wire import guard

LONGEST_S = 25
ASSERTION_S = 180
SAFE = frozenset({"GET", "HEAD"})
VENDOR = ".salesforce.com"
PLACEHOLDER = "instance.salesforce.com"  # what simple-salesforce is told; routed to where the org really is
CODE = re.compile("[A-Z_]{1,80}|[a-z_]{1,80}", re.ASCII)  # no digits: a secret that is sent back is no code
WAITS_S = {"REQUEST_LIMIT_EXCEEDED": 300, "SERVER_UNAVAILABLE": 30, "UNABLE_TO_LOCK_ROW": 5}
MISSHAPEN = "malformed"
NO_CREDENTIALS = frozenset({"API_DISABLED_FOR_ORG", "INVALID_AUTH_HEADER", "INVALID_SESSION_ID"})


class Grant(Protocol):
    def headers(self) -> dict[str, str]: ...

    def form(self) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    client_id: str
    client_secret: str

    def headers(self) -> dict[str, str]:
        pair = f"{self.client_id}:{self.client_secret}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}

    def form(self) -> dict[str, str]:
        return {"grant_type": "client_credentials"}


@dataclass(frozen=True, slots=True)
class JwtBearer:
    """`clock` is the system's; `audience` is login.salesforce.com, test.salesforce.com or the My Domain."""

    client_id: str
    username: str
    private_key: str
    audience: str
    clock: Callable[[], float]

    def headers(self) -> dict[str, str]:
        return {}

    def form(self) -> dict[str, str]:
        until = int(self.clock()) + ASSERTION_S
        claims = {"iss": self.client_id, "sub": self.username, "aud": self.audience, "exp": until}
        assertion = jwt.encode(claims, self.private_key, algorithm="RS256")
        return {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}


@dataclass(frozen=True, slots=True)
class Token:
    bearer: str
    instance: str
    user_id: str
    org_id: str = ""


class CrmSession(requests.Session):
    """`url` is where the org answers: its My Domain, or a sandbox. Raises our errors; a good reply is JSON."""

    def __init__(self, url: str, grant: Grant, deadline_s: float = LONGEST_S) -> None:
        super().__init__()
        if not origin(url):
            raise ValueError(f"not an address: {url}")
        guard(self, self._allowed)
        self._url = url.rstrip("/")
        self._grant = grant
        self._deadline_s = deadline_s
        self._token: Token | None = None
        self._lock = Lock()

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """A token that is refused is renewed once; the repeat is the same request, with all its headers."""
        verb = str(method).upper()
        try:
            token = self.token()
            reply = self._send(verb, str(url), token, **kwargs)
            if reply.status_code == 401:
                reply = self._send(verb, str(url), self.token(stale=token), **kwargs)
            return _good(reply)
        except Unknown as lost:
            if verb in SAFE:
                raise Busy(str(lost), RETRY_AFTER_S) from None
            raise

    def token(self, stale: Token | None = None) -> Token:
        with self._lock:
            if self._token is None or self._token is stale:
                self._token = self._grant_token()
            return self._token

    def _allowed(self, url: str) -> bool:
        """Where the org is, and of a real org also the other hosts of Salesforce."""
        return origin(url) == origin(self._url) or origin(url) == origin(_instance(self._url, url))

    def _send(self, method: str, url: str, token: Token, **kwargs: Any) -> requests.Response:
        headers = {**(kwargs.pop("headers", None) or {}), "Authorization": f"Bearer {token.bearer}"}
        where = routed(url, token.instance)
        return call(super().request, method, where, self._deadline_s, headers=headers, **kwargs)

    def _grant_token(self) -> Token:
        """Asking changes nothing, so that no outcome is unknown."""
        url = self._url + "/services/oauth2/token"
        try:
            told = {"data": self._grant.form(), "headers": self._grant.headers()}
            reply = call(super().request, "POST", url, self._deadline_s, **told)
            answer = json_object(_granted(reply))
        except Unknown as lost:
            raise Busy(str(lost), RETRY_AFTER_S) from None
        instance = _instance(self._url, str(answer.get("instance_url") or ""))
        bearer = answer.get("access_token")
        if not isinstance(bearer, str) or not bearer:
            raise Busy(MISSHAPEN, RETRY_AFTER_S)
        of, _, user = str(answer.get("id") or "").rpartition("/")
        return Token(bearer, instance, user, of.rpartition("/")[2])


def routed(url: str, instance: str) -> str:
    """Whatever Salesforce host the library thinks of, the call goes to `instance`; nothing else is called."""
    parts, target = urlsplit(url), urlsplit(instance)
    if not (parts.hostname or "").endswith(VENDOR):
        raise Refused("host.not_allowed")
    return urlunsplit((target.scheme, target.netloc, parts.path, parts.query, ""))


def verdict(status: int, code: str, headers: Mapping[str, str]) -> Exception:
    """Of a no, by what it says first and by its status then."""
    if code in WAITS_S or status in (429, 503):
        told = "Retry-After" in headers
        return Busy(code, waiting(headers) if told else WAITS_S.get(code, RETRY_AFTER_S))
    if status == 401 or code in NO_CREDENTIALS:
        return Unauthorised(code)
    return Unknown(code) if status >= 500 else Refused(code)


def error_code(status: int, body: object) -> str:
    """Salesforce answers a list of errors; the first that is not an echo of another one tells the reason."""
    found = [error.get("errorCode") for error in body if isinstance(error, dict)] if isinstance(body, list) else []
    codes = [code for code in found if isinstance(code, str) and CODE.fullmatch(code)]
    return codes[0] if codes else str(status)


def _instance(url: str, told: str) -> str:
    """A real org may live on another Salesforce host than the one that gave the token; a sandbox may not."""
    if not (urlsplit(url).hostname or "").endswith(VENDOR):
        return url
    parts = urlsplit(told)
    good = parts.scheme == "https" and (parts.hostname or "").endswith(VENDOR) and bool(origin(told))
    return told if good else url


def _granted(reply: requests.Response) -> requests.Response:
    if reply.status_code in (400, 401, 403):
        body = _json(reply)
        code = body.get("error") if isinstance(body, dict) else None
        raise Unauthorised(code if isinstance(code, str) and CODE.fullmatch(code) else str(reply.status_code))
    return _good(reply)


def _good(reply: requests.Response) -> requests.Response:
    body = _json(reply)
    if reply.status_code >= 300:
        raise verdict(reply.status_code, error_code(reply.status_code, body), reply.headers)
    if body is None and reply.status_code != 204:
        raise Unknown("not JSON")
    return reply


def _json(reply: requests.Response) -> object:
    try:
        return reply.json()
    except (ValueError, RecursionError):
        return None
