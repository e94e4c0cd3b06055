"""Who is in a channel: conversations.members and conversations.invite."""

from sandbox.slack import events, scopes, shapes, writing
from sandbox.slack.args import Args
from sandbox.slack.entities import Channel
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.methods import paging
from sandbox.slack.site import Site

MOST_INVITED = 100


def listed(site: Site, args: Args) -> Json:
    channel = site.channel(args.need("channel"))
    scopes.demand_for(site.app, channel, scopes.READ)
    shown, cursor = paging.page(args, channel.members, str)
    return {"members": shown, **paging.metadata(cursor)}


def invite(site: Site, args: Args) -> Json:
    """All or nobody, unless `force`; the first refusal is the error, each has its entry in `errors`."""
    channel = _open_to_invitations(site, args)
    users = args.names("users")
    if not users:
        raise SlackError("no_user")
    refused = _refusals(site, channel, users)
    if refused and not (args.flag("force") and len(refused) < len(users)):
        raise SlackError(refused[0]["error"], errors=refused)
    out = {entry["user"] for entry in refused}
    for user in users:
        if user not in out:
            enter(site, channel, user, site.app.bot_user)
    body: Json = {"channel": shapes.channel(site.world, site.app, channel)}
    return body | ({"errors": refused} if refused else {})


def enter(site: Site, channel: Channel, user: str, inviter: str = "") -> None:
    """With Slack's line in the channel and its event."""
    channel.members.append(user)
    more = {"inviter": inviter} if inviter else {}
    writing.notice(site, channel, user, "channel_join", f"<@{user}> has joined the channel", **more)
    events.member(site, "member_joined_channel", channel, site.user(user), inviter)


def _open_to_invitations(site: Site, args: Args) -> Channel:
    channel = site.joined(args.need("channel"))
    scopes.demand_for(site.app, channel, scopes.INVITE)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _refusals(site: Site, channel: Channel, users: list[str]) -> list[Json]:
    if len(users) > MOST_INVITED:
        raise SlackError("too_many_users")
    words = ((user, _refusal(site, channel, user)) for user in users)
    return [{"user": user, "ok": False, "error": word} for user, word in words if word]


def _refusal(site: Site, channel: Channel, user: str) -> str:
    who = site.world.users.get(user)
    if who is None:
        return "user_not_found"
    if user == site.app.bot_user:
        return "cant_invite_self"
    if user in channel.members:
        return "already_in_channel"
    return "cant_invite" if who.deleted or site.world.is_foreign(user) else ""
