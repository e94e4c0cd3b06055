"""Channels found, made and opened."""

from collections.abc import Callable

from sandbox.slack import scopes, shapes
from sandbox.slack.args import Args
from sandbox.slack.entities import Channel
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.methods import members, paging
from sandbox.slack.methods.direct import open_direct
from sandbox.slack.methods.names import checked_name
from sandbox.slack.site import Site

FAMILY_OF_TYPE = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
MOST_PEOPLE = 8


def create(site: Site, args: Args) -> Json:
    private = args.flag("is_private")
    scopes.demand_for(site.app, "groups" if private else "channels", scopes.MANAGE)
    name, bot = checked_name(site, args), site.app.bot_user
    made = Channel(site.world.new_id("C"), name, private, members=[bot], creator=bot, created_at=site.now)
    site.world.channels[made.id] = made
    return _told(site, made)


def info(site: Site, args: Args) -> Json:
    channel = site.channel(args.need("channel"))
    scopes.demand_for(site.app, channel, scopes.READ)
    body = shapes.channel(site.world, site.app, channel)
    if args.flag("include_num_members"):
        body["num_members"] = len(channel.members)
    return {"channel": body}


def listed(site: Site, args: Args) -> Json:
    """Of private conversations, those that the app is in."""
    families = _families(site, args)
    bot = site.app.bot_user
    seen: Callable[[Channel], bool] = lambda c: not c.private or bot in c.members  # noqa: E731
    found = [c for c in site.world.channels.values() if c.family in families and seen(c)]
    if args.flag("exclude_archived"):
        found = [channel for channel in found if not channel.archived]
    shown, cursor = paging.page(args, found, lambda channel: channel.id)
    return {"channels": [shapes.channel(site.world, site.app, c) for c in shown], **paging.metadata(cursor)}


def join(site: Site, args: Args) -> Json:
    channel = site.channel(args.need("channel"))
    if channel.family != "channels":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if site.app.bot_user in channel.members:
        metadata = {"warnings": ["already_in_channel"]}
        return _told(site, channel) | {"warning": "already_in_channel", "response_metadata": metadata}
    members.enter(site, channel, site.app.bot_user)
    return _told(site, channel)


def opened(site: Site, args: Args) -> Json:
    """One person: a direct message; several: a group's."""
    if given := args.text("channel"):
        channel = site.channel(given)
        if channel.kind not in {"im", "mpim"}:
            raise SlackError("method_not_supported_for_channel_type")
        return _opened(site, args, channel, True)
    users = args.names("users")
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_PEOPLE:
        raise SlackError("too_many_users")
    return _direct(site, args, users[0]) if len(users) == 1 else _group(site, args, users)


def _direct(site: Site, args: Args, user: str) -> Json:
    scopes.demand_for(site.app, "im", scopes.MANAGE)
    already = site.world.dm(user, site.app.bot_user) is not None
    return _opened(site, args, open_direct(site, user, "user_not_found"), already)


def _group(site: Site, args: Args, users: list[str]) -> Json:
    scopes.demand_for(site.app, "mpim", scopes.MANAGE)
    people = [site.app.bot_user, *(site.user(user).id for user in dict.fromkeys(users))]
    channels = site.world.channels
    known = next((c for c in channels.values() if c.kind == "mpim" and set(c.members) == set(people)), None)
    if known is not None:
        return _opened(site, args, known, True)
    handles = "--".join(site.user(user).handle for user in people)
    made = Channel(site.world.new_id("C"), f"mpdm-{handles}-1", True, members=people, kind="mpim", created_at=site.now)
    channels[made.id] = made
    return _opened(site, args, made, False)


def _opened(site: Site, args: Args, channel: Channel, already: bool) -> Json:
    full = args.flag("return_im")
    body = shapes.channel(site.world, site.app, channel) if full else {"id": channel.id}
    return {"channel": body, **({"no_op": True, "already_open": True} if already else {})}


def _families(site: Site, args: Args) -> set[str]:
    types = args.names("types") or ["public_channel"]
    if any(kind not in FAMILY_OF_TYPE for kind in types):
        raise SlackError("invalid_types")
    for kind in types:
        scopes.demand_for(site.app, FAMILY_OF_TYPE[kind], scopes.READ)
    return {FAMILY_OF_TYPE[kind] for kind in types}


def _told(site: Site, channel: Channel) -> Json:
    return {"channel": shapes.channel(site.world, site.app, channel)}
