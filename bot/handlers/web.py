"""The web process: every door in one application."""

import logging
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CollectorRegistry
from starlette.exceptions import HTTPException

from bot.front import Front
from bot.handlers import (
    asking,
    mail_door,
    metrics,
    pages,
    reading,
    salesforce_door,
    slack_app,
    slack_door,
    slack_socket,
)
from bot.handlers.desk import Counter
from bot.handlers.door import PLAIN
from bot.pages import signing
from bot.store.errors import Away, LostRace
from integrations.errors import Busy, Unauthorised, Unknown

if TYPE_CHECKING:
    from integrations.slack.socket_mode import SocketMode

RETRY_S = "5"
log = logging.getLogger(__name__)


def create(front: Front) -> FastAPI:
    counter = Counter(front)
    bolt = slack_app.create(counter)
    socket = slack_socket.listening(counter, bolt)
    life = slack_socket.living(socket) if socket else None
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=life)
    app.include_router(slack_door.router(counter, bolt))
    for door in (salesforce_door, mail_door, asking, reading, pages):
        app.include_router(door.router(counter))

    _watched(app, front, socket)

    @app.exception_handler(Away)
    @app.exception_handler(LostRace)
    @app.exception_handler(Busy)
    @app.exception_handler(Unauthorised)
    @app.exception_handler(Unknown)
    def away(_request: Request, no: Exception) -> Response:
        """Nothing was acknowledged, so whoever asks again loses nothing."""
        log.warning("a request was not taken: %s", no)
        return Response(str(no), 503, {"retry-after": RETRY_S}, PLAIN)

    @app.exception_handler(reading.Closed)
    def closed(_request: Request, no: reading.Closed) -> Response:
        return reading.closed(counter, no.reason)

    @app.exception_handler(asking.Closed)
    def ended(_request: Request, no: asking.Closed) -> Response:
        return asking.closed(counter, no.reason)

    @app.exception_handler(HTTPException)
    def refused(request: Request, no: HTTPException) -> Response:
        if request.url.path.startswith("/p/") and no.status_code == 404:
            return Response(signing.lost(front.playbook), 404, pages.HEADERS, "text/html; charset=utf-8")
        return Response(str(no.detail), no.status_code, media_type=PLAIN)

    return app


def _watched(app: FastAPI, front: Front, socket: "SocketMode | None") -> None:
    """What those who watch over it ask. None of it names a deal or a person."""
    registry = CollectorRegistry(auto_describe=False)
    app.add_middleware(metrics.Measured, acks=metrics.Acks(registry))
    registry.register(metrics.Stored(front.health))
    secret = front.settings.metrics_token
    token = secret.get_secret_value() if secret is not None else None

    @app.get("/healthz")
    def alive() -> dict[str, str]:
        return {"ok": "yes", "release": front.settings.release}

    @app.get("/readyz")
    def ready() -> JSONResponse:
        found = front.health.readiness()
        told = {"ready": found.ready, "database": found.database}
        told |= {"queue": "ok" if found.queue else "degraded", "clock_beat_s": found.beat}
        if socket is not None:
            told |= {"slack": "connected" if socket.connected else "not connected"}
        return JSONResponse(told, 200 if found.ready else 503)

    @app.get("/metrics")
    def measured(request: Request) -> Response:
        if token is None:
            raise HTTPException(404)
        if not metrics.may_read(request.headers.get("authorization", ""), token):
            raise HTTPException(401, "give METRICS_TOKEN as a bearer token")
        body, kind = metrics.page(registry)
        return Response(body, headers={"content-type": kind})
