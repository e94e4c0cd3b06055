"""What a person does with the documents of the example deal: her card, its buttons, and the page of a link."""

import re
from typing import Any

import requests

from sandbox.slack.entities import Message
from sandbox.walk import readable
from tests.world import World

LINK = re.compile(r"http://[^\s|>]+/p/read/[^\s|>]+")


def approved(world: World) -> None:
    """Two packages; the second one may leave."""
    for step in (world.walk.negotiate, world.walk.agree, world.walk.reject, world.walk.reprice, world.walk.approve):
        step()
    world.settle()


def card(world: World, user: str) -> Message:
    """What `/deal documents` answers to this person alone, wherever she is."""
    before = len(world.town.people.ephemerals(user))
    world.town.people.command(user, str(world.town.site.app.bot_user), "/deal", "documents Brightwater")
    world.settle()
    return world.town.people.ephemerals(user)[before:][-1]


def said(world: World, user: str) -> str:
    world.looked += 1
    return "\n".join(readable(card(world, user))).replace("*", "")


def press(world: World, user: str, action: str, about: str = "") -> str:
    """On a fresh card; `about` is in the route of the button that is meant. The words that come back to her alone."""
    message = card(world, user)
    before = len(world.town.people.ephemerals(user))
    block = next(
        (b["block_id"] for b in message.blocks if _has(b, action) and about in b.get("block_id", "")),
        "",
    )
    world.town.people.press(user, message.channel, message.ts, action, block_id=block)
    world.settle()
    world.looked += 1
    new = world.town.people.ephemerals(user)[before:]
    return "\n".join(readable(new[-1])) + str(new[-1].blocks) if new else ""


def fill(world: World, user: str, **values: Any) -> dict[str, str]:
    return world.person(user).fills(**values)


def opened(world: World, user: str, version: int) -> str:
    """The address of a link of her own."""
    found = LINK.search(press(world, user, "package.open", f'"about":"{version}"'))
    assert found is not None
    return found[0]


def mailed(world: World, to: str) -> str:
    """The address in the newest letter."""
    letter = world.town.mail.wait_for(to, "Documents")
    found = LINK.search(letter.text)
    assert found is not None
    return found[0]


def get(world: World, url: str, **more: Any) -> requests.Response:
    world.looked += 1
    return requests.get(url, timeout=30, **more)


def thread(world: World) -> str:
    world.looked += 1
    return "\n".join(line for m in world.walk.thread() for line in [m.text, *readable(m)]).replace("*", "")


def _has(block: dict[str, Any], action: str) -> bool:
    inside = [*block.get("elements", []), block.get("accessory", {})]
    return any(each.get("action_id") == action for each in inside)
