"""The web process: every door in one application."""

import logging

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from bot.handlers import pages, salesforce_door, slack_door
from bot.handlers.desk import Counter
from bot.handlers.door import PLAIN
from bot.pages import signing
from bot.store.errors import Away, LostRace
from bot.wiring import Front

RETRY_S = "5"
log = logging.getLogger(__name__)


def create(front: Front) -> FastAPI:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    counter = Counter(front)
    for door in (slack_door, salesforce_door, pages):
        app.include_router(door.router(counter))

    @app.get("/healthz")
    def healthy() -> dict[str, str]:
        front.ask.known()
        return {"ok": "yes", "release": front.settings.release}

    @app.exception_handler(Away)
    @app.exception_handler(LostRace)
    def away(_request: Request, no: Exception) -> Response:
        """Nothing was acknowledged, so whoever asks again loses nothing."""
        log.warning("a request was not taken: %s", no)
        return Response(str(no), 503, {"retry-after": RETRY_S}, PLAIN)

    @app.exception_handler(HTTPException)
    def refused(request: Request, no: HTTPException) -> Response:
        if request.url.path.startswith("/p/") and no.status_code == 404:
            return Response(signing.lost(front.playbook), 404, pages.HEADERS, "text/html; charset=utf-8")
        return Response(str(no.detail), no.status_code, media_type=PLAIN)

    return app
