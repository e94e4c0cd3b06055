"""What of Slack is called, heard and asked for, and the scopes for it: what an installation must have, and no more."""

READ = ("channels:read", "groups:read")
HISTORY = ("channels:history", "groups:history", "im:history")

# A conversation's scope goes by its kind: deals live in private channels, or in the one that the customer shares.
METHODS: dict[str, tuple[str, ...]] = {
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.create": ("groups:write",),
    "conversations.history": HISTORY,
    "conversations.info": READ,
    "conversations.invite": ("channels:write.invites", "groups:write"),
    "conversations.join": ("channels:join",),
    "conversations.list": READ,
    "conversations.members": READ,
    "conversations.open": ("im:write",),
    "conversations.replies": HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.delete": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "pins.add": ("pins:write",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.getPresence": ("users:read",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.update": (),
}
EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "channel_shared": READ,
    "member_joined_channel": READ,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "subteam_created": ("usergroups:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
    "user_profile_changed": ("users:read",),
}
COMMANDS: dict[str, tuple[str, ...]] = {"/deal": ("commands",)}
# Not of a method, but of what its answers hold.
FIELDS: dict[str, tuple[str, ...]] = {
    "the marker on our own posts": ("metadata.message:read",),
    "a person's e-mail": ("users:read.email",),
}


def scopes() -> dict[str, tuple[str, ...]]:
    """Each scope, and what is not possible without it."""
    found: dict[str, list[str]] = {}
    for table in (METHODS, EVENTS, COMMANDS, FIELDS):
        for name, needed in table.items():
            for scope in needed:
                found.setdefault(scope, []).append(name)
    return {scope: tuple(names) for scope, names in sorted(found.items())}
