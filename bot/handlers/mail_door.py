"""/mail/inbound and /mail/events: what comes back of our mails. Of an answer only that it came is kept, and whose."""

import hmac
import json
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from bot.crashpoints import crashpoint
from bot.handlers.desk import Counter
from bot.handlers.door import PLAIN, Raw, taking
from bot.streams.deal.delivery import NoticeMail
from bot.streams.ids import SYSTEM, digest
from integrations.mail.inbound import Heard, answer, events

OBJECT = {"type": "object", "required": ["from", "raw"], "properties": {"raw": {"type": "string"}}}
LIST = {"type": "array", "items": {"type": "object"}}


def router(counter: Counter) -> APIRouter:
    routes = APIRouter(prefix="/mail")
    front = counter.front

    @routes.post("/inbound", openapi_extra=taking(json=OBJECT))
    def inbound(request: Request, body: Raw) -> Response:
        told = _told(counter, request, body)
        if not isinstance(told, dict) or not isinstance(told.get("raw"), str):
            raise HTTPException(400, "give from and raw")
        heard = answer(told["raw"], str(told.get("from") or ""), front.playbook.company.domain)
        _notice(counter, heard, f"mail.inbound:{digest(told['raw'])}")
        return Response("taken", media_type=PLAIN)

    @routes.post("/events", openapi_extra=taking(json=LIST))
    def happened(request: Request, body: Raw) -> Response:
        try:
            found = events(_told(counter, request, body))
        except ValueError as no:
            raise HTTPException(400, str(no)) from None
        for heard in found:
            _notice(counter, heard, f"mail.event:{heard.key}")
        return Response("taken", media_type=PLAIN)

    return routes


def _told(counter: Counter, request: Request, body: bytes) -> Any:
    """Verified before it is read."""
    wanted = f"Bearer {counter.front.settings.mail_inbound_token.get_secret_value()}"
    given = request.headers.get("authorization", "")
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        raise HTTPException(401, "give MAIL_INBOUND_TOKEN as a bearer token")
    crashpoint("receive.verified")
    try:
        return json.loads(body.decode())
    except (ValueError, RecursionError):
        raise HTTPException(400, "not JSON") from None


def _notice(counter: Counter, heard: Heard, key: str) -> None:
    """To the deal whose mail it is about; of any other mail nothing is kept."""
    found = (counter.front.ask.stream_of("mail.message", about) for about in heard.about)
    stream = next((each for each in found if each is not None), None)
    if stream is None:
        return
    at = heard.at or counter.front.dispatcher.clock()
    counter.give(NoticeMail(stream_id=stream, actor=SYSTEM, what=heard.kind, who=heard.who, at=at), key)
