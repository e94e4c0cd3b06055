"""A message as the Web API and events write it."""

from sandbox.slack import shapes
from sandbox.slack.entities import Message, User
from sandbox.slack.errors import Json
from sandbox.slack.install import AppInstall
from sandbox.slack.world import SlackWorld


def bot_profile(world: SlackWorld, app: AppInstall) -> Json:
    icons = {f"image_{size}": f"https://a.slack-edge.example/bot_{size}.png" for size in (36, 48, 72)}
    home = world.home.id
    return {
        "id": app.bot_id,
        "app_id": app.app_id,
        "name": app.name,
        "icons": icons,
        "deleted": False,
        "updated": 0,
        "team_id": home,
    }


def message(world: SlackWorld, app: AppInstall, found: Message, base_url: str, metadata: bool = True) -> Json:
    """Keys that have nothing to say are left out, as Slack does."""
    body: Json = {
        "type": "message",
        "user": found.user,
        "text": found.text,
        "ts": found.ts,
        "team": found.team,
    }
    if found.bot:
        body |= {"bot_id": found.bot, "app_id": app.app_id, "bot_profile": bot_profile(world, app)}
    optional = {
        "subtype": found.subtype,
        "client_msg_id": found.client_msg_id,
        "blocks": found.blocks,
        "metadata": found.metadata if metadata else None,
        "edited": {"user": found.user, "ts": found.edited_ts} if found.edits else None,
        "files": [shapes.file(world, f, base_url) for f in found.files],
        "reactions": reactions(found),
        "pinned_to": [found.channel] if found.pinned else None,
    }
    body |= {key: value for key, value in optional.items() if value}
    if found.files:
        body |= {"upload": False, "display_as_bot": False}
    return body | found.extra | _thread(world, found)


def reactions(found: Message) -> list[Json]:
    return [{"name": n, "users": list(who), "count": len(who)} for n, who in found.reactions.items() if who]


def _thread(world: SlackWorld, found: Message) -> Json:
    if found.thread_ts is not None and found.thread_ts != found.ts:
        parent = world.message(found.channel, found.thread_ts)
        return {"thread_ts": found.thread_ts, "parent_user_id": parent.user if parent else ""}
    replies = world.replies(found.channel, found.ts)
    if not replies:
        return {}
    people = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": found.ts,
        "reply_count": len(replies),
        "reply_users_count": len(people),
        "latest_reply": replies[-1].ts,
        "reply_users": people,
        "is_locked": False,
        "subscribed": False,
    }


def sender(world: SlackWorld, found: Message) -> Json:
    """What an event adds about a person of another workspace."""
    who = world.users.get(found.user)
    channel = world.channels[found.channel]
    if who is None or not channel.shared_with:
        return {}
    teams: Json = {"user_team": who.team, "source_team": who.team}
    return teams | {"user_profile": _card(who)} if world.is_foreign(who.id) else teams


def _card(who: User) -> Json:
    return {
        "avatar_hash": "g" + who.id.lower(),
        "image_72": f"https://avatars.slack.example/{who.id}_72.png",
        "first_name": who.name.partition(" ")[0],
        "real_name": who.name,
        "display_name": who.handle,
        "team": who.team,
        "name": who.handle,
        "is_restricted": who.guest,
        "is_ultra_restricted": False,
    }
