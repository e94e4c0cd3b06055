"""Salesforce on the wire: tokens first, then the REST API, each fault at its place."""

import json
import re
import secrets
import threading
from base64 import b64decode
from binascii import Error
from collections import deque
from typing import Any, Literal
from urllib.parse import parse_qs

from sandbox.salesforce.errors import Rejected, not_found
from sandbox.salesforce.org import Org
from sandbox.salesforce.rest import Asked, Rest, Said
from sandbox.web import Call, Reply, Served, WebServer, application, json_reply

API = re.compile(r"/services/data/v\d+\.\d(/.*)")
Fault = Literal["fail", "busy", "limit", "lock", "expire", "hang_up"]
REFUSALS: dict[str, tuple[int, str]] = {
    "fail": (500, "UNKNOWN_EXCEPTION"),
    "busy": (503, "SERVER_UNAVAILABLE"),
    "limit": (403, "REQUEST_LIMIT_EXCEEDED"),
    "lock": (400, "UNABLE_TO_LOCK_ROW"),
}


class SalesforceServer:
    """Fault switch for the next API calls: `expire` forgets every token, `hang_up` does the work and says nothing."""

    def __init__(self, org: Org, client_id: str, client_secret: str) -> None:
        self.org = org
        self.served: list[Served] = []
        self._client = (client_id, client_secret)
        self._rest = Rest(org)
        self._tokens: set[str] = set()
        self._faults: deque[Fault] = deque()
        self._lock = threading.Lock()
        self._web = WebServer(application(self.answer))

    @property
    def url(self) -> str:
        return self._web.url

    def start(self) -> None:
        self._web.start()

    def stop(self) -> None:
        self._web.stop()

    def fault(self, kind: Fault, times: int = 1) -> None:
        with self._lock:
            self._faults.extend([kind] * times)

    def answer(self, call: Call) -> Reply:
        with self._lock:
            try:
                reply = self._answer(call)
            except Rejected as no:
                reply = json_reply([no.entry()], no.status)
            self.served.append(Served(call.method, call.path, 0 if reply.hang_up else reply.status))
            return reply

    def _answer(self, call: Call) -> Reply:
        if call.path == "/services/oauth2/token" and call.method == "POST":
            return self._token(call)
        found = API.fullmatch(call.path)
        if found is None:
            raise not_found()
        fault = self._faults.popleft() if self._faults else None
        if fault == "expire":
            self._tokens.clear()
        if call.headers.get("authorization", "").removeprefix("Bearer ") not in self._tokens:
            raise Rejected("INVALID_SESSION_ID", "Session expired or invalid", status=401)
        if fault in REFUSALS:
            status, code = REFUSALS[fault]
            raise Rejected(code, "told to say so", status=status)
        said = self._rest.answer(
            Asked(call.method, found[1], dict(call.parameters), _json(call), self.org.integration_id)
        )
        return Reply(hang_up=True) if fault == "hang_up" else _reply(said)

    def _token(self, call: Call) -> Reply:
        form = {name: values[0] for name, values in parse_qs(call.body.decode("utf-8", "replace")).items()}
        given = _basic(call.headers.get("authorization", "")) or (
            form.get("client_id", ""),
            form.get("client_secret", ""),
        )
        if form.get("grant_type") != "client_credentials":
            return json_reply({"error": "unsupported_grant_type", "error_description": "grant type not supported"}, 400)
        if given[0] != self._client[0] or not secrets.compare_digest(given[1].encode(), self._client[1].encode()):
            return json_reply({"error": "invalid_client", "error_description": "invalid client credentials"}, 400)
        token = f"{self.org.id}!{secrets.token_urlsafe(48)}"
        self._tokens.add(token)
        told = {"access_token": token, "instance_url": self.url, "token_type": "Bearer", "scope": "api"}
        who = f"{self.url}/id/{self.org.id}/{self.org.integration_id}"
        return json_reply({**told, "id": who, "issued_at": "0", "signature": ""})


def _reply(said: Said) -> Reply:
    if said.raw is not None:
        return Reply(said.status, said.raw, media_type="application/octet-stream")
    return Reply(said.status) if said.body is None else json_reply(said.body, said.status)


def _json(call: Call) -> Any:
    if not call.body:
        return None
    try:
        return json.loads(call.body)
    except (ValueError, RecursionError):
        raise Rejected("JSON_PARSER_ERROR", "Unexpected character in the body") from None


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, told = header.partition(" ")
    if kind != "Basic":
        return None
    try:
        name, _, word = b64decode(told, validate=True).decode().partition(":")
    except (Error, ValueError):
        return None
    return name, word
