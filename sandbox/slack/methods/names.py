"""What a channel may be called."""

import re

from sandbox.slack.args import Args
from sandbox.slack.errors import SlackError
from sandbox.slack.site import Site

LONGEST = 80
ALLOWED = re.compile(r"[\w-]+")


def checked_name(site: Site, args: Args) -> str:
    """Raises Slack's word for what is wrong with it; archived channels keep theirs."""
    name = args.text("name").removeprefix("#")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > LONGEST:
        raise SlackError("invalid_name_maxlength")
    if not ALLOWED.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if not any(letter.isalnum() for letter in name):
        raise SlackError("invalid_name_punctuation")
    if site.world.channel_named(name) is not None:
        raise SlackError("name_taken")
    return name
