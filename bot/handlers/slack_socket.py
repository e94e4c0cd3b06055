"""What comes by Socket Mode, for the same listeners as /slack/events: acknowledged when it is committed, not before."""

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

from anyio import to_thread
from fastapi import FastAPI
from slack_bolt import App, BoltRequest, BoltResponse

from bot import wiring
from bot.crashpoints import crashpoint
from bot.dispatch import Heard
from bot.handlers import slack_app
from bot.handlers.desk import Counter
from bot.handlers.slack_door import readable
from bot.store.errors import Away, LostRace

if TYPE_CHECKING:
    from integrations.slack.socket_mode import SocketMode, Told

log = logging.getLogger(__name__)
OK = 200
COMMANDS = "slash_commands"


def listening(counter: Counter, bolt: App) -> "SocketMode | None":
    """Not started yet; None when the settings say that Slack calls us."""
    app_id = counter.front.settings.slack_app_id

    def take(told: "Told") -> dict[str, Any] | None:
        payload = {"type": "command", **told.payload} if told.kind == COMMANDS else dict(told.payload)
        if not readable(payload) or payload.get("api_app_id", app_id) != app_id:
            log.warning("an envelope was not taken: not a payload of Slack for this app")
            return None
        crashpoint("receive.verified")
        answer, heard = slack_app.dispatched(bolt, _request(told))
        if heard is not None and not _written(counter, heard):
            return None
        return _answer(answer)

    return wiring.socket_mode(counter.front.settings, take)


def living(socket: "SocketMode") -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """The line is open as long as the web process runs."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        socket.start()
        try:
            yield
        finally:
            await to_thread.run_sync(socket.stop)

    return life


def _written(counter: Counter, heard: Heard) -> bool:
    try:
        counter.hear(heard).result()
    except (Away, LostRace) as no:
        log.warning("an envelope was not taken: %s", no)
        return False
    return True


def _request(told: "Told") -> BoltRequest:
    headers = {"x-slack-retry-num": [str(told.again)], "x-slack-retry-reason": [told.why]} if told.again else {}
    return BoltRequest(mode="socket_mode", body=dict(told.payload), headers=cast(dict[str, Any], headers))


def _answer(answer: BoltResponse) -> dict[str, Any] | None:
    """As Bolt's own adapter has it; anything but a yes is no acknowledgement."""
    if answer.status != OK:
        return None
    if not answer.body:
        return {}
    kind = (answer.headers.get("content-type") or [""])[0]
    told = json.loads(answer.body) if kind.startswith("application/json") else {"text": answer.body}
    return told if isinstance(told, dict) else {}
