"""/slack/events: events, commands and interactions, for Bolt, once their signature is good."""

import json
from asyncio import wrap_future
from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from anyio import to_thread
from fastapi import APIRouter, HTTPException, Request, Response
from slack_bolt import App, BoltRequest, BoltResponse

from bot.crashpoints import crashpoint
from bot.handlers import slack_app
from bot.handlers.desk import Counter
from bot.handlers.door import Raw, plain, taking

TEXT = {"type": "string"}
EVENT = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"enum": ["event_callback", "url_verification"]},
        "team_id": TEXT,
        "api_app_id": TEXT,
        "challenge": TEXT,
        "event": {
            "type": "object",
            "properties": {"type": TEXT, "channel": TEXT, "user": TEXT, "text": TEXT, "ts": TEXT},
        },
    },
}
INTERACTION = {
    "type": "object",
    "properties": {"payload": TEXT, "command": TEXT, "text": TEXT, "user_id": TEXT, "team_id": TEXT},
}
FORM = "application/x-www-form-urlencoded"


def router(counter: Counter, bolt: App) -> APIRouter:
    routes = APIRouter()
    app_id = counter.front.settings.slack_app_id

    @routes.post("/slack/events", openapi_extra=taking(json=EVENT, form=INTERACTION))
    async def slack(request: Request, body: Raw) -> Response:
        headers = plain(request.headers)
        if not counter.front.signed(body, headers):
            raise HTTPException(401, "the signature or its time is wrong")
        crashpoint("receive.verified")
        text, payload = _read(body, headers)
        if payload.get("api_app_id", app_id) != app_id:
            raise HTTPException(403, "this is for another workspace or app")
        given = BoltRequest(body=text, headers={k: [v] for k, v in headers.items()})
        dispatched = partial(slack_app.dispatched, bolt, given)
        answer, heard = dispatched() if slack_app.asks_nobody(payload) else await to_thread.run_sync(dispatched)
        if heard is not None:
            await wrap_future(counter.hear(heard))
        return _response(answer)

    return routes


def _response(answer: BoltResponse) -> Response:
    told = {name: values[0] for name, values in answer.headers.items() if values}
    return Response(answer.body, answer.status, told)


def _read(body: bytes, headers: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """What is not a payload that Slack could send is refused here, before Bolt stumbles over it."""
    try:
        text = body.decode()
        content_type = headers.get("content-type", "")
        payload = _payload(text, content_type)
        if content_type.startswith(FORM) or "\\u" in text:
            json.dumps(payload, ensure_ascii=False).encode()  # half a character can be kept nowhere
    except (ValueError, RecursionError):
        raise HTTPException(400, "not a payload of Slack") from None
    if not isinstance(payload, dict) or not readable(payload):
        raise HTTPException(400, "not a payload of Slack")
    return text, payload


def _payload(text: str, content_type: str) -> object:
    """Nothing may be said twice: two readers could each believe another one."""
    if not content_type.startswith(FORM):
        return json.loads(text, object_pairs_hook=_once)
    fields = parse_qs(text, keep_blank_values=True, max_num_fields=100)
    if any(len(values) > 1 for values in fields.values()):
        raise ValueError("a field comes twice")
    if "payload" in fields:
        return json.loads(fields["payload"][0], object_pairs_hook=_once)
    return {"type": "command", **{name: values[0] for name, values in fields.items()}}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) != len(pairs):
        raise ValueError("a key comes twice")
    return told


def readable(payload: Mapping[str, Any]) -> bool:
    """Each kind has the parts that Bolt and our listeners rely on, of the right shape."""
    match payload.get("type"):
        case "event_callback":
            return _has(payload.get("event"), "type")
        case "block_actions":
            told = payload.get("actions")
            first = told[0] if isinstance(told, list) and told else None
            return _has(first, "action_id", "type") and _has(payload.get("user"), "id")
        case "view_submission" | "view_closed":
            return _has(payload.get("view"), "type", "id") and _has(payload.get("user"), "id")
        case "command":
            return _has(payload, "command", "user_id", "team_id")
        case _:
            return _has(payload, "type")


def _has(told: object, *names: str) -> bool:
    return isinstance(told, dict) and all(isinstance(told.get(name), str) and told[name] for name in names)
