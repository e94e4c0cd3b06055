"""Which scope a call needs; what a conversation needs goes by its kind."""

from sandbox.slack.entities import Channel
from sandbox.slack.errors import SlackError
from sandbox.slack.install import AppInstall

FAMILIES = ("channels", "groups", "im", "mpim")
READ = tuple(f"{family}:read" for family in FAMILIES)
HISTORY = tuple(f"{family}:history" for family in FAMILIES)
OPEN = ("channels:manage", "groups:write", "im:write", "mpim:write")
MANAGE = (*OPEN, "channels:write")
TOPIC = (*OPEN, *(f"{family}:write.topic" for family in FAMILIES))
INVITE = (*OPEN, "channels:write.invites", "groups:write.invites")


def demand(app: AppInstall, *any_of: str) -> None:
    """Raises missing_scope, which names the first and what there is."""
    if any_of and not app.may(*any_of):
        raise SlackError("missing_scope", needed=any_of[0], provided=",".join(sorted(app.scopes)))


def demand_for(app: AppInstall, channel: Channel | str, any_of: tuple[str, ...]) -> None:
    """Of `any_of`, one of the channel's own family."""
    family = channel if isinstance(channel, str) else channel.family
    demand(app, *(scope for scope in any_of if scope.partition(":")[0] == family))
