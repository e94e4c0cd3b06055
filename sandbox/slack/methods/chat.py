"""chat.*"""

from sandbox.slack import content, events, writing
from sandbox.slack.args import Args
from sandbox.slack.entities import Channel, Message
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.methods.direct import open_direct
from sandbox.slack.site import Site

LONGEST_EDIT = 4_000


def post_message(site: Site, args: Args) -> Json:
    channel = _target(site, args.need("channel"))
    _may_write(site, channel)
    said, metadata = content.read(args), content.metadata(args)
    message = writing.draft(site, channel, said, _parent(site, channel, args))
    message.metadata = metadata or None
    if args.flag("reply_broadcast") and message.thread_ts:
        message.broadcast, message.subtype = True, "thread_broadcast"
    writing.post(site, message)
    return {"channel": channel.id, "ts": message.ts, "message": events.written(site, message)}


def post_ephemeral(site: Site, args: Args) -> Json:
    channel, user = _target(site, args.need("channel")), args.need("user")
    _may_write(site, channel)
    if user not in channel.members:
        raise SlackError("user_not_in_channel")
    message = writing.whisper(site, channel, user, content.read(args), _parent(site, channel, args))
    return {"message_ts": message.ts}


def update(site: Site, args: Args) -> Json:
    """What is left out: metadata stays; blocks stay only when there is no text either."""
    channel = site.channel(args.need("channel"))
    message = _own(site, channel, args.need("ts"), "cant_update_message")
    if len(args.text("text")) > LONGEST_EDIT:
        raise SlackError("msg_too_long")
    metadata = content.metadata(args)
    writing.edit(site, message, _edited(args, message, metadata), metadata)
    written = events.written(site, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": written}


def delete(site: Site, args: Args) -> Json:
    channel = site.channel(args.need("channel"))
    message = _own(site, channel, args.need("ts"), "cant_delete_message")
    writing.erase(site, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(site: Site, args: Args) -> Json:
    channel = site.channel(args.need("channel"))
    message = site.message(channel, args.need("message_ts"))
    link = f"https://{site.world.home.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != message.ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _edited(args: Args, message: Message, metadata: Json | None) -> content.Content:
    if metadata is not None and not any(args.has(name) for name in ("text", "blocks", "attachments")):
        return content.Content(message.text, message.blocks, message.extra)
    return content.read(args)


def _target(site: Site, given: str) -> Channel:
    """An id, a #name, or a person, whose direct message is opened."""
    if given.startswith(("U", "W")):
        return open_direct(site, given)
    named = site.world.channel_named(given)
    return site.channel(named.id if named else given)


def _may_write(site: Site, channel: Channel) -> None:
    if channel.archived:
        raise SlackError("is_archived")
    if site.app.bot_user not in channel.members and not site.app.may("chat:write.public"):
        raise SlackError("not_in_channel")


def _parent(site: Site, channel: Channel, args: Args) -> str | None:
    if not (ts := args.text("thread_ts")):
        return None
    parent = site.world.message(channel.id, ts)
    if parent is None or (parent.thread_ts and parent.thread_ts != ts):
        raise SlackError("cannot_reply_to_message")
    return ts


def _own(site: Site, channel: Channel, ts: str, refusal: str) -> Message:
    message = site.message(channel, ts)
    if message.bot != site.app.bot_id or message.subtype == "tombstone":
        raise SlackError(refusal)
    return message
