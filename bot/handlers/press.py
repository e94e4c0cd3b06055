"""What a press, a submission or a command brings, in our words."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.blocks.actions import Ref
from bot.blocks.card import Card
from bot.streams.ids import digest

Answer = Card | None
NOBODY = "?:?"
NUMBER = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Press:
    """`who` is team:user; `key` is the same for a press that Slack delivers twice."""

    who: str
    action: str
    ref: Ref | None
    value: str
    trigger: str
    response_url: str
    key: str


@dataclass(frozen=True, slots=True)
class Submission:
    """`fields` by action id; a list for checkboxes, else the text."""

    who: str
    view: str
    ref: Ref | None
    fields: Mapping[str, Any]
    blocks: Mapping[str, str]  # action id -> block id, where an error is shown
    key: str

    def ticked(self, name: str, value: str) -> bool:
        told = self.fields.get(name)
        return isinstance(told, list) and value in told

    def chosen(self, name: str) -> list[str]:
        told = self.fields.get(name)
        return [value for value in told if isinstance(value, str)] if isinstance(told, list) else []

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        return value.strip() if isinstance(value, str) else ""


Handle = Callable[[Press], Answer]


def press_of(body: Mapping[str, Any]) -> Press:
    """Of a block_actions payload; whatever is missing or malformed is empty."""
    action: Mapping[str, Any] = (body.get("actions") or [{}])[0]
    chosen = action.get("selected_option") or {}
    name = str(action.get("action_id") or "")
    who = person_of(body)
    return Press(
        who=who,
        action=name,
        ref=ref_of(str(action.get("block_id") or "")),
        value=str(chosen.get("value") or action.get("value") or ""),
        trigger=str(body.get("trigger_id") or ""),
        response_url=str(body.get("response_url") or ""),
        key=f"press:{who}:{name}:{action.get('action_ts')}:{action.get('block_id')}"[:400],
    )


def submission_of(body: Mapping[str, Any]) -> Submission:
    view: Mapping[str, Any] = body.get("view") or {}
    state: Mapping[str, Any] = (view.get("state") or {}).get("values") or {}
    fields = {name: _value(told) for block in state.values() for name, told in block.items()}
    blocks = {name: block_id for block_id, block in state.items() for name in block}
    told = digest(json.dumps(fields, sort_keys=True, default=str))
    return Submission(
        who=person_of(body),
        view=str(view.get("callback_id") or ""),
        ref=ref_of(str(view.get("private_metadata") or "")),
        fields=fields,
        blocks=blocks,
        key=f"view:{view.get('id')}:{told}",
    )


def person_of(body: Mapping[str, Any]) -> str:
    """The person's own workspace, which in a shared channel is not the app's."""
    user: Mapping[str, Any] = body.get("user") or {}
    team = user.get("team_id") or (body.get("team") or {}).get("id")
    return f"{team}:{user.get('id')}" if team and user.get("id") else NOBODY


def ref_of(text: str) -> Ref | None:
    try:
        return Ref.model_validate_json(text)
    except ValidationError:
        return None


def _value(told: Mapping[str, Any]) -> Any:
    if "selected_options" in told:
        return [option.get("value") for option in told["selected_options"] or []]
    chosen = told.get("selected_option")
    if chosen:
        return str(chosen.get("value"))
    return str(told.get("selected_time") or told.get("selected_date") or told.get("value") or "")


def number(ref: Ref) -> int:
    """The bundle or the signal that the button is about; what is no number is none that there is."""
    return int(ref.about) if NUMBER.fullmatch(ref.about) else -1
