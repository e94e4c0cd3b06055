"""A channel's topic, purpose and name, and its end."""

from sandbox.slack import events, scopes, shapes, writing
from sandbox.slack.args import Args
from sandbox.slack.entities import Channel, Note
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.methods.names import checked_name
from sandbox.slack.site import Site

LONGEST_NOTE = 250


def set_topic(site: Site, args: Args) -> Json:
    channel, note = _noted(site, args, "topic")
    if note.value != channel.topic.value:
        channel.topic = note
        writing.notice(site, channel, site.app.bot_user, "channel_topic", f"set the channel topic: {note.value}")
    return _told(site, channel)


def set_purpose(site: Site, args: Args) -> Json:
    channel, note = _noted(site, args, "purpose")
    if note.value != channel.purpose.value:
        channel.purpose = note
        said = f"set the channel description: {note.value}"
        writing.notice(site, channel, site.app.bot_user, "channel_purpose", said)
    return _told(site, channel)


def rename(site: Site, args: Args) -> Json:
    channel = _managed(site, args, scopes.MANAGE)
    if channel.creator != site.app.bot_user:
        raise SlackError("not_authorized")
    name = checked_name(site, args)
    channel.previous_names.append(channel.name)
    said = f'has renamed the channel from "{channel.name}" to "{name}"'
    channel.name = name
    writing.notice(site, channel, site.app.bot_user, "channel_name", said)
    events.renamed(site, channel)
    return _told(site, channel)


def archive(site: Site, args: Args) -> Json:
    channel = site.joined(args.need("channel"))
    scopes.demand_for(site.app, channel, scopes.MANAGE)
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("already_archived")
    if channel.name == "general":
        raise SlackError("cant_archive_general")
    writing.notice(site, channel, site.app.bot_user, "channel_archive", "archived the channel")
    channel.archived = True
    events.channel_event(site, "channel_archive", channel, user=site.app.bot_user, is_moved=0)
    return {}


def _noted(site: Site, args: Args, field: str) -> tuple[Channel, Note]:
    channel = _managed(site, args, scopes.TOPIC)
    value = args.text(field)
    if len(value) > LONGEST_NOTE:
        raise SlackError("too_long")
    return channel, Note(value, site.app.bot_user, site.now)


def _managed(site: Site, args: Args, any_of: tuple[str, ...]) -> Channel:
    channel = site.joined(args.need("channel"))
    scopes.demand_for(site.app, channel, any_of)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _told(site: Site, channel: Channel) -> Json:
    return {"channel": shapes.channel(site.world, site.app, channel)}
