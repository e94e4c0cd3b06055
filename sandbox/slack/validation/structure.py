"""Structure: the vendor's JSON schemas, chosen by the block's own type so that the complaint is about that block."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, ValidationError
from jsonschema.exceptions import best_match

from sandbox.slack.errors import Json
from sandbox.slack.validation.problem import Problem

DATA = Path(__file__).parent.parent / "data"
UNMODELLED = frozenset({"data_visualization"})  # live, but younger than the schemas


@cache
def definitions(name: str) -> Json:
    found: Json = json.loads((DATA / f"schema_{name}.json").read_text("utf-8"))["definitions"]
    # The schema repeats the single select's type; Slack's page says multi_conversations_select.
    found["MultiConversationsSelect"]["properties"]["type"]["const"] = "multi_conversations_select"
    return found


@cache
def block_definitions() -> dict[str, str]:
    """Block type -> definition."""
    known = definitions("KnownBlock")
    names = [option["$ref"].rpartition("/")[2] for option in known["KnownBlock"]["anyOf"]]
    return {kind: name for name in names for kind in _types(known[name])}


def _types(definition: Json) -> Iterator[str]:
    for variant in definition.get("anyOf", [definition]):
        yield variant["properties"]["type"]["const"]


@cache
def validator(schema: str, name: str) -> Draft7Validator:
    return Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": definitions(schema)})


def block(given: Any, pointer: str) -> Iterator[Problem]:
    if not isinstance(given, dict) or not isinstance(given.get("type"), str):
        yield Problem(pointer, "must be an object with a type")
        return
    kind = given["type"]
    if kind in UNMODELLED:
        return
    if kind not in block_definitions():
        yield Problem(f"{pointer}/type", f"unsupported type: {kind}")
        return
    yield from _complaint(validator("KnownBlock", block_definitions()[kind]), given, pointer)


def view(given: Json) -> Iterator[Problem]:
    """The frame only; its blocks are checked one by one."""
    name = {"modal": "ModalView", "home": "HomeView"}.get(str(given.get("type")))
    if name is None:
        yield Problem("/view/type", f"unsupported type: {given.get('type')}")
        return
    frame = {**given, "blocks": [] if isinstance(given.get("blocks"), list) else given.get("blocks")}
    yield from _complaint(validator("View", name), frame, "/view")


def _complaint(checker: Draft7Validator, given: Json, pointer: str) -> Iterator[Problem]:
    error = best_match(checker.iter_errors(given))
    if error is not None:
        path = "".join(f"/{step}" for step in error.absolute_path)
        yield Problem(pointer + path, _wording(error))


def _wording(error: ValidationError) -> str:
    wanted: Any = error.validator_value
    given: Any = error.instance
    if error.validator == "required":
        missing = [name for name in wanted if name not in given]
        return f"missing required field: {missing[0]}"
    if error.validator == "additionalProperties":
        schema: Any = error.schema
        extra = sorted(set(given) - set(schema.get("properties", {})))
        return f"invalid additional property: {extra[0]}"
    if error.validator == "type":
        return f"must be a valid {wanted}"
    if error.validator in ("const", "enum"):
        return f"unsupported type: {given}"
    return "failed to match all allowed schemas"
