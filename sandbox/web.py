"""Runs a handler of plain calls as a web application, on a free loopback port, in a thread."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
BODY_LIMIT = 64 * 1024 * 1024
HANG_UP = b"x-sandbox-hang-up"


@dataclass(frozen=True, slots=True)
class Call:
    """`path` is as sent, still percent-encoded; header names are in lower case."""

    method: str
    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """`hang_up` drops the connection instead of answering: the caller cannot know what happened.

    `drip_s` sends the body byte by byte, with that many seconds between two of them.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    hang_up: bool = False
    drip_s: float = 0


def json_reply(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status, json.dumps(value).encode(), headers or {})


Handler = Callable[[Call], Reply]


def _dripping(reply: Reply) -> Iterator[bytes]:
    for at in range(len(reply.body)):
        time.sleep(reply.drip_s)
        yield reply.body[at : at + 1]


async def _read(request: Request) -> Call:
    body = bytearray()
    async for chunk in request.stream():
        if len(body) <= BODY_LIMIT:
            body += chunk
    headers = {name.lower(): value for name, value in request.headers.items()}
    path = request.scope["raw_path"].decode("ascii", "replace")
    return Call(request.method, path, dict(request.query_params), headers, bytes(body))


def application(handler: Handler) -> Starlette:
    async def answer(request: Request) -> Response:
        call = await _read(request)
        reply = Reply(413) if len(call.body) > BODY_LIMIT else await run_in_threadpool(handler, call)
        headers = dict(reply.headers) | ({HANG_UP.decode(): "1"} if reply.hang_up else {})
        if reply.drip_s:
            return StreamingResponse(_dripping(reply), reply.status, headers, reply.media_type)
        return Response(reply.body, reply.status, headers, reply.media_type)

    return Starlette(routes=[Route("/{path:path}", answer, methods=METHODS)])


class _HangsUp:
    """uvicorn has no word for a reply that never comes, so its transport is cut."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle: Any = getattr(receive, "__self__", None)

        async def sending(message: Message) -> None:
            headers = dict(message.get("headers", ()))
            if HANG_UP in headers:
                cycle.transport.abort()
                cycle.disconnected = True
            await send(message)

        await self._app(scope, receive, sending)


class WebServer:
    """`skew_s` is how far its clock is ahead, as its Date headers tell."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self.skew_s = 0
        self._app = self._dated(_HangsUp(app))
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        if not self._port:
            raise RuntimeError("not started yet: the port is not known")
        return f"http://{HOST}:{self._port}"

    def _dated(self, app: ASGIApp) -> ASGIApp:
        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    date = formatdate(time.time() + self.skew_s, usegmt=True).encode()
                    message = {**message, "headers": [*message.get("headers", ()), (b"date", date)]}
                await send(message)

            await app(scope, receive, sending)

        return answer

    def start(self) -> None:
        """Connections are accepted from here on; a second start takes the same port."""
        bound = socket.create_server((HOST, self._port), backlog=128)
        self._port = bound.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            date_header=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([bound],), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(timeout=5)
        self._server = self._thread = None


@dataclass(frozen=True, slots=True)
class Served:
    """A line of a server's journal."""

    method: str
    path: str
    status: int
