"""Requests and replies of an OpenAI-compatible endpoint, as far as a client of ours reads them.

Source: the schemas CreateChatCompletionResponse and Response in openai/openai-openapi.
"""

from collections.abc import Iterable
from typing import Any

from sandbox.model.answers import Answer

Json = dict[str, Any]
INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}


def prompt(body: Json) -> str:
    """Every text of the request, in order, a line each."""
    asked = [body.get("instructions"), body.get("messages"), body.get("input")]
    return "\n".join(text for part in asked for text in _texts(part))


def _texts(part: Any) -> Iterable[str]:
    match part:
        case str():
            yield part
        case list():
            for item in part:
                yield from _texts(item)
        case {"content": content}:
            yield from _texts(content)
        case {"text": str(text)}:
            yield text


def completion(asked: Json, answer: Answer, text: str, number: int, now: int) -> Json:
    message = {"role": "assistant", "content": None if answer.refusal else text, "refusal": answer.refusal or None}
    usage = _count(asked, text)
    return {
        "id": f"chatcmpl-{number}",
        "object": "chat.completion",
        "created": now,
        "model": asked["model"],
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": answer.finish}],
        "usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)},
    }


def response(asked: Json, answer: Answer, text: str, number: int, now: int) -> Json:
    reason = INCOMPLETE.get(answer.finish)
    status = "incomplete" if reason else "completed"
    usage = _count(asked, text)
    return {
        "id": f"resp_{number}",
        "object": "response",
        "created_at": now,
        "status": status,
        "error": None,
        "incomplete_details": {"reason": reason} if reason else None,
        "instructions": asked.get("instructions"),
        "model": asked["model"],
        "output": [_message(answer, text, number, status)],
        "parallel_tool_calls": False,
        "store": bool(asked.get("store", True)),
        "tool_choice": "none",
        "tools": [],
        "usage": {
            "input_tokens": usage[0],
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": usage[1],
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": sum(usage),
        },
    }


def _message(answer: Answer, text: str, number: int, status: str) -> Json:
    said: Json = {"type": "output_text", "text": text, "annotations": []}
    if answer.refusal:
        said = {"type": "refusal", "refusal": answer.refusal}
    return {"id": f"msg_{number}", "type": "message", "role": "assistant", "status": status, "content": [said]}


def error(code: str, message: str, kind: str, parameter: str | None = None) -> Json:
    return {"error": {"message": message, "type": kind, "param": parameter, "code": code}}


def _count(asked: Json, text: str) -> tuple[int, int]:
    """Tokens, at four characters each."""
    return len(prompt(asked)) // 4 + 1, len(text) // 4 + 1
