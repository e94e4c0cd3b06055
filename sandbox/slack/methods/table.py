"""Method -> the scopes of which it needs one, what it does, and whose token it takes."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.slack import scopes
from sandbox.slack.args import Args
from sandbox.slack.errors import Json
from sandbox.slack.methods import (
    channel_settings,
    channels,
    chat,
    files,
    history,
    identity,
    marks,
    members,
    user_groups,
    users,
    views,
)
from sandbox.slack.site import Site

APP, BOT, CONFIG = "app", "bot", "config"


@dataclass(frozen=True, slots=True)
class Method:
    any_of: tuple[str, ...]
    do: Callable[[Site, Args], Json]
    token: str = BOT


METHODS: dict[str, Method] = {
    "api.test": Method((), identity.api_test),
    "apps.connections.open": Method((), identity.connections_open, APP),
    "apps.manifest.export": Method((), identity.manifest_export, CONFIG),
    "auth.test": Method((), identity.auth_test),
    "bookmarks.add": Method(("bookmarks:write",), marks.add_bookmark),
    "bookmarks.list": Method(("bookmarks:read",), marks.bookmarks),
    "bots.info": Method(("users:read",), identity.bots_info),
    "chat.delete": Method(("chat:write",), chat.delete),
    "chat.getPermalink": Method((), chat.get_permalink),
    "chat.postEphemeral": Method(("chat:write",), chat.post_ephemeral),
    "chat.postMessage": Method(("chat:write",), chat.post_message),
    "chat.update": Method(("chat:write",), chat.update),
    "conversations.archive": Method(scopes.MANAGE, channel_settings.archive),
    "conversations.create": Method(scopes.MANAGE, channels.create),
    "conversations.history": Method(scopes.HISTORY, history.history),
    "conversations.info": Method(scopes.READ, channels.info),
    "conversations.invite": Method(scopes.INVITE, members.invite),
    "conversations.join": Method(("channels:join",), channels.join),
    "conversations.list": Method(scopes.READ, channels.listed),
    "conversations.members": Method(scopes.READ, members.listed),
    "conversations.open": Method(scopes.OPEN, channels.opened),
    "conversations.rename": Method(scopes.MANAGE, channel_settings.rename),
    "conversations.replies": Method(scopes.HISTORY, history.replies),
    "conversations.setPurpose": Method(scopes.TOPIC, channel_settings.set_purpose),
    "conversations.setTopic": Method(scopes.TOPIC, channel_settings.set_topic),
    "files.completeUploadExternal": Method(("files:write",), files.complete_upload),
    "files.delete": Method(("files:write",), files.delete),
    "files.getUploadURLExternal": Method(("files:write",), files.get_upload_url),
    "files.info": Method(("files:read",), files.info),
    "pins.add": Method(("pins:write",), marks.pin),
    "pins.list": Method(("pins:read",), marks.pins),
    "pins.remove": Method(("pins:write",), marks.unpin),
    "reactions.add": Method(("reactions:write",), marks.react),
    "team.info": Method(("team:read",), identity.team_info),
    "usergroups.list": Method(("usergroups:read",), user_groups.listed),
    "usergroups.users.list": Method(("usergroups:read",), user_groups.users),
    "usergroups.users.update": Method(("usergroups:write",), user_groups.update_users),
    "users.getPresence": Method(("users:read",), users.presence),
    "users.info": Method(("users:read",), users.info),
    "users.list": Method(("users:read",), users.listed),
    "users.lookupByEmail": Method(("users:read.email",), users.lookup_by_email),
    "users.profile.get": Method(("users.profile:read",), users.profile),
    "views.open": Method((), views.opened),
    "views.publish": Method((), views.published),
    "views.push": Method((), views.pushed),
    "views.update": Method((), views.updated),
}
