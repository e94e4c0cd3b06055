"""Files in three steps: an address, the bytes (files_door.py takes them), then one call that shares them."""

import mimetypes
import secrets
from typing import Any

from sandbox.slack import content, events, shapes, writing
from sandbox.slack.args import Args
from sandbox.slack.content import Content
from sandbox.slack.entities import Channel, File
from sandbox.slack.errors import Json, SlackError, invalid_arguments
from sandbox.slack.site import Site

LARGEST = 1_000_000_000
MOST_CHANNELS = 100


def get_upload_url(site: Site, args: Args) -> Json:
    name, length = args.need("filename"), args.number("length", 0)
    if length <= 0:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    if length > LARGEST:
        raise SlackError("file_upload_size_restricted")
    file = File(site.world.new_id("F"), name, name, site.app.bot_user, site.now, length)
    file.secret, file.mimetype = secrets.token_urlsafe(24), mimetypes.guess_type(name)[0] or file.mimetype
    site.world.files[file.id] = file
    return {"upload_url": f"{site.base_url}upload/v1/{file.secret}", "file_id": file.id}


def complete_upload(site: Site, args: Args) -> Json:
    """Answers at once; the message comes a moment later."""
    named = args.nested("files")
    if not isinstance(named, list) or not named:
        raise invalid_arguments("missing required field: files")
    files = [_uploaded(site, entry) for entry in named]
    channels = _channels(site, args)
    said = content.read(args) if args.has("blocks") else Content(args.text("initial_comment"))
    thread_ts = _thread(site, channels, args)
    for file, entry in zip(files, named, strict=True):
        file.title, file.completed = str(entry.get("title") or file.name), True
    told = [shapes.file(site.world, file, site.base_url) for file in files]
    for channel in channels:
        site.queue.add(site.share_delay, lambda c=channel: _share(site, c, files, said, thread_ts))  # type: ignore[misc]
    return {"files": told}


def info(site: Site, args: Args) -> Json:
    file = site.world.files.get(args.need("file"))
    if file is None or not file.completed:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return {"file": shapes.file(site.world, file, site.base_url), "comments": []}


def delete(site: Site, args: Args) -> Json:
    """Only the app's own; the messages that showed it show a tombstone."""
    file = site.world.files.get(args.need("file"))
    if file is None or not file.completed:
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    if file.user != site.app.bot_user:
        raise SlackError("cant_delete_file")
    file.deleted, file.body = True, None
    return {}


def _share(site: Site, channel: Channel, files: list[File], said: Content, thread_ts: str | None) -> None:
    with site.lock:
        message = writing.draft(site, channel, said, thread_ts)
        message.files, message.subtype = list(files), "file_share"
        for file in files:
            file.shares.append((channel.id, message.ts))
            events.file_shared(site, file, channel)
        writing.post(site, message)


def _uploaded(site: Site, entry: Any) -> File:
    file = site.world.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or file.body is None or file.completed:
        raise SlackError("file_not_found")
    return file


def _channels(site: Site, args: Args) -> list[Channel]:
    wanted = args.names("channels") or ([args.text("channel_id")] if args.text("channel_id") else [])
    if len(wanted) > MOST_CHANNELS:
        raise SlackError("channels_limit_exceeded")
    channels = [site.joined(channel) for channel in wanted]
    if any(channel.archived for channel in channels):
        raise SlackError("posting_to_channel_denied")
    return channels


def _thread(site: Site, channels: list[Channel], args: Args) -> str | None:
    """A thread is one channel's; a ts that nobody has is refused."""
    if not (ts := args.text("thread_ts")):
        return None
    if len(channels) != 1 or site.world.message(channels[0].id, ts) is None:
        raise invalid_arguments("thread not found [json-pointer:/thread_ts]")
    return ts
