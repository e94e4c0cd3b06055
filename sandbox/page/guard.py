"""Who may come in, and which headers every answer carries."""

from collections.abc import Callable
from urllib.parse import urlparse

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = frozenset({"127.0.0.1", "localhost"})
ALWAYS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store"}


class Guard:
    """Who comes by another name, or from another page, is turned away. `policy` is of answers that bring none."""

    def __init__(self, app: ASGIApp, policy: Callable[[], str]) -> None:
        self._app, self._policy = app, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", self._policy())
                headers.update(ALWAYS)
            await send(message)

        if _local(Headers(scope=scope)):
            await self._app(scope, receive, sending)
        else:
            turned_away = PlainTextResponse("Only from this machine, and from this page.", 403)
            await turned_away(scope, receive, sending)


def _local(headers: Headers) -> bool:
    here = headers.get("host", "")
    return urlparse(f"//{here}").hostname in LOCAL and headers.get("origin") in (None, f"http://{here}")
