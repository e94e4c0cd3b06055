"""What a person sees of Slack and around it, in parts that are sent only when they changed."""

import json
from datetime import UTC, datetime
from typing import Any

from sandbox.page import watching
from sandbox.page.stage import Stage
from sandbox.slack import view_stack
from sandbox.slack.entities import Channel, User
from sandbox.town import Town

Parts = dict[str, str]


def parts(stage: Stage, user: str) -> Parts:
    """Part -> JSON. The keys of messages are `message:<channel>:<ts>`."""
    town = stage.town
    told: dict[str, Any] = {
        "stage": stage.told(),
        "clock": clock(town),
        "people": people(town),
        "systems": watching.systems(town),
        "faults": stage.trouble.told(),
        "tour": stage.tour.told(),
    }
    messages: Parts = {}
    if user in town.site.world.users:
        with town.site.lock:
            mine = [c for c in list(town.site.world.channels.values()) if user in c.members]
            told |= _private(stage, town, user) | {f"channel:{one.id}": _channel(town, one) for one in mine}
            for one in mine:
                messages |= stage.known.told(town.people.messages(one.id, user))
    return {key: json.dumps(value, separators=(",", ":")) for key, value in told.items()} | messages


def clock(town: Town) -> dict[str, Any]:
    """`ahead`: whole seconds before the machine's time, so that the page can tick by itself."""
    now = town.clock.now()
    if town.clock.held:
        return {"held": now.isoformat(timespec="seconds")}
    return {"ahead": round((now - datetime.now(UTC)).total_seconds())}


def people(town: Town) -> list[dict[str, Any]]:
    world = town.site.world
    return [_person(town, user) for user in list(world.users.values()) if not user.deleted]


def _person(town: Town, user: User) -> dict[str, Any]:
    world = town.site.world
    groups = [group.handle for group in list(world.groups.values()) if user.id in group.users]
    return {
        "id": user.id,
        "name": user.name,
        "title": user.title,
        "team": world.workspaces[user.team].name,
        "foreign": world.is_foreign(user.id),
        "app": bool(user.bot_id),
        "email": user.email,
        "handle": user.handle,
        "tz": user.tz,
        "groups": groups,
    }


def _private(stage: Stage, town: Town, user: str) -> dict[str, Any]:
    home = None if town.site.world.is_foreign(user) else town.people.home(user)
    return {
        "read": dict(stage.read.get(user, {})),
        "home": home,
        "modal": _modal(town, user),
        "told": town.people.failures(user),
        "letters": letters(town, user),
    }


def _modal(town: Town, user: str) -> dict[str, Any] | None:
    view = view_stack.top(town.site, user)
    if view is None:
        return None
    deep = len(town.site.world.modals.get(user, ()))
    return {"view": view_stack.shown(town.site, view), "deep": deep, "errors": town.people.field_errors(user)}


def letters(town: Town, user: str) -> list[dict[str, Any]]:
    """Newest first."""
    address = town.site.world.users[user].email.lower()
    found = [(number, letter) for number, letter in enumerate(town.mail.letters) if letter.to.lower() == address]
    return [
        {
            "number": number,
            "from": letter.sender,
            "subject": letter.subject,
            "text": letter.text,
            "html": bool(letter.html),
            "links": [link for link in letter.links if link.startswith(f"{town.url}/p/")],
        }
        for number, letter in reversed(found)
    ]


def _channel(town: Town, channel: Channel) -> dict[str, Any]:
    world = town.site.world
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "private": channel.private,
        "archived": channel.archived,
        "shared": [world.workspaces[team].name for team in channel.shared_with],
        "members": list(channel.members),
        "topic": channel.topic.value,
        "pins": [pin.ts for pin in world.pins.get(channel.id, [])],
    }
