"""A modal submitted: what the client itself refuses, and what the app's answer does to the modal."""

import json
from typing import Any

from sandbox.slack import controls, view_stack
from sandbox.slack.controls import Control
from sandbox.slack.entities import View
from sandbox.slack.errors import Json, SlackError
from sandbox.slack.site import Site

TROUBLE = "We had some trouble connecting. Try again?"


class NotSubmitted(ValueError):
    """Slack's client does not send it: a field is empty or out of its bounds. `fields`: what it says, by action id."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {word}" for name, word in fields.items()))
        self.fields = fields


def fill(view: View, values: dict[str, Any]) -> None:
    """By action id. LookupError: no such control, or no such option."""
    known = {control.action_id: control for control in controls.found(view.blocks)}
    for action_id, given in values.items():
        if action_id not in known:
            raise LookupError(f"no field {action_id!r} in the modal; there are {[str(c) for c in known.values()]}")
        control = known[action_id]
        view.values.setdefault(control.block_id, {})[action_id] = controls.chosen(control, given)


def check(view: View) -> None:
    """Raises NotSubmitted, which names the fields, or LookupError when there is no submit button."""
    if not view.body.get("submit"):
        raise LookupError(f"the modal {view.title!r} has no submit button")
    told = controls.state(view.blocks, view.values)
    inputs = [control for control in controls.found(view.blocks) if control.block["type"] == "input"]
    wrong = [(c.action_id, _refusal(c, told[c.block_id][c.action_id])) for c in inputs]
    if refused := {name: word for name, word in wrong if word}:
        raise NotSubmitted(refused)


def apply(site: Site, view: View, body: str) -> dict[str, str]:
    """What the person then reads at the fields, by block id; at "" what concerns the whole modal."""
    try:
        answer = json.loads(body) if body.strip() else {}
        return _act(site, view, answer if isinstance(answer, dict) else {})
    except (SlackError, ValueError) as problem:
        return {"": f"{TROUBLE} ({problem})"}


def _act(site: Site, view: View, answer: Json) -> dict[str, str]:
    match answer.get("response_action"):
        case None:
            view_stack.closed(site, view)
        case "clear":
            view_stack.cleared(site, view.user)
        case "update":
            view_stack.replaced(view, view_stack.checked(site, answer.get("view"), "modal", view))
        case "push":
            view_stack.pushed(site, view.user, view_stack.checked(site, answer.get("view"), "modal"))
        case "errors":
            return _errors(view, answer.get("errors"))
        case other:
            raise ValueError(f"no response_action {other!r}")
    return {}


def _errors(view: View, told: Any) -> dict[str, str]:
    """They must name input blocks."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(told, dict) or not told or not set(told) <= inputs:
        raise ValueError(f"errors must name input blocks {sorted(inputs)}, not {told}")
    return {str(block): str(said) for block, said in told.items()}


def _refusal(control: Control, told: Json) -> str:
    element = control.element
    if controls.emptiness(told):
        return "" if control.block.get("optional") else "Please complete this required field."
    value = told.get("value")
    if control.kind == "number_input":
        return _number(element, str(value))
    if isinstance(value, str) and not element.get("min_length", 0) <= len(value) <= element.get("max_length", 3000):
        return "too short or too long"
    return ""


def _number(element: Json, value: str) -> str:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a number."
    if not element.get("is_decimal_allowed") and not number.is_integer():
        return "Please enter a whole number."
    low, high = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
    return "" if low <= number <= high else f"Please enter a number between {low:g} and {high:g}."
