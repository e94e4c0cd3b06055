"""Are our own doors open where the settings say that they are? Knocked at as Slack would."""

import json
from collections.abc import Iterator
from typing import Any

import requests

from bot import wiring
from integrations import http
from integrations.errors import Busy, Refused, Unknown
from integrations.finding import Finding, fine, note, wrong
from integrations.slack.signature import signed_headers

CHALLENGE = "countersign-doctor"
START = "Start it: `countersign up`; then look again"
PROXY = "Let the proxy or load balancer of PUBLIC_URL lead to WEB_HOST:PORT of this machine"
TRIED = (OSError, Busy, Refused, Unknown, ValueError)


def look(of: wiring.Settings) -> Iterator[Finding]:
    """Whether it runs here; whether its address leads here; whether it takes what Slack's secret signs."""
    here = _healthy(f"http://{of.web_host}:{of.port}")
    there = _healthy(of.public_url)
    yield fine("web", "runs") if here else note("web", f"does not run on {of.web_host}:{of.port}", START)
    if there:
        yield fine("web.public_url", f"{of.public_url} leads here")
        if of.slack_app_token is None:
            yield _challenged(of)
    elif here:
        yield wrong("web.public_url", f"nothing answers at {of.public_url}, seen from here", PROXY)
    else:
        yield note("web.public_url", f"nothing answers at {of.public_url}", START)
    if of.slack_app_token is None:
        yield _secret()


def _secret() -> Finding:
    return note(
        "slack.signing_secret",
        "Slack gives no way to ask whether the secret is its own",
        "Type `/deal help` in Slack: if it answers, it is; else copy it from Basic Information > Signing Secret",
    )


def _challenged(of: wiring.Settings) -> Finding:
    """Slack's own question when a request URL is set."""
    body = json.dumps({"type": "url_verification", "challenge": CHALLENGE, "api_app_id": of.slack_app_id}).encode()
    now = int(wiring.system_clock().now().timestamp())
    headers = signed_headers(of.slack_signing_secret.get_secret_value(), body, now)
    try:
        reply = _call("POST", of.public_url, "/slack/events", headers=headers, data=body)
        answered = reply.ok and CHALLENGE in reply.text
    except TRIED:
        answered = False
    if answered:
        return fine("slack.door", "takes what our signing secret signs, and refuses the rest")
    mend = "Start the processes anew with these settings: those that run have others"
    return wrong("slack.door", "the running process does not take our signing secret", mend)


def _healthy(url: str) -> bool:
    try:
        return _call("GET", url, "/healthz").ok
    except TRIED:
        return False


def _call(method: str, url: str, path: str, **kwargs: Any) -> requests.Response:
    return http.call(http.session(url).request, method, url + path, **kwargs)
