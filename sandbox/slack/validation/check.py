"""The whole check of a message's blocks or of a view."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.slack.errors import Json
from sandbox.slack.validation import identity, limits, structure, surfaces
from sandbox.slack.validation.problem import Problem

VIEW_BYTES = 250_000


def blocks(given: Any, surface: str, pointer: str = "/blocks") -> list[Problem]:
    if not isinstance(given, list):
        return [Problem(pointer, "must be a valid array")]
    found = [p for n, item in enumerate(given) for p in structure.block(item, f"{pointer}/{n}")]
    if any(not isinstance(item, dict) for item in given):
        return found
    return _first_of_each_place([*found, *_rest(given, surface, pointer)])


def _rest(given: list[Json], surface: str, pointer: str) -> Iterator[Problem]:
    yield from surfaces.check(surface, given, pointer)
    yield from identity.block_ids(given, pointer)
    for number, item in enumerate(given):
        place = f"{pointer}/{number}"
        yield from limits.walk(item, place)
        yield from identity.action_ids(item, place)
        yield from identity.columns(item, place)
        yield from identity.content(item, place)


def _first_of_each_place(problems: list[Problem]) -> list[Problem]:
    return list({problem.pointer: problem for problem in reversed(problems)}.values())[::-1]


def view(given: Any) -> list[Problem]:
    if not isinstance(given, dict):
        return [Problem("/view", "must be a valid object")]
    found = list(structure.view(given))
    if found:
        return found
    surface = "modal" if given["type"] == "modal" else "home"
    found = [*limits.walk(_frame(given), "/view"), *blocks(given["blocks"], surface, "/view/blocks")]
    if not given["blocks"]:
        found.append(Problem("/view/blocks", "must provide at least 1 items"))
    if surface == "modal" and "submit" not in given and _asks(given["blocks"]):
        found.append(Problem("/view", "missing required field: submit"))
    return found


def _frame(given: Json) -> Json:
    """Without its blocks, under the name that the limits file knows."""
    return {**{k: v for k, v in given.items() if k != "blocks"}, "type": "view"}


def _asks(given: list[Json]) -> bool:
    return any(block.get("type") == "input" for block in given)


def too_large(given: Any) -> bool:
    return len(json.dumps(given)) > VIEW_BYTES


def too_much_text(given: list[Json]) -> bool:
    return identity.text_length(given) > identity.MOST_TEXT
