"""The page to live in: static files, one stream of what changed, acts, and the other systems' screens."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from sandbox.page import acting, controls, looking, watching
from sandbox.page.guard import Guard
from sandbox.page.phone import Phone
from sandbox.page.seen import Parts, parts
from sandbox.page.stage import Stage
from sandbox.web import WebServer

CLIENT = Path(__file__).parent.parent / "client"
MEDIA = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}  # fmt: skip
LARGEST = 1_000_000
KEEP_ALIVE_S = 15.0


class PageServer:
    """Loopback only; who comes by another name, or from another page, is turned away."""

    def __init__(self, stage: Stage, port: int = 0) -> None:
        self.stage = stage
        self.phone = Phone(stage)
        self._web = WebServer(Guard(self._application(), self.policy), port)
        self._closing = False

    @property
    def url(self) -> str:
        return self._web.url

    def start(self) -> None:
        self._closing = False
        self.phone.start()
        self._web.start()

    def stop(self) -> None:
        """Who listens is let go first."""
        self._closing = True
        time.sleep(4 * watching.EVERY_S)
        self._web.stop()
        self.phone.stop()

    def policy(self) -> str:
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
            f"connect-src 'self'; frame-src 'self' {self.phone.url}; manifest-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def _application(self) -> FastAPI:
        app = FastAPI(openapi_url=None)
        app.get("/")(lambda: self._static("index.html"))
        app.get("/client/{name}")(self._static)
        app.get("/stream")(self._stream)
        app.post("/act")(self._act)
        app.get("/see/{what}")(self._see)
        app.get("/files/{file}/{name}")(self._file)
        app.get("/letters/{number}")(self._letter)
        return app

    def _static(self, name: str) -> Response:
        path = CLIENT / name
        if path.parent != CLIENT or path.suffix not in MEDIA or not path.is_file():
            return Response("There is nothing here.", 404, media_type="text/plain")
        return Response(path.read_bytes(), media_type=MEDIA[path.suffix])

    async def _stream(self, request: Request) -> Response:
        user = request.query_params.get("as", "")
        return StreamingResponse(self._changes(user), media_type="text/event-stream")

    async def _changes(self, user: str) -> AsyncIterator[str]:
        """First everything, then each change: {"set": {part: value}, "drop": [part]}."""
        sent: Parts = {}
        marks: object = None
        since = quiet = 0.0
        while not self._closing:
            now = (*watching.marks(self.stage.town), self.stage.pokes, id(self.stage.town))
            if now != marks or since >= watching.AT_LEAST_S:
                marks, since = now, 0.0
                seen = await run_in_threadpool(parts, self.stage, user)
                if told := _difference(sent, seen):
                    sent, quiet = seen, 0.0
                    yield f"data: {told}\n\n"
            if quiet >= KEEP_ALIVE_S:
                quiet = 0.0
                yield ": still here\n\n"
            await asyncio.sleep(watching.EVERY_S)
            since += watching.EVERY_S
            quiet += watching.EVERY_S

    async def _act(self, request: Request) -> Response:
        body = await request.body()
        if len(body) > LARGEST or request.headers.get("content-type") != "application/json":
            return JSONResponse({"error": "That is not an act."}, 400)
        try:
            given = json.loads(body)
        except ValueError:
            return JSONResponse({"error": "That is not JSON."}, 400)
        status, told = await run_in_threadpool(self._do, given)
        self.stage.pokes += 1
        return JSONResponse(told, status)

    def _do(self, given: Any) -> tuple[int, dict[str, Any]]:
        if isinstance(given, dict) and given.get("act") in controls.CONTROLS:
            return controls.control(self.stage, given)
        return acting.act(self.stage, given)

    def _see(self, what: str, request: Request) -> Response:
        status, told = looking.look(self.stage, self.phone.url, what, dict(request.query_params))
        return JSONResponse(told, status)

    def _file(self, file: str, name: str, request: Request) -> Response:
        found = looking.file(self.stage, request.query_params.get("as", ""), file)
        if found is None or found.body is None:
            return Response("There is no such file.", 404, media_type="text/plain")
        shown = found.mimetype in looking.SHOWN
        headers = {"Content-Disposition": "inline" if shown else "attachment"}
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
        return Response(found.body, media_type=found.mimetype, headers=headers)

    def _letter(self, number: int, request: Request) -> Response:
        html = looking.letter(self.stage, request.query_params.get("as", ""), number)
        policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
        return Response(html, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": policy})


def _difference(sent: Parts, seen: Parts) -> str:
    """Empty when nothing differs. The values are JSON already."""
    changed = ",".join(f"{json.dumps(key)}:{value}" for key, value in seen.items() if sent.get(key) != value)
    gone = [key for key in sent if key not in seen]
    return f'{{"set":{{{changed}}},"drop":{json.dumps(gone)}}}' if changed or gone else ""
