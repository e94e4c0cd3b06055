"""/api/<method>: token, scopes, limits, then the method; HTTP 200 whatever it says, and a line in the journal."""

import secrets
import time
from dataclasses import replace

from sandbox.faults import spoilt
from sandbox.slack import bodies, scopes
from sandbox.slack.args import Args
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.faults import Fault
from sandbox.slack.journal import Call as Entry
from sandbox.slack.methods.table import APP, BOT, CONFIG, METHODS
from sandbox.slack.site import Site
from sandbox.web import Call, Reply, json_reply

AFTERWARDS = frozenset({"half", "html", "lost_reply", "slow"})
BEARER = "bearer "


class RateLimited(Exception):
    def __init__(self, seconds: int | str) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def answer(site: Site, method: str, call: Call) -> Reply:
    args: Json = {}
    fault = site.faults.take(method)
    try:
        args = bodies.arguments(call)
        reply = _wanted(fault) or json_reply({"ok": True, **_done(site, method, args, call)})
        reply = _late(fault, replace(reply, headers={**reply.headers, **_headers(site)}))
        entry = Entry(method, _kept(args), reply.status == 200, _word(reply), 0 if reply.hang_up else reply.status)
    except SlackError as no:
        reply = _late(fault, json_reply(no.body(), headers=_headers(site)))
        entry = Entry(method, _kept(args), False, no.word, 0 if reply.hang_up else 200)
    except RateLimited as wait:
        reply = _rate_limited(wait.seconds)
        entry = Entry(method, _kept(args), False, "ratelimited", 429)
    site.journal.append(entry)
    return reply


def token(call: Call, args: Json) -> str:
    header = call.headers.get("authorization", "")
    return header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else str(args.get("token") or "")


def authorised(site: Site, given: str, kind: str = BOT) -> None:
    """`kind` is whose token the method takes."""
    if not given:
        raise SlackError("not_authed")
    known = {BOT: site.app.bot_token, APP: site.app.app_token, CONFIG: site.app.config_token}
    if given not in known.values():
        raise SlackError("invalid_auth")
    if given != known[kind]:
        raise SlackError("not_allowed_token_type")


def _done(site: Site, name: str, given: Json, call: Call) -> Json:
    method = METHODS.get(name)
    if method is None:
        raise SlackError("unknown_method", req_method=name)
    if name != "api.test":
        authorised(site, token(call, given), method.token)
    scopes.demand(site.app, *method.any_of)
    args = Args(_kept(given))
    with site.lock:
        if (seconds := site.limits.retry_after(name, args.text("channel"))) is not None:
            raise RateLimited(seconds)
        return method.do(site, args)


def _wanted(fault: Fault | None) -> Reply | None:
    """What the fault says instead of an answer."""
    if fault is None or fault.kind in AFTERWARDS:
        return None
    if fault.kind == "ratelimited":
        raise RateLimited(fault.retry_after)
    if fault.kind == "http_500":
        return Reply(500, b"Internal Server Error", media_type="text/plain")
    raise SlackError(fault.kind)


def _late(fault: Fault | None, reply: Reply) -> Reply:
    if fault is not None and fault.kind == "slow":
        time.sleep(fault.seconds)
    if fault is not None and fault.kind in ("half", "html"):
        return spoilt("half" if fault.kind == "half" else "html", lambda: reply)
    return replace(reply, hang_up=fault is not None and fault.kind == "lost_reply")


def _rate_limited(seconds: int | str) -> Reply:
    return json_reply({"ok": False, "error": "ratelimited"}, 429, {"Retry-After": str(seconds)})


def _headers(site: Site) -> dict[str, str]:
    return {"X-OAuth-Scopes": ",".join(sorted(site.app.scopes)), "X-Slack-Req-Id": secrets.token_hex(16)}


def _kept(args: Json) -> Json:
    return {name: value for name, value in args.items() if name != "token"}


def _word(reply: Reply) -> str:
    return "" if reply.status == 200 else f"http_{reply.status}"
