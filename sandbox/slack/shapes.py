"""Entities as the Web API and events write them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.slack.entities import Channel, File, Note, User, UserGroup, View
from sandbox.slack.errors import Json
from sandbox.slack.install import AppInstall
from sandbox.slack.world import SlackWorld

SIZES = (24, 32, 48, 72, 192, 512)


def team(world: SlackWorld, team_id: str) -> Json:
    found = world.workspaces[team_id]
    icon = {f"image_{size}": f"https://avatars.slack.example/{size}.png" for size in (34, 44, 68, 88, 102, 132, 230)}
    return {
        "id": found.id,
        "name": found.name,
        "url": f"https://{found.domain}.slack.com/",
        "domain": found.domain,
        "email_domain": "",
        "icon": {**icon, "image_default": True},
        "avatar_base_url": "https://ca.slack-edge.example/",
        "is_verified": False,
    }


def profile(user: User, app: AppInstall, foreign: bool) -> Json:
    first, _, last = user.name.partition(" ")
    body: Json = {
        "title": user.title,
        "phone": "",
        "skype": "",
        "real_name": user.name,
        "real_name_normalized": user.name,
        "display_name": user.handle,
        "display_name_normalized": user.handle,
        "status_text": user.status[0],
        "status_emoji": user.status[1],
        "status_expiration": user.status[2],
        "avatar_hash": "g" + user.id.lower(),
        "first_name": first,
        "last_name": last,
        **{f"image_{size}": f"https://avatars.slack.example/{user.id}_{size}.png" for size in SIZES},
        "team": user.team,
    }
    if user.bot_id:
        body |= {"bot_id": user.bot_id, "api_app_id": app.app_id, "always_active": True}
    elif not foreign and app.may("users:read.email"):
        body["email"] = user.email
    return body


def user(world: SlackWorld, app: AppInstall, who: User, now: datetime) -> Json:
    """Slack leaves the time zone and the roles of a deactivated person out."""
    foreign = world.is_foreign(who.id)
    body: Json = {
        "id": who.id,
        "team_id": who.team,
        "name": who.handle,
        "deleted": who.deleted,
        "profile": profile(who, app, foreign),
        "is_bot": bool(who.bot_id),
        "is_app_user": False,
        "updated": who.updated_at or int(now.timestamp()),
    }
    if foreign:
        body["is_stranger"] = not world.meets(who.id, app.bot_user)
    return body if who.deleted else body | _active(who, now)


def _active(who: User, now: datetime) -> Json:
    offset = now.astimezone(ZoneInfo(who.tz)).utcoffset()
    return {
        "color": "9f69e7",
        "real_name": who.name,
        "tz": who.tz,
        "tz_label": who.tz.replace("_", " "),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": who.guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": not who.bot_id,
        "who_can_share_contact_card": "EVERYONE",
    }


def note(value: Note) -> Json:
    return {"value": value.value, "creator": value.creator, "last_set": value.last_set}


def channel(world: SlackWorld, app: AppInstall, found: Channel) -> Json:
    if found.kind == "im":
        return _direct(world, app, found)
    home, shared = world.home.id, bool(found.shared_with)
    return {
        "id": found.id,
        "name": found.name,
        "name_normalized": found.name,
        "is_channel": found.family == "channels",
        "is_group": found.family == "groups",
        "is_im": False,
        "is_mpim": found.kind == "mpim",
        "is_private": found.private,
        "created": found.created_at,
        "updated": found.created_at * 1000,
        "creator": found.creator,
        "is_archived": found.archived,
        "is_general": found.name == "general",
        "unlinked": 0,
        "is_shared": shared,
        "is_org_shared": False,
        "is_ext_shared": shared,
        "is_pending_ext_shared": bool(found.invited),
        "pending_shared": list(found.invited),
        "pending_connected_team_ids": list(found.invited),
        "shared_team_ids": [home, *found.shared_with],
        "internal_team_ids": [],
        "context_team_id": home,
        "is_member": app.bot_user in found.members,
        "topic": note(found.topic),
        "purpose": note(found.purpose),
        "previous_names": list(found.previous_names),
    }


def _direct(world: SlackWorld, app: AppInstall, found: Channel) -> Json:
    other = next(m for m in found.members if m != app.bot_user)
    return {
        "id": found.id,
        "created": found.created_at,
        "updated": found.created_at * 1000,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": world.home.id,
        "user": other,
        "is_user_deleted": world.users[other].deleted,
        "priority": 0,
    }


def group(world: SlackWorld, found: UserGroup, with_users: bool) -> Json:
    body: Json = {
        "id": found.id,
        "team_id": world.home.id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": found.handle.replace("-", " ").capitalize(),
        "description": "",
        "handle": found.handle,
        "is_external": False,
        "date_create": found.created_at,
        "date_update": found.updated_at,
        "date_delete": 0,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": "",
        "updated_by": "",
        "prefs": {"channels": [], "groups": []},
        "user_count": len(found.users),
        "channel_count": 0,
    }
    return body | {"users": list(found.users)} if with_users else body


def file(world: SlackWorld, found: File, base_url: str) -> Json:
    """`shares` appears only once the file has been shared, a moment after the upload is complete."""
    if found.deleted:
        return {"id": found.id, "mode": "tombstone"}
    path = f"{base_url}files-pri/{world.home.id}-{found.id}/{found.name}"
    kind = found.name.rpartition(".")[2].lower() or "binary"
    body: Json = {
        "id": found.id,
        "created": found.created_at,
        "timestamp": found.created_at,
        "name": found.name,
        "title": found.title,
        "mimetype": found.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": found.user,
        "user_team": world.home.id,
        "editable": False,
        "size": len(found.body or b""),
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": path,
        "url_private_download": path.replace("files-pri/", "files-pri/download/"),
        "permalink": f"https://{world.home.domain}.slack.com/files/{found.user}/{found.id}/{found.name}",
        "permalink_public": f"https://slack-files.com/{world.home.id}-{found.id}",
        "comments_count": 0,
        "has_rich_preview": False,
        "file_access": "visible",
        "channels": _places(world, found, "channels"),
        "groups": _places(world, found, "groups"),
        "ims": _places(world, found, "im"),
    }
    return body | {"shares": _shares(world, found)} if found.shares else body


def _places(world: SlackWorld, found: File, family: str) -> list[str]:
    return [c for c, _ in found.shares if world.channels[c].family == family]


def _shares(world: SlackWorld, found: File) -> Json:
    shares: dict[str, dict[str, list[Any]]] = {}
    for place, ts in found.shares:
        side = "private" if world.channels[place].private else "public"
        share = {"ts": ts, "channel_name": world.channels[place].name, "team_id": world.home.id}
        shares.setdefault(side, {}).setdefault(place, []).append(share)
    return shares


def view(world: SlackWorld, app: AppInstall, found: View, values: Json) -> Json:
    body = found.body
    return {
        "id": found.id,
        "team_id": world.home.id,
        "type": found.type,
        "blocks": found.blocks,
        "private_metadata": found.private_metadata,
        "callback_id": found.callback_id,
        "state": {"values": values},
        "hash": found.hash,
        "title": body.get("title"),
        "clear_on_close": bool(body.get("clear_on_close", False)),
        "notify_on_close": bool(body.get("notify_on_close", False)),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": found.previous_id or None,
        "root_view_id": found.root_id or found.id,
        "app_id": app.app_id,
        "external_id": found.external_id,
        "app_installed_team_id": world.home.id,
        "bot_id": app.bot_id,
    }
