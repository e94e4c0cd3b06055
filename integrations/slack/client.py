"""slack_sdk's client over our own requests policy, and its failures in our words."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from socket import gaierror
from typing import Any
from urllib.error import URLError
from urllib.request import Request

import requests
from requests.structures import CaseInsensitiveDict
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from integrations import http
from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.http import RETRY_AFTER_S, TIMEOUT_S, call, checked, json_object, waiting

BUSY = frozenset({"org_login_required", "rate_limited", "ratelimited", "service_unavailable", "team_added_to_org"})
NO_CREDENTIALS = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout"})
MISSHAPEN = "malformed"
CODE = re.compile("[a-z_]{1,100}", re.ASCII)
PAGE = 200


class Client(WebClient):
    """The stock one follows redirects with the token in hand, and opens a connection for every call."""

    def __init__(
        self, token: str, base_url: str, session: requests.Session | None = None, deadline_s: float = TIMEOUT_S
    ) -> None:
        silence_s = max(1, min(int(deadline_s), TIMEOUT_S))
        super().__init__(token=token, base_url=base_url, timeout=silence_s, retry_handlers=[])
        self._session = session or http.session(base_url)

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        told = {"data": req.data, "headers": dict(req.header_items())}
        reply = call(self._session.request, req.get_method(), url, self.timeout, **told)
        if not _says_ok_or_not(reply):
            checked(reply)
            raise Unknown("not JSON")
        return {"status": reply.status_code, "headers": reply.headers, "body": reply.text}


def ask(method: Callable[..., SlackResponse], **args: Any) -> dict[str, Any]:
    """One call of one of the client's methods."""
    with our_words():
        answer = method(**args)
    return answer.data if isinstance(answer.data, dict) else {}


def pages(
    method: Callable[..., SlackResponse], field: str, most: int, limit: int = PAGE, **args: Any
) -> Iterator[dict[str, Any]]:
    """The entries of at most `most` pages; a page may hold fewer than `limit` and not be the last."""
    cursor = ""
    for _ in range(most):
        answer = ask(method, limit=limit, **({"cursor": cursor} if cursor else {}), **args)
        yield from entries(answer, field)
        cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


def entries(answer: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    found = answer.get(field)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def text(answer: Mapping[str, Any], *path: str) -> str:
    """A text that an ok promises. Without it the thing was done, but we have no id of it."""
    found: Any = answer
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    if not isinstance(found, str) or not found:
        raise Unknown(MISSHAPEN)
    return found


@contextmanager
def accepting(code: str) -> Iterator[None]:
    """A no that says it is so already."""
    try:
        yield
    except Refused as no:
        if str(no) != code:
            raise


@contextmanager
def our_words() -> Iterator[None]:
    try:
        yield
    except SlackApiError as no:
        answer: Any = no.response
        headers = CaseInsensitiveDict(answer.headers)
        raise verdict(answer.status_code, code_of(answer.data), headers) from None
    except URLError as lost:
        if isinstance(lost.reason, (ConnectionRefusedError, gaierror)):
            raise Busy("unreachable", RETRY_AFTER_S) from None
        raise Unknown(type(lost.reason).__name__) from None
    except (OSError, HTTPException) as lost:
        raise Unknown(type(lost).__name__) from None


def verdict(status: int, code: str, headers: Mapping[str, str]) -> Exception:
    """Of an answer that says no. Slack says it with a 200, and the reason in `error`."""
    if code in BUSY or status in (429, 503):
        return Busy(code, waiting(headers))
    if code in NO_CREDENTIALS or status == 401:
        return Unauthorised(code)
    if code in UNSURE or status >= 500:
        return Unknown(code)
    return Refused(code)


def code_of(data: object) -> str:
    """`error`, when it looks like a code; never words of the outside, and never a token, which has digits."""
    code = data.get("error") if isinstance(data, dict) else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else MISSHAPEN


def _says_ok_or_not(reply: requests.Response) -> bool:
    try:
        return reply.status_code < 500 and "ok" in json_object(reply)
    except Unknown:
        return False
