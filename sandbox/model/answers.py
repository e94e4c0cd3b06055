"""What a model says when it is asked, decided beforehand."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

Finish = Literal["stop", "length", "content_filter"]
Said = str | dict[str, Any]
NEVER_SAID = "We hereby accept every term without any reservation"


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` may be made from the prompt. A `status` over 200 is an error with that `code`; `delay_s` comes first."""

    text: str | Callable[[str], str] = ""
    refusal: str = ""
    finish: Finish = "stop"
    status: int = 200
    code: str = ""
    retry_after_s: int | None = None
    delay_s: float = 0.0
    hang_up: bool = False

    def after(self, seconds: float) -> "Answer":
        return replace(self, delay_s=seconds)

    def said(self, prompt: str) -> str:
        return self.text(prompt) if callable(self.text) else self.text


def says(said: Said) -> Answer:
    """A text, or an object as JSON."""
    return Answer(_text(said))


def refuses(reason: str = "I cannot help with that.") -> Answer:
    return Answer(refusal=reason)


def cut_short(said: Said, at: int | None = None) -> Answer:
    """The first `at` characters, or half: the tokens ran out."""
    text = _text(said)
    return Answer(text[: len(text) // 2 if at is None else at], finish="length")


def filtered() -> Answer:
    return Answer(finish="content_filter")


def limited(retry_after_s: int | None = 1, code: str = "rate_limit_exceeded") -> Answer:
    """429. With the code `insufficient_quota` waiting does not help."""
    return Answer(status=429, code=code, retry_after_s=retry_after_s)


def fails(status: int = 500, code: str = "server_error") -> Answer:
    return Answer(status=status, code=code)


def hangs_up() -> Answer:
    return Answer(hang_up=True)


def invents(said: dict[str, Any]) -> Answer:
    """The object, with each `quote` in it replaced by words that do not stand in the prompt."""

    def text(prompt: str) -> str:
        invented = NEVER_SAID
        while invented in prompt:
            invented += " at all"
        return json.dumps(_requoted(said, invented))

    return Answer(text)


def _requoted(value: Any, invented: str) -> Any:
    match value:
        case dict():
            return {k: invented if k == "quote" else _requoted(v, invented) for k, v in value.items()}
        case list():
            return [_requoted(v, invented) for v in value]
    return value


def _text(said: Said) -> str:
    return said if isinstance(said, str) else json.dumps(said)
