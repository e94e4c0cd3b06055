"""An OpenAI-compatible endpoint that says what it was told to say."""

import hmac
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.model import shapes
from sandbox.model.answers import Answer
from sandbox.model.shapes import Json
from sandbox.web import Call, Reply, WebServer, application, json_reply

CHAT, RESPONSES, MODELS = "/v1/chat/completions", "/v1/responses", "/v1/models"
MESSAGES = {CHAT: "messages", RESPONSES: "input"}
MAKERS: dict[str, Callable[[Json, Answer, str, int, int], Json]] = {CHAT: shapes.completion, RESPONSES: shapes.response}
KINDS = {401: "authentication_error", 429: "requests"}
TRY_HEADER = "x-stainless-retry-count"


@dataclass(frozen=True, slots=True)
class Asked:
    """`retry` counts from 0, as the SDK does. `status` 0: the connection was dropped, or the server stopped."""

    path: str
    model: str
    prompt: str
    body: Json
    retry: int
    status: int


@dataclass(slots=True)
class _Rule:
    answer: Answer
    model: str
    containing: str
    times: int | None

    def fits(self, model: str, prompt: str) -> bool:
        return self.model in ("", model) and self.containing in prompt and self.times != 0


class ModelServer:
    """The first rule that fits answers, and is used up. With no rule left it is 400 `nothing_scripted`."""

    def __init__(self, token: str = "", models: tuple[str, ...] = ("sandbox",)) -> None:
        self._token, self._models = token, models
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._web = WebServer(application(self.answer))
        self.journal: list[Asked] = []

    @property
    def url(self) -> str:
        """The base_url of a client."""
        return self._web.url + "/v1"

    def start(self) -> None:
        self._stopping.clear()
        self._web.start()

    def stop(self) -> None:
        self._stopping.set()
        self._web.stop()

    def script(self, answer: Answer, model: str = "", containing: str = "", times: int | None = 1) -> None:
        """Empty `model` or `containing` fits every one; `times` None answers for ever."""
        with self._lock:
            self._rules.append(_Rule(answer, model, containing, times))

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()
            self.journal.clear()

    def answer(self, call: Call) -> Reply:
        if self._token and not self._knows(call.headers.get("authorization", "")):
            return _no(401, "invalid_api_key", "Incorrect API key provided.")
        match call.method, call.path:
            case "GET", "/v1/models":
                return json_reply({"object": "list", "data": [_model(name) for name in self._models]})
            case "POST", ("/v1/chat/completions" | "/v1/responses") as path:
                return self._completed(call, path)
        return _no(404, "unknown_url", f"Unknown request URL: {call.method} {call.path}.")

    def _knows(self, header: str) -> bool:
        return hmac.compare_digest(header.encode(), f"Bearer {self._token}".encode())

    def _completed(self, call: Call, path: str) -> Reply:
        body = _parsed(call.body)
        if wrong := _fault(body, path):
            return _no(400, "invalid_value", f"Missing or wrong: {wrong}", wrong)
        with self._lock:
            found = self._taken(body["model"], shapes.prompt(body))
        if found is not None and found.delay_s and self._stopping.wait(found.delay_s):
            return self._noted(call, path, body, Reply(hang_up=True))
        return self._noted(call, path, body, self._made(found, path, body))

    def _taken(self, model: str, prompt: str) -> Answer | None:
        for rule in self._rules:
            if rule.fits(model, prompt):
                rule.times = None if rule.times is None else rule.times - 1
                return rule.answer
        return None

    def _made(self, answer: Answer | None, path: str, body: Json) -> Reply:
        if answer is None:
            return _no(400, "nothing_scripted", "No answer is scripted for this request.")
        if answer.hang_up:
            return Reply(hang_up=True)
        if answer.status != 200:
            wait = {} if answer.retry_after_s is None else {"Retry-After": str(answer.retry_after_s)}
            return _no(answer.status, answer.code, "Scripted.", headers=wait)
        text = answer.said(shapes.prompt(body))
        return json_reply(MAKERS[path](body, answer, text, len(self.journal) + 1, int(time.time())))

    def _noted(self, call: Call, path: str, body: Json, reply: Reply) -> Reply:
        retry = call.headers.get(TRY_HEADER, "0")
        status = 0 if reply.hang_up else reply.status
        asked = Asked(path, body["model"], shapes.prompt(body), body, int(retry) if retry.isdecimal() else 0, status)
        with self._lock:
            self.journal.append(asked)
        return reply


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _fault(body: Any, path: str) -> str:
    """The parameter that is missing or wrong."""
    if not isinstance(body, dict):
        return "body"
    if not isinstance(body.get("model"), str) or not body["model"]:
        return "model"
    if body.get("stream"):
        return "stream"
    asked = body.get(MESSAGES[path])
    good = isinstance(asked, list) and bool(asked) or path == RESPONSES and isinstance(asked, str)
    return "" if good else MESSAGES[path]


def _no(
    status: int, code: str, message: str, parameter: str | None = None, headers: dict[str, str] | None = None
) -> Reply:
    kind = "server_error" if status >= 500 else KINDS.get(status, "invalid_request_error")
    return json_reply(shapes.error(code, message, kind, parameter), status, headers)


def _model(name: str) -> Json:
    return {"id": name, "object": "model", "created": 0, "owned_by": "sandbox"}
