"""What the app writes: posts, whispers, edits and deletions, each with its event."""

from sandbox.slack import events
from sandbox.slack.content import Content
from sandbox.slack.entities import Channel, Message
from sandbox.slack.errors import Json
from sandbox.slack.site import Site
from sandbox.slack.validation import finish


def draft(site: Site, channel: Channel, content: Content, thread_ts: str | None = None) -> Message:
    ts, app = site.stamp(channel.id), site.app
    message = Message(channel.id, ts, app.bot_user, content.text, finish.blocks(content.blocks, ts))
    message.bot, message.team, message.thread_ts = app.bot_id, app.team, thread_ts
    message.extra = dict(content.extra)
    return message


def post(site: Site, message: Message) -> Message:
    site.world.add(message)
    events.posted(site, message)
    return message


def whisper(site: Site, channel: Channel, user: str, content: Content, thread_ts: str | None = None) -> Message:
    """Only that person sees it."""
    message = draft(site, channel, content, thread_ts)
    message.visible_to = user
    site.world.ephemerals.append(message)
    return message


def edit(site: Site, message: Message, content: Content, metadata: Json | None = None) -> None:
    """`metadata`: None keeps what is there, {} takes it away."""
    before = events.written(site, message)
    message.edited_ts = site.stamp(message.channel)
    message.edits += 1
    message.text, message.blocks = content.text, finish.blocks(content.blocks, message.edited_ts)
    message.extra = dict(content.extra)
    if metadata is not None:
        message.metadata = metadata or None
    if not message.visible_to:
        events.changed(site, message, before)


def erase(site: Site, message: Message) -> None:
    """A message with replies leaves a tombstone."""
    if message.visible_to:
        site.world.ephemerals.remove(message)
        return
    before = events.written(site, message)
    if site.world.replies(message.channel, message.ts):
        message.subtype, message.text, message.blocks, message.files = "tombstone", "This message was deleted.", [], []
        message.metadata, message.extra, message.reactions = None, {}, {}
    else:
        site.world.remove(message)
    events.deleted(site, message, before)


def notice(site: Site, channel: Channel, user: str, subtype: str, text: str, **more: str) -> None:
    """Slack's own line in a channel: who joined, what the topic now is."""
    message = Message(channel.id, site.stamp(channel.id), user, text, team=site.user(user).team, subtype=subtype)
    message.extra = dict(more)
    post(site, message)
