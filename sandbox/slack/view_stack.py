"""Modals, three deep, and Home: opened, replaced and closed."""

import secrets
from typing import Any

from sandbox.slack import controls, shapes
from sandbox.slack.entities import View
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.site import Site
from sandbox.slack.validation import check, finish

DEEPEST = 3


def checked(site: Site, given: Any, kind: str, itself: View | None = None) -> Json:
    """The view, or Slack's word for what is wrong with it. `kind`: modal or home."""
    problems = [str(problem) for problem in check.view(given)]
    if not problems and given["type"] != kind:
        problems = [f"[ERROR] unsupported type: {given['type']} [json-pointer:/view/type]"]
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})
    if check.too_large(given):
        raise SlackError("view_too_large")
    wanted = given.get("external_id")
    if wanted and any(view.external_id == wanted for view in site.world.live_views() if view is not itself):
        raise SlackError("duplicate_external_id")
    body: Json = given
    return body


def opened(site: Site, user: str, body: Json) -> View:
    """In place of whatever modal was open."""
    view = _made(site, user, body)
    site.world.modals[user] = [view.id]
    return view


def pushed(site: Site, user: str, body: Json) -> View:
    stack = site.world.modals.get(user, [])
    if not stack:
        raise SlackError("not_found")
    if len(stack) >= DEEPEST:
        raise SlackError("push_limit_reached")
    view = _made(site, user, body)
    view.root_id, view.previous_id = stack[0], stack[-1]
    stack.append(view.id)
    return view


def replaced(view: View, body: Json) -> None:
    """What was filled in stays where block and action keep their ids."""
    view.hash = _hash()
    view.body = {**body, "blocks": finish.blocks(body["blocks"], view.hash)}


def published(site: Site, user: str, body: Json) -> View:
    if (view := home(site, user)) is not None:
        replaced(view, body)
        return view
    view = _made(site, user, body)
    site.world.homes[user] = view.id
    return view


def home(site: Site, user: str) -> View | None:
    return site.world.views.get(site.world.homes.get(user, ""))


def top(site: Site, user: str) -> View | None:
    stack = site.world.modals.get(user)
    return site.world.views[stack[-1]] if stack else None


def closed(site: Site, view: View) -> None:
    """That one; the one below it is seen again."""
    stack = site.world.modals.get(view.user, [])
    if view.id in stack:
        stack.remove(view.id)


def cleared(site: Site, user: str) -> None:
    site.world.modals.pop(user, None)


def shown(site: Site, view: View) -> Json:
    return shapes.view(site.world, site.app, view, controls.state(view.blocks, view.values))


def _made(site: Site, user: str, body: Json) -> View:
    view = View(site.world.new_id("V"), user, body, "")
    replaced(view, body)
    site.world.views[view.id] = view
    return view


def _hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
