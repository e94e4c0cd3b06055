"""Events of the Events API, in the envelope of the recorded samples."""

import base64
import json

from sandbox.slack import letterhead, shapes
from sandbox.slack.entities import Channel, File, Message, User, UserGroup
from sandbox.slack.errors import Json
from sandbox.slack.site import Site


def emit(site: Site, event: Json, channel: Channel | None = None) -> None:
    """To the app, if it asked for the type and its bot is where the event happened."""
    if event["type"] not in site.app.events:
        return
    if channel is not None and site.app.bot_user not in channel.members:
        return
    site.deliveries.event(_envelope(site, event, bool(channel and channel.shared_with)))


def _envelope(site: Site, event: Json, shared: bool) -> Json:
    team = site.app.team
    context = json.dumps({"et": event["type"], "tid": team, "aid": site.app.app_id})
    install = {
        "enterprise_id": None,
        "team_id": team,
        "user_id": site.app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": site.app.verification_token,
        "team_id": team,
        "enterprise_id": None,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": site.app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": site.world.new_id("Ev"),
        "event_time": site.now,
        "authorizations": [install],
        "is_ext_shared_channel": shared,
        "event_context": "4-" + base64.urlsafe_b64encode(context.encode()).decode(),
    }


def written(site: Site, message: Message) -> Json:
    return letterhead.message(site.world, site.app, message, site.base_url)


def posted(site: Site, message: Message) -> None:
    channel = site.world.channels[message.channel]
    at = {"channel": channel.id, "event_ts": message.ts}
    body = written(site, message) | letterhead.sender(site.world, message) | at
    emit(site, body | {"channel_type": channel.channel_type}, channel)
    mention = f"<@{site.app.bot_user}>" in message.text
    if mention and channel.kind != "im" and not message.bot and not message.subtype:
        emit(site, body | {"type": "app_mention"}, channel)


def _hidden(site: Site, channel: Channel, subtype: str) -> Json:
    ts = site.stamp(channel.id)
    event = {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, "event_ts": ts}
    return event | {"channel": channel.id, "channel_type": channel.channel_type}


def changed(site: Site, message: Message, before: Json) -> None:
    channel = site.world.channels[message.channel]
    now = written(site, message) | letterhead.sender(site.world, message)
    emit(
        site,
        _hidden(site, channel, "message_changed") | {"message": now, "previous_message": before},
        channel,
    )


def deleted(site: Site, message: Message, before: Json) -> None:
    channel = site.world.channels[message.channel]
    what = {"deleted_ts": message.ts, "previous_message": before}
    emit(site, _hidden(site, channel, "message_deleted") | what, channel)


def member(site: Site, kind: str, channel: Channel, user: User, inviter: str = "") -> None:
    """`kind`: member_joined_channel or member_left_channel."""
    event: Json = {"type": kind, "user": user.id, "channel": channel.id, "team": user.team}
    event |= {"channel_type": "G" if channel.private else "C", "event_ts": site.stamp("events")}
    emit(site, event | ({"inviter": inviter} if inviter else {}), channel)


def reaction(site: Site, kind: str, message: Message, user: str, name: str) -> None:
    channel = site.world.channels[message.channel]
    item = {"type": "message", "channel": channel.id, "ts": message.ts}
    event = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message.user}
    emit(site, event | {"event_ts": site.stamp("events")}, channel)


def pin(site: Site, kind: str, message: Message, user: str) -> None:
    channel = site.world.channels[message.channel]
    item = {"type": "message", "channel": channel.id, "created": site.now, "created_by": user}
    item["message"] = written(site, message)
    event: Json = {
        "type": kind,
        "user": user,
        "channel_id": channel.id,
        "item": item,
        "item_user": message.user,
    }
    event["pin_count"] = len(site.world.pins.get(channel.id, []))
    event["pinned_info"] = {"channel": channel.id, "pinned_by": user, "pinned_ts": site.now}
    emit(site, event | {"event_ts": site.stamp("events")}, channel)


def file_shared(site: Site, file: File, channel: Channel) -> None:
    event: Json = {"type": "file_shared", "file_id": file.id, "user_id": file.user, "file": {"id": file.id}}
    emit(site, event | {"channel_id": channel.id, "event_ts": site.stamp("events")}, channel)


def channel_event(site: Site, kind: str, channel: Channel, **more: object) -> None:
    emit(site, {"type": kind, "channel": channel.id, "event_ts": site.stamp("events"), **more}, channel)


def renamed(site: Site, channel: Channel) -> None:
    named = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created_at,
    }
    kinds = {"is_channel": channel.family == "channels", "is_mpim": channel.kind == "mpim"}
    body = {"type": "channel_rename", "channel": named | kinds, "event_ts": site.stamp("events")}
    emit(site, body, channel)


def person(site: Site, kind: str, user: User) -> None:
    """`kind`: team_join, user_change or user_profile_changed."""
    body: Json = {"type": kind, "user": shapes.user(site.world, site.app, user, site.clock())}
    more = {"cache_ts": site.now} if kind != "team_join" else {}
    emit(site, body | more | {"event_ts": site.stamp("events")})


def subteam(site: Site, kind: str, group: UserGroup) -> None:
    body = {"type": kind, "subteam": shapes.group(site.world, group, True)}
    emit(site, body | {"event_ts": site.stamp("events")})


def subteam_members(site: Site, group: UserGroup, before: list[str], previous_update: int) -> None:
    added = [user for user in group.users if user not in before]
    removed = [user for user in before if user not in group.users]
    event: Json = {"type": "subteam_members_changed", "subteam_id": group.id, "team_id": site.app.team}
    event |= {"added_users": added, "added_users_count": len(added)}
    event |= {"removed_users": removed, "removed_users_count": len(removed)}
    event |= {"date_previous_update": previous_update, "date_update": group.updated_at}
    emit(site, event | {"event_ts": site.stamp("events")})


def home_opened(site: Site, user: str, channel: Channel, tab: str, view: Json | None) -> None:
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": tab}
    event["event_ts"] = site.stamp("events")
    emit(site, event | ({"view": view} if view else {}))
