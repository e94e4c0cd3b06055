"""/salesforce/outbound/<token>: hints that a record changed; each is acknowledged once it is written down."""

import hmac

from fastapi import APIRouter, HTTPException, Response

from bot.crashpoints import crashpoint
from bot.handlers.desk import Counter
from bot.handlers.door import PLAIN, Raw, taking
from bot.streams.deal.opening import NoticeOpportunity
from bot.streams.decision import Link
from bot.streams.ids import SYSTEM, stream_id
from integrations.salesforce.outbound import ACK, BadNotice, parse


def router(counter: Counter) -> APIRouter:
    routes = APIRouter()
    front = counter.front
    wanted = front.settings.salesforce_outbound_token.get_secret_value().encode()

    @routes.post("/salesforce/outbound/{token}", openapi_extra=taking(xml={"type": "string"}))
    def outbound(token: str, body: Raw) -> Response:
        if not hmac.compare_digest(token.encode(), wanted):
            raise HTTPException(404)
        try:
            notice = parse(body, front.settings.salesforce_org_id)
        except BadNotice as bad:
            return Response(f"not taken: {bad}", 400, media_type=PLAIN)
        crashpoint("receive.verified")
        for notification, opportunity in notice.notifications:
            _notice(counter, notification, opportunity)
        return Response(ACK, media_type="text/xml; charset=utf-8")

    return routes


def _notice(counter: Counter, notification: str, opportunity: str) -> None:
    fresh = stream_id("deal", counter.front.dispatcher.mint())
    command = NoticeOpportunity(stream_id=fresh, actor=SYSTEM, opportunity_id=opportunity)
    key = f"salesforce.outbound:{notification}"
    counter.give(command, key, Link("salesforce.opportunity", opportunity))
