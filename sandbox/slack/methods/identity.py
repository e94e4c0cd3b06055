"""Who the token is: api.test, auth.test, bots.info, team.info; what the app is, and its
lines: apps.manifest.export, apps.connections.open."""

from sandbox.slack import letterhead, shapes
from sandbox.slack.args import Args
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.site import Site


def api_test(site: Site, args: Args) -> Json:
    if error := args.text("error"):
        raise SlackError(error, args=args.raw)
    return {"args": args.raw}


def auth_test(site: Site, args: Args) -> Json:
    home, app = site.world.home, site.app
    return {
        "url": f"https://{home.domain}.slack.com/",
        "team": home.name,
        "user": site.user(app.bot_user).handle,
        "team_id": home.id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def bots_info(site: Site, args: Args) -> Json:
    if args.text("bot", site.app.bot_id) != site.app.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": letterhead.bot_profile(site.world, site.app) | {"user_id": site.app.bot_user}}


def team_info(site: Site, args: Args) -> Json:
    """A workspace that shares a channel with ours may be asked for, too."""
    wanted = args.text("team", site.world.home.id)
    if wanted not in site.world.workspaces:
        raise SlackError("team_not_found")
    return {"team": shapes.team(site.world, wanted)}


def manifest_export(site: Site, args: Args) -> Json:
    if args.text("app_id") != site.app.app_id:
        raise SlackError("app_not_found")
    return {"manifest": site.app.manifest}


def connections_open(site: Site, args: Args) -> Json:
    if not site.app.socket_mode:
        raise SlackError("socket_mode_not_enabled")
    return {"url": site.socket.address()}
