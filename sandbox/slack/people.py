"""The people of all workspaces, who see what Slack shows them, and act."""

import json
import uuid
from typing import Any

from sandbox.slack import controls, events, payloads, response_urls, speech, submitting, view_stack, writing
from sandbox.slack.controls import Control
from sandbox.slack.deliveries import Reply
from sandbox.slack.entities import Channel, Message, View
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.methods import members
from sandbox.slack.sight import Sight
from sandbox.slack.site import Site
from sandbox.slack.tickets import Response

FAILED = {"http_timeout": "operation_timeout", "http_error": "dispatch_failed"}


class People(Sight):
    """A user is an id. Acts return what the app answered, or raise what Slack's client would not let them do:
    PermissionError (not their channel), LookupError (nothing there to press), NotSubmitted (a field is empty)."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._told: dict[str, list[str]] = {}
        self._fields: dict[str, dict[str, str]] = {}

    def say(self, user: str, channel: str, text: str, thread_ts: str = "") -> str:
        """The message's ts. `channel` may be the app's bot user: the direct message with it."""
        with self.site.lock:
            who, where = self.user(user), self._writable(user, channel)
            ts = self.site.stamp(where.id)
            message = Message(where.id, ts, user, speech.escaped(text), speech.rich_text(text, f"b{ts[-4:]}"))
            message.team, message.thread_ts, message.client_msg_id = who.team, thread_ts or None, str(uuid.uuid4())
            writing.post(self.site, message)
            return ts

    def edit(self, user: str, channel: str, ts: str, text: str) -> None:
        with self.site.lock:
            message = self._own(user, channel, ts)
            before = events.written(self.site, message)
            message.text, message.blocks = speech.escaped(text), speech.rich_text(text, f"b{ts[-4:]}")
            message.edits, message.edited_ts = message.edits + 1, self.site.stamp(channel)
            events.changed(self.site, message, before)

    def erase(self, user: str, channel: str, ts: str) -> None:
        with self.site.lock:
            writing.erase(self.site, self._own(user, channel, ts))

    def react(self, user: str, channel: str, ts: str, name: str) -> None:
        with self.site.lock:
            message = self.message(user, channel, ts)
            who = message.reactions.setdefault(name, [])
            if user not in who:
                who.append(user)
                events.reaction(self.site, "reaction_added", message, user, name)

    def join(self, user: str, channel: str) -> None:
        with self.site.lock:
            where = self.channel(user, channel)
            if user not in where.members:
                members.enter(self.site, where, user)

    def leave(self, user: str, channel: str) -> None:
        with self.site.lock:
            where = self.channel(user, channel)
            where.members.remove(user)
            events.member(self.site, "member_left_channel", where, self.user(user))

    def press(self, user: str, channel: str, ts: str, action_id: str, value: str = "", block_id: str = "") -> Reply:
        """`value` is an option of an overflow menu or a select. An ephemeral message is pressed by its ts, too."""
        with self.site.lock:
            message = self.message(user, channel, ts)
            control = pressable(message.blocks, action_id, block_id)
            _note(message.values, control, value)
            body = payloads.press_in_message(self.site, self.user(user), message, control, value)
        return self._send(user, body)

    def press_home(self, user: str, action_id: str, block_id: str = "", value: str = "") -> Reply:
        with self.site.lock:
            view = view_stack.home(self.site, user)
        return self._press_view(user, view, action_id, block_id, value)

    def press_view(
        self, user: str, action_id: str, block_id: str = "", value: str = "", values: Json | None = None
    ) -> Reply:
        """In the open modal. `values`: what its other fields hold by then."""
        with self.site.lock:
            view = view_stack.top(self.site, user)
            if view is not None:
                submitting.fill(view, values or {})
        return self._press_view(user, view, action_id, block_id, value)

    def shortcut(self, user: str, channel: str, ts: str, callback: str) -> Reply:
        """From the menu beside a message."""
        with self.site.lock:
            body = payloads.shortcut(self.site, self.user(user), self.message(user, channel, ts), callback)
        return self._send(user, body)

    def suggest(self, user: str, action_id: str, block_id: str, typed: str) -> list[Json]:
        """What the app offers in a menu of the open modal; it may then be chosen. Raises LookupError."""
        with self.site.lock:
            view = self._modal(user)
            control = pressable(view.blocks, action_id, block_id)
            body = payloads.suggestion(self.site, self.user(user), view, control, typed)
        told = _said(self.site.deliveries.payload(body).body)
        groups = told.get("option_groups") or []
        offered = [*(told.get("options") or []), *(option for group in groups for option in group["options"])]
        with self.site.lock:
            control.element["options"] = offered
        return offered

    def command(self, user: str, channel: str, command: str, text: str) -> Reply:
        """What the app answers is shown to the person alone, unless it says in_channel."""
        with self.site.lock:
            where = self._writable(user, channel)
            body, _ = payloads.command(self.site, self.user(user), where, command, text)
        reply = self.site.deliveries.form("command", body)
        if _failed(reply):
            self._tell(user, f'{command} failed with the error "{FAILED.get(reply.failed, "dispatch_failed")}"')
        elif reply.body.strip():
            self._answered(user, where, command, reply.body)
        return reply

    def open_home(self, user: str, tab: str = "home") -> None:
        """`tab`: home or messages."""
        with self.site.lock:
            direct = self._direct(user)
            view = view_stack.home(self.site, user)
            shown = view_stack.shown(self.site, view) if view is not None and tab == "home" else None
            events.home_opened(self.site, user, direct, tab, shown)

    def submit(self, user: str, values: dict[str, Any] | None = None) -> Reply:
        """The modal that the person sees. `values` by action id: a text, an option's value, or a list of them."""
        with self.site.lock:
            view = self._modal(user)
            submitting.fill(view, values or {})
            submitting.check(view)
            body = payloads.submission(self.site, self.user(user), view)
        reply = self.site.deliveries.payload(body)
        with self.site.lock:
            failed = {"": f"{submitting.TROUBLE} ({reply.failed or reply.status})"}
            self._fields[user] = failed if _failed(reply) else submitting.apply(self.site, view, reply.body)
        return reply

    def close(self, user: str, everything: bool = False) -> Reply | None:
        """By Cancel; `everything`: by the cross, which closes the whole stack. A reply when the app asked to know."""
        with self.site.lock:
            view = self._modal(user)
            if everything:
                view_stack.cleared(self.site, user)
            else:
                view_stack.closed(self.site, view)
            body = payloads.closing(self.site, self.user(user), view, everything)
        return self.site.deliveries.payload(body) if view.body.get("notify_on_close") else None

    def field_errors(self, user: str) -> dict[str, str]:
        """What the last submission shows at its fields, by block id; at "" Slack's own error."""
        return dict(self._fields.get(user, {}))

    def failures(self, user: str) -> list[str]:
        """Slack's own error messages that the person was shown after a press or a command."""
        return list(self._told.get(user, []))

    def _press_view(self, user: str, view: View | None, action_id: str, block_id: str, value: str) -> Reply:
        if view is None:
            raise LookupError(f"nothing is open for {user}")
        with self.site.lock:
            control = pressable(view.blocks, action_id, block_id)
            _note(view.values, control, value)
            body = payloads.press_in_view(self.site, self.user(user), view, control, value)
        return self._send(user, body)

    def _send(self, user: str, body: Json) -> Reply:
        reply = self.site.deliveries.payload(body)
        if _failed(reply):
            self._tell(user, f"This app's action failed ({reply.failed or reply.status})")
        return reply

    def _answered(self, user: str, where: Channel, command: str, body: str) -> None:
        response = Response(user, where.id, None, 0)
        try:
            with self.site.lock:
                response_urls.speak(self.site, response, _said(body))
        except SlackError as no:
            self._tell(user, f'{command} failed with the error "{no.word}"')

    def _tell(self, user: str, words: str) -> None:
        self._told.setdefault(user, []).append(words)

    def _direct(self, user: str) -> Channel:
        who = self.user(user)
        if self.site.world.is_foreign(who.id):
            raise PermissionError(f"{user} is of another workspace, where the app is not")
        return self.site.world.open_dm(user, self.site.app.bot_user, self.site.clock())

    def _writable(self, user: str, channel: str) -> Channel:
        where = self._direct(user) if channel == self.site.app.bot_user else self.channel(user, channel)
        if user not in where.members or where.archived:
            raise PermissionError(f"{user} cannot write in {channel}")
        return where

    def _own(self, user: str, channel: str, ts: str) -> Message:
        message = self.message(user, channel, ts)
        if message.user != user:
            raise PermissionError(f"{ts} is not {user}'s message")
        return message

    def _modal(self, user: str) -> View:
        if (view := view_stack.top(self.site, user)) is None:
            raise LookupError(f"no modal is open for {user}")
        return view


def _failed(reply: Reply) -> bool:
    return bool(reply.failed) or not 200 <= reply.status < 300


def _said(body: str) -> Json:
    """JSON, or plain words."""
    try:
        given = json.loads(body)
    except ValueError:
        return {"text": body}
    return given if isinstance(given, dict) else {"text": body}


def pressable(blocks: list[Json], action_id: str, block_id: str) -> Control:
    known = controls.found(blocks)
    for control in known:
        if control.action_id == action_id and block_id in ("", control.block_id):
            return control
    raise LookupError(f"no {action_id!r} {block_id} to press; there are {[str(control) for control in known]}")


def _note(values: Json, control: Control, value: str) -> None:
    """A choice stays as it was made."""
    if control.kind not in controls.STATELESS:
        given = [value] if control.kind in controls.OPTIONS and value else value
        values.setdefault(control.block_id, {})[control.action_id] = controls.chosen(control, given)
