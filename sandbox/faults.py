"""How a provider's answer can go wrong: one menu for every system."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from sandbox.web import Reply, json_reply

Fault = Literal["none", "fail", "busy", "limit", "hang_up", "slow", "half", "html"]
DRIP_S = 0.2  # between two bytes
LOGIN_PAGE = b"<!doctype html><title>Sign in</title><p>Please sign in."


def spoilt(kind: str, done: Callable[[], Reply], retry_after: str = "") -> Reply:
    """`done` does the work and gives the good answer.

    Nothing is done by `fail` (500), `busy` (503 with Retry-After), `limit` (429 with Retry-After) and `html` (a login
    page with a 200). The work is done, but nobody can know, by `hang_up` (no answer), `slow` (a body that drips) and
    `half` (JSON that ends in the middle).
    """
    if kind in UNDONE:
        return UNDONE[kind](retry_after)
    return DONE[kind](done())


def _half(good: Reply) -> Reply:
    return replace(good, body=good.body[: len(good.body) // 2])


UNDONE: dict[str, Callable[[str], Reply]] = {
    "fail": lambda _: json_reply({"error": "internal"}, 500),
    "busy": lambda after: json_reply({"error": "busy"}, 503, {"Retry-After": after}),
    "limit": lambda after: json_reply({"error": "limit"}, 429, {"Retry-After": after}),
    "html": lambda _: Reply(200, LOGIN_PAGE, media_type="text/html"),
}
DONE: dict[str, Callable[[Reply], Reply]] = {
    "none": lambda good: good,
    "hang_up": lambda good: replace(good, hang_up=True),
    "slow": lambda good: replace(good, drip_s=DRIP_S),
    "half": _half,
}
