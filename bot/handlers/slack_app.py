"""Bolt's app: one listener for each kind of request, each a line into our own tables."""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.dispatch import Heard
from bot.handlers import actions, commands, events, intel, readers, staff, views
from bot.handlers.desk import Counter
from bot.handlers.press import press_of, submission_of
from bot.store.errors import Away, LostRace

log = logging.getLogger(__name__)
Body = dict[str, Any]
ANY = re.compile(".*")
HEARD = "countersign.heard"  # where a listener leaves what the door is to write down


def create(counter: Counter) -> App:
    """Requests come in through our own doors, of which one has checked the signature; for whom they are is known. Bolt
    asks Slack nothing: while Slack did not say who we are, it would acknowledge what it gave to no listener."""
    app = App(
        authorize=_installed,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        process_before_response=True,
        raise_error_for_unhandled_request=False,
        attaching_conversation_kwargs_enabled=False,
    )
    _listen(app, counter)
    return app


def _installed(context: BoltContext) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=context.enterprise_id, team_id=context.team_id, user_id=context.user_id)


def dispatched(bolt: App, request: BoltRequest) -> tuple[BoltResponse, Heard | None]:
    """Bolt's answer, and what was heard: to be written down before it is given."""
    answer = bolt.dispatch(request)
    return answer, request.context.get(HEARD)


def asks_nobody(payload: Mapping[str, Any]) -> bool:
    """What the listener of a message does needs no hand of its own; any other may have to wait."""
    return bool(payload["type"] == "event_callback" and payload["event"]["type"] == "message")


def _listen(app: App, counter: Counter) -> None:
    def action(ack: Ack, body: Body) -> None:
        actions.pressed(counter, press_of(body))
        ack()

    def view(ack: Ack, body: Body) -> None:
        answer = views.submitted(counter, submission_of(body))
        ack(**(answer or {}))

    def command(ack: Ack, body: Body) -> None:
        card = commands.typed(counter, body)
        ack(text=card.text, blocks=card.blocks, response_type="ephemeral")

    def shortcut(ack: Ack, body: Body) -> None:
        intel.shortcut(counter, body)
        ack()

    app.error(_failed)
    _hear(app, counter)
    app.action(ANY)(action)
    app.view(ANY)(view)
    app.command("/deal")(command)
    app.shortcut("intel.tell")(shortcut)


def _hear(app: App, counter: Counter) -> None:
    def event(handle: Callable[[Counter, Body, Body], None]) -> Callable[..., None]:
        def listener(body: Body, event: Body) -> None:
            handle(counter, body, event)

        return listener

    def message(context: BoltContext, body: Body, event: Body) -> None:
        context[HEARD] = events.message(body, event)

    app.event("message")(message)
    app.event("app_home_opened")(event(events.home_opened))
    app.event("channel_shared")(event(readers.shared))
    app.event("member_joined_channel")(event(readers.joined))
    for told in ("user_change", "user_profile_changed", "team_join"):
        app.event(told)(event(staff.user_changed))
    for told in ("subteam_created", "subteam_updated", "subteam_members_changed"):
        app.event(told)(event(staff.group_changed))
    app.event(ANY)(event(_ignored))


def _ignored(counter: Counter, body: Body, event: Body) -> None:
    """Told because it is part of the subscription; nothing of ours depends on it."""


def _failed(error: Exception) -> BoltResponse | None:
    """Nothing was acknowledged, so Slack tells it again; a bug of ours stays a 500."""
    if isinstance(error, Away | LostRace):
        log.warning("a request was not taken: %s", error)
        return BoltResponse(status=503, body=str(error))
    log.error("a listener failed", exc_info=error)
    return None
