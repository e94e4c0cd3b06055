"""A phone that opens Countersign's pages: it shows them in a frame, which a page of its own may not be."""

import requests

from sandbox.page.stage import Stage
from sandbox.web import Call, Reply, WebServer, application

FRAMED = "frame-ancestors http://127.0.0.1:* http://localhost:*"
PASSED_ON = ("accept", "accept-language", "content-type", "cookie", "user-agent")
PASSED_BACK = ("content-type", "content-disposition", "location", "set-cookie", "referrer-policy")
TIMEOUT_S = 20
OUT_OF_RANGE = b"<!DOCTYPE html><title>No answer</title><p>This page does not answer at the moment.</p>"


class Phone:
    """Its own origin, so that what is framed cannot reach into the sandbox's page."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._web = WebServer(application(self.answer))

    @property
    def url(self) -> str:
        return self._web.url

    def start(self) -> None:
        self._web.start()

    def stop(self) -> None:
        self._web.stop()

    def answer(self, call: Call) -> Reply:
        """Only the pages of people outside."""
        if not call.path.startswith("/p/") or call.method not in ("GET", "HEAD", "POST"):
            return Reply(404, b"Not Found", media_type="text/plain")
        home = self._stage.town.url
        sent = {name: call.headers[name] for name in PASSED_ON if name in call.headers}
        try:
            got = requests.request(
                call.method, f"{home}{call.path}", params=dict(call.parameters), headers=sent, data=call.body or None,
                timeout=TIMEOUT_S, allow_redirects=False,
            )  # fmt: skip
        except requests.RequestException:
            return Reply(504, OUT_OF_RANGE, media_type="text/html; charset=utf-8")
        return self._told(got, home)

    def _told(self, got: requests.Response, home: str) -> Reply:
        headers = {name: got.headers[name] for name in PASSED_BACK if name in got.headers}
        policy = got.headers.get("Content-Security-Policy", "default-src 'none'")
        headers["content-security-policy"] = policy.replace("frame-ancestors 'none'", FRAMED)
        if "location" in headers:
            headers["location"] = headers["location"].removeprefix(home)
        media = headers.pop("content-type", "text/plain")
        return Reply(got.status_code, got.content, headers, media)
