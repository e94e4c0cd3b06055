"""Direct messages with the app."""

from sandbox.slack.entities import Channel
from sandbox.slack.errors import SlackError
from sandbox.slack.site import Site


def open_direct(site: Site, user: str, unknown: str = "channel_not_found") -> Channel:
    """Opens it when it is not. `unknown` is the word for nobody; a person of another workspace is nobody, too."""
    who = site.world.users.get(user)
    if who is None or who.bot_id:
        raise SlackError(unknown)
    if site.world.is_foreign(user):
        raise SlackError("user_not_visible" if unknown == "user_not_found" else unknown)
    if who.deleted:
        raise SlackError("user_disabled" if unknown == "user_not_found" else unknown)
    if not site.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return site.world.open_dm(user, site.app.bot_user, site.clock())
