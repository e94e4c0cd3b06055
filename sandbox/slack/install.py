"""One installation of one app: what it is called, what it may do, where it listens."""

from dataclasses import dataclass, field
from typing import Any

EVENTS = frozenset(
    {
        "app_home_opened", "app_mention", "channel_archive", "channel_rename", "channel_shared", "channel_unshared",
        "file_shared", "member_joined_channel", "member_left_channel", "message", "pin_added", "pin_removed",
        "reaction_added", "reaction_removed", "subteam_created", "subteam_members_changed", "subteam_updated",
        "team_join", "user_change", "user_profile_changed",
    }
)  # fmt: skip


@dataclass(slots=True)
class AppInstall:
    """`request_url` takes events, commands, interactivity and options; it may be set after the start. `manifest`
    is what its owner gave Slack, and is shown to who has the `config_token`."""

    app_id: str
    bot_id: str
    bot_user: str
    bot_token: str
    signing_secret: str
    scopes: frozenset[str]
    request_url: str = ""
    name: str = "Countersign"
    team: str = ""
    verification_token: str = "verification-token"
    events: frozenset[str] = EVENTS
    messages_tab: bool = True
    app_token: str = ""
    config_token: str = ""
    socket_mode: bool = False
    manifest: dict[str, Any] = field(default_factory=dict)

    def may(self, *scopes: str) -> bool:
        return any(scope in self.scopes for scope in scopes)

    def lack(self, scope: str) -> None:
        """From now on the scope is not granted: it was left out of the app, or not installed anew."""
        self.scopes -= {scope}

    def deafen(self, event: str) -> None:
        """From now on the app is not subscribed to the event, such as message.groups."""
        told = self.manifest["settings"]["event_subscriptions"]["bot_events"]
        told.remove(event)
        self.events = frozenset(name.partition(".")[0] for name in told)
