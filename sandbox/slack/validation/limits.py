"""Lengths and counts, walked over the whole tree from the limits file; a part's section has the name of its type."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox.slack.errors import Json
from sandbox.slack.validation.problem import Problem

LIMITS: dict[str, Json] = json.loads((Path(__file__).parent.parent / "data" / "limits.json").read_text("utf-8"))
SECTION_OF_KEY = {
    "confirm": "confirmation",
    "options": "option",
    "initial_option": "option",
    "initial_options": "option",
    "option_groups": "option_group",
    "positive_button": "feedback_button",
    "negative_button": "feedback_button",
    "segments": "segment",
}
TEXTS = frozenset({"plain_text", "mrkdwn"})
STRICTER: dict[str, Json] = {
    "data_table": {"rows": {"min_items": 2, "max_items": 101}},  # Slack's page; the file says 201
    "table": {"rows": {"min_items": 1, "max_items": 100}},
    "section": {"text": {"min_length": 1, "max_length": 3000}},
    "header": {"text": {"min_length": 1, "max_length": 150}},
    "actions": {"elements": {"min_items": 1, "max_items": 25}},
    "context": {"elements": {"min_items": 1, "max_items": 10}},
}


def walk(given: Any, pointer: str, key: str = "") -> Iterator[Problem]:
    if isinstance(given, list):
        for number, item in enumerate(given):
            yield from walk(item, f"{pointer}/{number}", key)
    elif isinstance(given, dict):
        for section in _sections(given, key):
            yield from _check(given, section, pointer)
        for name, value in given.items():
            if isinstance(value, (dict, list)):
                yield from walk(value, f"{pointer}/{name}", name)


def _sections(given: Json, key: str) -> Iterator[Json]:
    kind = str(given.get("type", ""))
    if kind in TEXTS:
        yield {"text": LIMITS["text"]}
        return
    name = SECTION_OF_KEY.get(key, kind)
    yield {**LIMITS.get(name, {}), **STRICTER.get(name, {})}
    if kind.endswith("_select"):
        yield {**LIMITS["select"], "options": {"min_items": 1, "max_items": 100}}
    elif "placeholder" in given:
        yield {"placeholder": LIMITS["select"]["placeholder"]}
    yield {name: LIMITS[name] for name in ("action_id", "block_id")}


def _check(given: Json, section: Json, pointer: str) -> Iterator[Problem]:
    for name, rule in section.items():
        value = given.get(name)
        if value is None:
            continue
        place = f"{pointer}/{name}"
        if isinstance(value, list):
            yield from _counted(value, rule, place)
        elif isinstance(value, (int, float)):
            yield from _bounded(value, rule, place)
        else:
            yield from _measured(value, rule, place)


def _counted(value: list[Any], rule: Json, place: str) -> Iterator[Problem]:
    if len(value) > rule.get("max_items", len(value)):
        yield Problem(place, f"no more than {rule['max_items']} items allowed")
    if len(value) < rule.get("min_items", 0):
        yield Problem(place, f"must provide at least {rule['min_items']} items")
    if "item_max_length" in rule:
        for number, item in enumerate(value):
            yield from _measured(item, {"max_length": rule["item_max_length"]}, f"{place}/{number}")


def _bounded(value: float, rule: Json, place: str) -> Iterator[Problem]:
    if value > rule.get("max", value) or value < rule.get("min", value):
        yield Problem(place, "must be within the allowed range")


def _measured(value: Any, rule: Json, place: str) -> Iterator[Problem]:
    text, place = (value.get("text"), f"{place}/text") if isinstance(value, dict) else (value, place)
    if not isinstance(text, str):
        return
    if len(text) > rule.get("max_length", len(text)):
        yield Problem(place, f"must be less than {rule['max_length'] + 1} characters")
    if len(text) < rule.get("min_length", 0):
        yield Problem(place, f"must be more than {rule['min_length'] - 1} characters")
