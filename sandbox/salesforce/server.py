"""Salesforce on the wire: tokens first, then the REST API, each fault at its place."""

import json
import re
import threading
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from sandbox.faults import spoilt
from sandbox.salesforce.asking import Asked, Said
from sandbox.salesforce.errors import Rejected, not_found
from sandbox.salesforce.oauth import Sessions
from sandbox.salesforce.org import Org
from sandbox.salesforce.rest import Rest
from sandbox.web import Call, Reply, Served, WebServer, application, json_reply

VERSIONS = range(45, 69)
API = re.compile(r"/services/data/v(\d+)\.0(/.*)?")
SOAP = re.compile(r"/services/Soap/[uc]/(\d+)\.0(?:/\w+)?")
IDENTITY = re.compile(r"/id/\w+/(\w{15}|\w{18})")
Fault = Literal[
    "fail", "busy", "limit", "throttle", "conflict", "disabled", "lock", "expire", "hang_up", "slow", "half", "html"
]


SPOILT = ("hang_up", "slow", "half", "html")


@dataclass(frozen=True, slots=True)
class Refusal:
    status: int
    code: str
    retry_after_s: int = 0


REFUSALS: dict[str, Refusal] = {
    "fail": Refusal(500, "UNKNOWN_EXCEPTION"),
    "busy": Refusal(503, "SERVER_UNAVAILABLE", 7),
    "limit": Refusal(403, "REQUEST_LIMIT_EXCEEDED"),
    "throttle": Refusal(429, "REQUEST_LIMIT_EXCEEDED", 11),
    "conflict": Refusal(409, "CONFLICT"),
    "disabled": Refusal(403, "API_DISABLED_FOR_ORG"),
    "lock": Refusal(400, "UNABLE_TO_LOCK_ROW"),
}


class SalesforceServer:
    """Fault switch for the next API calls: `expire` forgets every token; the others are those of sandbox.faults, with
    Salesforce's own words."""

    def __init__(self, org: Org, client_id: str, client_secret: str) -> None:
        self.org = org
        self.served: list[Served] = []
        self.sessions = Sessions(org, client_id, client_secret)
        self.rest = Rest(org)
        self._faults: list[tuple[Fault, str]] = []
        self._lock = threading.Lock()
        self._web = WebServer(application(self.answer))

    @property
    def url(self) -> str:
        return self._web.url

    def skew(self, seconds: int) -> None:
        """From now on its clock is that far ahead of everybody's."""
        self._web.skew_s = seconds

    def start(self) -> None:
        self._web.start()

    def stop(self) -> None:
        self._web.stop()

    def fault(self, kind: Fault, times: int = 1, at: str = "") -> None:
        """For the next calls whose path has `at` in it."""
        with self._lock:
            self._faults.extend([(kind, at)] * times)

    def mend(self) -> None:
        """No fault is left."""
        with self._lock:
            self._faults.clear()

    def answer(self, call: Call) -> Reply:
        with self._lock:
            try:
                reply = self._answer(call)
            except Rejected as no:
                reply = json_reply([no.entry()], no.status)
            self.served.append(Served(call.method, call.path, 0 if reply.hang_up else reply.status))
            return reply

    def _answer(self, call: Call) -> Reply:
        if call.method == "POST" and call.path == "/services/oauth2/token":
            return self.sessions.token(call, self.url)
        if call.path == "/services/oauth2/revoke":
            return self.sessions.revoke(call)
        if call.method == "POST" and (soap := SOAP.fullmatch(call.path)) is not None:
            return self.sessions.soap_login(call, int(soap[1]), self.url)
        if call.path.rstrip("/") == "/services/data":
            return json_reply(
                [{"label": f"v{n}", "url": f"/services/data/v{n}.0", "version": f"{n}.0"} for n in VERSIONS]
            )
        return self._asked(call)

    def _asked(self, call: Call) -> Reply:
        found, identity = API.fullmatch(call.path), IDENTITY.fullmatch(call.path)
        told = call.path == "/services/oauth2/userinfo" or identity is not None
        if not told and (found is None or int(found[1]) not in VERSIONS):
            raise not_found()
        fault = self._fault_of(call)
        if fault == "expire":
            self.sessions.by_token.clear()
        who = self.sessions.who(call)
        if who is None:
            raise Rejected("INVALID_SESSION_ID", "Session expired or invalid", status=401)
        self.rest.calls += 1
        if (no := REFUSALS.get(fault or "")) is not None:
            return self._counted(_refused(no))
        if found is None:
            return json_reply(self.sessions.identity(identity[1] if identity else who, self.url))
        if not (found[2] or "").strip("/"):
            return self._counted(json_reply(self.rest.resources(self.sessions.identity(who, self.url)["id"])))
        asked = Asked(call.method, found[2], dict(call.parameters), _json(call), who, call.headers)
        try:
            said = self._counted(_reply(self.rest.answer(asked)))
        except Rejected as rejected:
            said = self._counted(json_reply([rejected.entry()], rejected.status))
        return spoilt(fault if fault in SPOILT else "none", lambda: said)

    def _fault_of(self, call: Call) -> Fault | None:
        due = next((fault for fault in self._faults if fault[1] in call.path), None)
        if due is None:
            return None
        self._faults.remove(due)
        return due[0]

    def _counted(self, reply: Reply) -> Reply:
        return replace(reply, headers={**reply.headers, "Sforce-Limit-Info": self.rest.usage})


def _refused(no: Refusal) -> Reply:
    headers = {"Retry-After": str(no.retry_after_s)} if no.retry_after_s else {}
    return json_reply([Rejected(no.code, "told to say so", status=no.status).entry()], no.status, headers)


def _reply(said: Said) -> Reply:
    headers = {"Location": said.location} if said.location else {}
    if said.raw is not None:
        return Reply(said.status, said.raw, media_type="application/octet-stream")
    return Reply(said.status, headers=headers) if said.body is None else json_reply(said.body, said.status, headers)


def _json(call: Call) -> Any:
    if not call.body:
        return None
    try:
        return json.loads(call.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise Rejected("JSON_PARSER_ERROR", "Unexpected character in the body") from None
