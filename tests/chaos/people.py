"""People who are not put off: what the app did not answer, they do again."""

from collections.abc import Callable
from typing import Any

import requests

from sandbox.browser import Browser
from sandbox.slack.deliveries import Reply
from sandbox.slack.people import People
from sandbox.wait import until

PATIENCE_S = 30.0


class Persistent(People):
    def press(self, user: str, channel: str, ts: str, action_id: str, value: str = "", block_id: str = "") -> Reply:
        """Anew, as a second press: what the first one did shows in what is there to press."""
        return _again(lambda: super(Persistent, self).press(user, channel, ts, action_id, value, block_id))

    def submit(self, user: str, values: dict[str, Any] | None = None) -> Reply:
        return _again(lambda: super(Persistent, self).submit(user, values))

    def command(self, user: str, channel: str, command: str, text: str) -> Reply:
        return _again(lambda: super(Persistent, self).command(user, channel, command, text))


def sign(link: str, name: str) -> Browser:
    """As `sandbox.browser.sign`, but whatever page comes up, she does what is left to do on it."""

    def signed() -> Browser | None:
        try:
            return _signed(link, name)
        except requests.RequestException:
            return None

    return until(signed, PATIENCE_S, f"{name} can sign")


def _signed(link: str, name: str) -> Browser | None:
    page = Browser()
    page.open(link)
    if _has(page, "/consent"):
        page.submit("/consent", ticked=("consent",))
    for document in page.documents():
        page.fetch(document)
    page.open(link)
    if _has(page, "/sign"):
        page.submit("/sign", name=name)
    return page if page.status == 200 and not _has(page, "/sign") else None


def _has(page: Browser, action: str) -> bool:
    return any(form.action.endswith(action) for form in page.forms)


def _again(act: Callable[[], Reply]) -> Reply:
    first: list[Reply] = []

    def answered() -> Reply | None:
        try:
            reply = act()
        except LookupError:
            if not first:
                raise
            return first[0]  # it is no longer there: the first press was taken, its answer was lost
        first.append(reply)
        return None if reply.failed or not 200 <= reply.status < 300 else reply

    return until(answered, PATIENCE_S, "the app answers")
