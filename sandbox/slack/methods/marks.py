"""What is put on messages and channels: pins, reactions, bookmarks."""

import re

from sandbox.slack import events
from sandbox.slack.args import Args
from sandbox.slack.entities import Channel, Message, Pin
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.site import Site

MOST_PINS = 100
MOST_BOOKMARKS = 100
EMOJI = re.compile(r"[a-z0-9_'+-]+(::skin-tone-[2-6])?")
TS = re.compile(r"\d+\.\d{6}")


def pin(site: Site, args: Args) -> Json:
    channel, message = _marked(site, args)
    pins = site.world.pins.setdefault(channel.id, [])
    if message.pinned:
        raise SlackError("already_pinned")
    if len(pins) >= MOST_PINS:
        raise SlackError("too_many_pins")
    pins.append(Pin(message.ts, site.app.bot_user, site.now))
    message.pinned = True
    events.pin(site, "pin_added", message, site.app.bot_user)
    return {}


def unpin(site: Site, args: Args) -> Json:
    channel, message = _marked(site, args)
    if not message.pinned:
        raise SlackError("no_pin")
    site.world.pins[channel.id] = [pin for pin in site.world.pins[channel.id] if pin.ts != message.ts]
    message.pinned = False
    events.pin(site, "pin_removed", message, site.app.bot_user)
    return {}


def pins(site: Site, args: Args) -> Json:
    channel = site.channel(args.need("channel"))
    return {"items": [_pinned(site, channel, found) for found in reversed(site.world.pins.get(channel.id, []))]}


def react(site: Site, args: Args) -> Json:
    name = args.need("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise SlackError("invalid_name")
    channel, message = _marked(site, args)
    if channel.archived:
        raise SlackError("is_archived")
    who = message.reactions.setdefault(name, [])
    if site.app.bot_user in who:
        raise SlackError("already_reacted")
    who.append(site.app.bot_user)
    events.reaction(site, "reaction_added", message, site.app.bot_user, name)
    return {}


def add_bookmark(site: Site, args: Args) -> Json:
    channel = site.joined(args.need("channel_id"))
    kept = site.world.bookmarks.setdefault(channel.id, [])
    if args.need("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if not args.text("link").startswith(("https://", "http://")):
        raise SlackError("invalid_link")
    if len(kept) >= MOST_BOOKMARKS:
        raise SlackError("too_many_bookmarks")
    kept.append(_bookmark(site, args, channel))
    return {"bookmark": kept[-1]}


def bookmarks(site: Site, args: Args) -> Json:
    channel = site.channel(args.need("channel_id"))
    return {"bookmarks": list(site.world.bookmarks.get(channel.id, []))}


def _marked(site: Site, args: Args) -> tuple[Channel, Message]:
    channel = site.joined(args.need("channel"))
    if not (ts := args.text("timestamp")):
        raise SlackError("no_item_specified")
    if not TS.fullmatch(ts):
        raise SlackError("bad_timestamp")
    return channel, site.message(channel, ts)


def _pinned(site: Site, channel: Channel, found: Pin) -> Json:
    message = events.written(site, site.message(channel, found.ts))
    body = {"type": "message", "created": found.created_at, "created_by": found.user, "channel": channel.id}
    return body | {"message": message}


def _bookmark(site: Site, args: Args, channel: Channel) -> Json:
    return {
        "id": site.world.new_id("Bk"),
        "channel_id": channel.id,
        "title": args.need("title"),
        "link": args.text("link"),
        "emoji": args.text("emoji"),
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": site.now,
        "date_updated": 0,
        "rank": "i",
        "last_updated_by_user_id": site.app.bot_user,
        "last_updated_by_team_id": site.app.team,
        "shortcut_id": None,
        "app_id": site.app.app_id,
        "app_action_id": None,
    }
