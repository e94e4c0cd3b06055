"""usergroups.*"""

from sandbox.slack import events, shapes
from sandbox.slack.args import Args
from sandbox.slack.entities import UserGroup
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.site import Site


def listed(site: Site, args: Args) -> Json:
    with_users = args.flag("include_users")
    return {"usergroups": [_told(site, args, group, with_users) for group in site.world.groups.values()]}


def users(site: Site, args: Args) -> Json:
    return {"users": list(_group(site, args).users)}


def update_users(site: Site, args: Args) -> Json:
    """The list replaces the one there was."""
    group, wanted = _group(site, args), list(dict.fromkeys(args.names("users")))
    if not wanted:
        raise SlackError("no_users_provided")
    if any(user not in site.world.users or site.world.is_foreign(user) for user in wanted):
        raise SlackError("invalid_users")
    before, previous = group.users, group.updated_at
    group.users, group.updated_at = wanted, site.now
    events.subteam_members(site, group, before, previous)
    events.subteam(site, "subteam_updated", group)
    return {"usergroup": _told(site, args, group, True)}


def _group(site: Site, args: Args) -> UserGroup:
    if (found := site.world.group_with_id(args.need("usergroup"))) is None:
        raise SlackError("no_such_subteam")
    return found


def _told(site: Site, args: Args, group: UserGroup, with_users: bool) -> Json:
    body = shapes.group(site.world, group, with_users)
    return body if args.flag("include_count") else {k: v for k, v in body.items() if k != "user_count"}
