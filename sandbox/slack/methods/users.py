"""users.*"""

from sandbox.slack import shapes
from sandbox.slack.args import Args
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.methods import paging
from sandbox.slack.site import Site


def info(site: Site, args: Args) -> Json:
    who = site.user(args.need("user"))
    body = shapes.user(site.world, site.app, who, site.clock())
    return {"user": body | ({"locale": "en-GB"} if args.flag("include_locale") else {})}


def listed(site: Site, args: Args) -> Json:
    """Ours, and those of other workspaces with whom somebody of ours shares a channel."""
    world = site.world
    known = [u for u in world.users.values() if not world.is_foreign(u.id) or _met(site, u.id)]
    shown, cursor = paging.page(args, known, lambda user: user.id)
    members = [shapes.user(world, site.app, user, site.clock()) for user in shown]
    return {"members": members, "cache_ts": site.now, **paging.metadata(cursor)}


def lookup_by_email(site: Site, args: Args) -> Json:
    email, world = args.need("email").casefold(), site.world
    found = [u for u in world.users.values() if u.email.casefold() == email]
    for who in found:
        if not who.deleted and not world.is_foreign(who.id):
            return {"user": shapes.user(world, site.app, who, site.clock())}
    raise SlackError("users_not_found")


def profile(site: Site, args: Args) -> Json:
    who = site.user(args.text("user", site.app.bot_user))
    return {"profile": shapes.profile(who, site.app, site.world.is_foreign(who.id))}


def presence(site: Site, args: Args) -> Json:
    """Of others, no more than active or away; a person of another workspace is not ours to ask about."""
    who = site.user(args.text("user", site.app.bot_user))
    return {"presence": "active" if who.present and not who.deleted else "away"}


def _met(site: Site, user: str) -> bool:
    return any(user in channel.members for channel in site.world.channels.values() if channel.shared_with)
