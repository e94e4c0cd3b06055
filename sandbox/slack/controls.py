"""The controls in a message or view: found by action, read and filled in as Slack's client does."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.slack.errors import Json

# Element type -> the key of its state, and the key of what it shows at first.
TEXTS = frozenset({"plain_text_input", "number_input", "email_text_input", "url_text_input"})
ONE_OPTION = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
OPTIONS = frozenset({"checkboxes", "multi_static_select", "multi_external_select"})
PLAIN = {
    "rich_text_input": ("rich_text_value", "initial_value"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
}
STATELESS = frozenset({"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"})
PLACES = ("elements", "actions", "child_blocks", "accessory", "element")


@dataclass(frozen=True, slots=True)
class Control:
    """`block` is the block that it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    def choices(self) -> list[str]:
        return [str(option.get("value", "")) for option in _options(self.element)]

    def __str__(self) -> str:
        choices = self.choices()
        return self.action_id + (f" {choices}" if choices else "")


def found(blocks: list[Json]) -> list[Control]:
    return [control for block in blocks for control in _inside(block, block)]


def state(blocks: list[Json], filled: Json) -> Json:
    """state.values: what the person filled in, else what the controls showed at first."""
    values: Json = {}
    for control in found(blocks):
        if control.kind not in STATELESS:
            own = filled.get(control.block_id, {}).get(control.action_id)
            values.setdefault(control.block_id, {})[control.action_id] = own or _initial(control)
    return values


def chosen(control: Control, given: Any) -> Json:
    """The state of a control that a person fills in. LookupError: there is no such option."""
    kind = control.kind
    if kind in TEXTS:
        return {"type": kind, "value": str(given) if given not in (None, "") else None}
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": _option(control, str(given)) if given else None}
    if kind in OPTIONS:
        return {"type": kind, "selected_options": [_option(control, str(value)) for value in given or ()]}
    return {"type": kind, PLAIN[kind][0]: given}


def emptiness(told: Json) -> bool:
    """Whether nothing was filled in."""
    return not any(value for name, value in told.items() if name != "type")


def _inside(node: Json, block: Json) -> Iterator[Control]:
    for place in PLACES:
        held = node.get(place)
        for item in held if isinstance(held, list) else [held]:
            if isinstance(item, dict):
                yield from _one(item, item if place == "child_blocks" else block)


def _one(item: Json, block: Json) -> Iterator[Control]:
    if isinstance(item.get("action_id"), str):
        yield Control(block, item)
    yield from _inside(item, block)


def _initial(control: Control) -> Json:
    element, kind = control.element, control.kind
    if kind in TEXTS:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    key, first = PLAIN.get(kind, ("value", "initial_value"))
    return {"type": kind, key: element.get(first, [] if kind.startswith("multi_") else None)}


def _option(control: Control, value: str) -> Json:
    for option in _options(control.element):
        if str(option.get("value", "")) == value:
            return {name: option[name] for name in ("text", "value", "description") if name in option}
    raise LookupError(f"{control.action_id} has no option {value!r}; there are {control.choices()}")


def _options(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
