"""views.*"""

from sandbox.slack import view_stack
from sandbox.slack.args import Args
from sandbox.slack.entities import View
from sandbox.slack.errors import Json, SlackError, invalid_arguments
from sandbox.slack.site import Site


def opened(site: Site, args: Args) -> Json:
    trigger, given = args.need("trigger_id"), args.nested("view")
    body = view_stack.checked(site, given, "modal")
    return _told(site, view_stack.opened(site, site.tickets.pull(trigger), body))


def pushed(site: Site, args: Args) -> Json:
    trigger, given = args.need("trigger_id"), args.nested("view")
    body = view_stack.checked(site, given, "modal")
    return _told(site, view_stack.pushed(site, site.tickets.pull(trigger), body))


def updated(site: Site, args: Args) -> Json:
    view = _named(site, args)
    body = view_stack.checked(site, args.nested("view"), view.type, view)
    _same(args, view)
    view_stack.replaced(view, body)
    return _told(site, view)


def published(site: Site, args: Args) -> Json:
    user = args.need("user_id")
    if user not in site.world.users or site.world.is_foreign(user) or site.world.users[user].bot_id:
        raise invalid_arguments("user not found [json-pointer:/user_id]")
    view = view_stack.home(site, user)
    body = view_stack.checked(site, args.nested("view"), "home", view)
    _same(args, view)
    return _told(site, view_stack.published(site, user, body))


def _same(args: Args, view: View | None) -> None:
    if args.has("hash") and (view is None or args.text("hash") != view.hash):
        raise SlackError("hash_conflict")


def _named(site: Site, args: Args) -> View:
    view_id, external_id = args.text("view_id"), args.text("external_id")
    if not view_id and not external_id:
        raise invalid_arguments("missing required field: view_id")
    for view in site.world.live_views():
        if view.id == view_id or (external_id and view.external_id == external_id):
            return view
    raise SlackError("not_found")


def _told(site: Site, view: View) -> Json:
    return {"view": view_stack.shown(site, view)}
