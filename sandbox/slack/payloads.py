"""What a person's act sends to the app: block_actions, view_submission, view_closed and slash commands."""

from sandbox.slack import controls, events, system_time, view_stack
from sandbox.slack.controls import Control
from sandbox.slack.entities import Channel, Message, User, View
from sandbox.slack.errors import Json
from sandbox.slack.site import Site

COPIED = ("value", "text", "style", "placeholder", "initial_option", "confirm", "url")


def press_in_message(site: Site, who: User, message: Message, control: Control, value: str) -> Json:
    """`team` is the app's workspace; the person's own is in `user`."""
    channel = site.world.channels[message.channel]
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container["is_ephemeral"] = bool(message.visible_to)
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    secret = site.tickets.response(who.id, channel.id, message)
    return _pressed(site, who, control, value) | {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": events.written(site, message),
        "state": {"values": controls.state(message.blocks, message.values)},
        "response_url": f"{site.base_url}actions/{site.app.team}/{site.now}/{secret}",
    }


def press_in_view(site: Site, who: User, view: View, control: Control, value: str) -> Json:
    shown = view_stack.shown(site, view)
    container = {"type": "view", "view_id": view.id}
    return _pressed(site, who, control, value) | {"container": container, "view": shown, "state": shown["state"]}


def shortcut(site: Site, who: User, message: Message, callback: str) -> Json:
    """A message shortcut: from the menu beside a message."""
    channel = site.world.channels[message.channel]
    secret = site.tickets.response(who.id, channel.id, None)
    micro = int(system_time.ticks() * 1_000_000) % 1_000_000
    return _base(site, who, "message_action") | {
        "action_ts": f"{system_time.seconds()}.{micro:06d}",
        "callback_id": callback,
        "trigger_id": site.tickets.trigger(who.id),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": events.written(site, message),
        "response_url": f"{site.base_url}actions/{site.app.team}/{site.now}/{secret}",
    }


def suggestion(site: Site, who: User, view: View, control: Control, typed: str) -> Json:
    """What a menu whose options the app gives is asked while the person types."""
    named = {"action_id": control.action_id, "block_id": control.block_id, "value": typed}
    container = {"type": "view", "view_id": view.id}
    return _base(site, who, "block_suggestion") | {
        **named,
        "container": container,
        "view": view_stack.shown(site, view),
    }


def submission(site: Site, who: User, view: View) -> Json:
    shown = view_stack.shown(site, view)
    trigger = site.tickets.trigger(who.id)
    return _base(site, who, "view_submission") | {"trigger_id": trigger, "view": shown, "response_urls": []}


def closing(site: Site, who: User, view: View, cleared: bool) -> Json:
    return _base(site, who, "view_closed") | {"view": view_stack.shown(site, view), "is_cleared": cleared}


def command(site: Site, who: User, channel: Channel, name: str, text: str) -> tuple[Json, str]:
    """The form, and the secret of its response_url."""
    secret = site.tickets.response(who.id, channel.id, None)
    team = site.world.workspaces[who.team]
    return {
        "token": site.app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": who.id,
        "user_name": who.handle,
        "command": name,
        "text": text,
        "api_app_id": site.app.app_id,
        "is_enterprise_install": "false",
        "response_url": f"{site.base_url}commands/{team.id}/{site.now}/{secret}",
        "trigger_id": site.tickets.trigger(who.id),
    }, secret


def channel_name(channel: Channel) -> str:
    if channel.kind == "im":
        return "directmessage"
    return "privategroup" if channel.private else channel.name


def _base(site: Site, who: User, kind: str) -> Json:
    user = {"id": who.id, "username": who.handle, "name": who.handle, "team_id": who.team}
    home = site.world.home
    return {
        "type": kind,
        "team": {"id": home.id, "domain": home.domain},
        "user": user,
        "api_app_id": site.app.app_id,
        "token": site.app.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _pressed(site: Site, who: User, control: Control, value: str) -> Json:
    trigger = site.tickets.trigger(who.id)
    return _base(site, who, "block_actions") | {"trigger_id": trigger, "actions": [_action(control, value)]}


def _action(control: Control, value: str) -> Json:
    element = control.element
    body: Json = {name: element[name] for name in COPIED if name in element}
    micro = int(system_time.ticks() * 1_000_000) % 1_000_000
    body |= {"action_id": control.action_id, "block_id": control.block_id}
    body["action_ts"] = f"{system_time.seconds()}.{micro:06d}"
    if control.kind == "button":
        return {**body, "type": "button"}
    given = [value] if control.kind in controls.OPTIONS and value else value
    return {**body, **controls.chosen(control, given)}
