"""A Web API "no": HTTP 200 with Slack's own word for it."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    def __init__(self, word: str, **more: Any) -> None:
        super().__init__(word)
        self.word = word
        self.more = more

    def body(self) -> Json:
        return {"ok": False, "error": self.word, **self.more}


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {m}" for m in messages]})
