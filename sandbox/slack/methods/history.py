"""conversations.history and conversations.replies."""

from decimal import Decimal, InvalidOperation

from sandbox.slack import letterhead, scopes
from sandbox.slack.args import Args
from sandbox.slack.entities import Channel, Message
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.methods import paging
from sandbox.slack.site import Site


def history(site: Site, args: Args) -> Json:
    """Newest first, without replies, unless they were sent to the channel, too."""
    channel = _readable(site, args)
    top = [m for m in site.world.messages.get(channel.id, []) if not m.thread_ts or m.thread_ts == m.ts or m.broadcast]
    body = _page(site, args, _between(args, top)[::-1])
    return body | {"pin_count": len(site.world.pins.get(channel.id, []))}


def replies(site: Site, args: Args) -> Json:
    """The parent, then its replies, oldest first; of a reply, itself alone."""
    channel = _readable(site, args)
    ts = args.need("ts")
    first = site.world.message(channel.id, ts)
    if first is None:
        raise SlackError("thread_not_found")
    return _page(site, args, [first, *_between(args, site.world.replies(channel.id, ts))])


def _readable(site: Site, args: Args) -> Channel:
    channel = site.joined(args.need("channel"))
    scopes.demand_for(site.app, channel, scopes.HISTORY)
    return channel


def _page(site: Site, args: Args, found: list[Message]) -> Json:
    shown, cursor = paging.page(args, found, lambda message: message.ts)
    with_metadata = args.flag("include_all_metadata")
    written = [letterhead.message(site.world, site.app, m, site.base_url, with_metadata) for m in shown]
    return {"messages": written, "has_more": bool(cursor), **paging.metadata(cursor)}


def _between(args: Args, found: list[Message]) -> list[Message]:
    oldest, latest = _ts(args, "oldest", "0"), _ts(args, "latest", "Infinity")
    if args.flag("inclusive"):
        return [m for m in found if oldest <= Decimal(m.ts) <= latest]
    return [m for m in found if oldest < Decimal(m.ts) < latest]


def _ts(args: Args, name: str, default: str) -> Decimal:
    try:
        return Decimal(args.text(name) or default)
    except InvalidOperation as error:
        raise SlackError(f"invalid_ts_{name}") from error
