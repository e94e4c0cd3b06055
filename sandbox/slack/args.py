"""Arguments of a call, from a JSON or a form body: `true`, `1` and `"true"` are one; nested JSON may be a string."""

import json
from typing import Any

from sandbox.slack.errors import Json, SlackError, invalid_arguments


class Args:
    def __init__(self, raw: Json) -> None:
        self.raw = raw

    def has(self, name: str) -> bool:
        return self.raw.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        value = self.raw.get(name)
        return default if value is None else value if isinstance(value, str) else json.dumps(value)

    def need(self, name: str) -> str:
        if not (value := self.text(name)):
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.raw.get(name)
        return default if value is None else value in (True, 1, "1", "true", "True")

    def number(self, name: str, default: int) -> int:
        value = self.raw.get(name)
        try:
            return default if value in (None, "") else int(str(value))
        except ValueError as error:
            raise invalid_arguments(f"must be a number [json-pointer:/{name}]") from error

    def names(self, name: str) -> list[str]:
        """A list, or a string with commas."""
        value = self.raw.get(name)
        given = value if isinstance(value, list) else str(value or "").split(",")
        return [str(item).strip() for item in given if str(item).strip()]

    def nested(self, name: str, refusal: str = "invalid_arguments") -> Any:
        """A structure, or the JSON of one."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as error:
            raise SlackError(refusal) from error
