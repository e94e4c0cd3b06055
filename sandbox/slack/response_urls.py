"""What an app may say to an interaction: at its response_url, or in the answer to a command."""

from sandbox.slack import bodies, content, writing
from sandbox.slack.args import Args
from sandbox.slack.entities import Message
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.journal import Call as Entry
from sandbox.slack.site import Site
from sandbox.slack.tickets import Response
from sandbox.web import Call, Reply, json_reply

GONE = frozenset({"expired_url", "used_url"})
METHOD = "response_url"


def take(site: Site, secret: str, call: Call) -> Reply:
    given: Json = {}
    try:
        given = bodies.arguments(call)
        with site.lock:
            speak(site, site.tickets.use(secret), given)
    except SlackError as no:
        status = 404 if no.word in GONE else 400
        site.journal.append(Entry(METHOD, given, False, no.word, status))
        return json_reply(no.body(), status)
    site.journal.append(Entry(METHOD, given, True))
    return Reply(200, b"ok", media_type="text/plain")


def speak(site: Site, response: Response, given: Json) -> None:
    """A command has no source, so for it replace_original and delete_original do nothing."""
    args = Args(given)
    if args.flag("delete_original"):
        if response.source is not None and _there(site, response.source):
            writing.erase(site, response.source)
        return
    said = content.read(args)
    if args.flag("replace_original") and response.source is not None and _there(site, response.source):
        writing.edit(site, response.source, said)
        return
    channel, thread_ts = site.world.channels[response.channel], args.text("thread_ts") or None
    if args.text("response_type", "ephemeral") == "in_channel":
        writing.post(site, writing.draft(site, channel, said, thread_ts))
    else:
        writing.whisper(site, channel, response.user, said, thread_ts)


def _there(site: Site, message: Message) -> bool:
    if message.visible_to:
        return any(message is known for known in site.world.ephemerals)
    return any(message is known for known in site.world.messages.get(message.channel, ()))
