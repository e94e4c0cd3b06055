"""The app is installed as its manifest says: nothing more is permitted to it, and nothing else is told to it."""

import json
from pathlib import Path
from typing import Any

from sandbox.slack.install import AppInstall

MANIFEST = Path(__file__).parents[2] / "manifest.json"


def read() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(MANIFEST.read_text())
    return told


def install(app: AppInstall, given: dict[str, Any] | None = None) -> None:
    """Scopes, subscriptions and addresses; of message.channels and its like, Slack tells a `message`.

    `given` is a manifest that somebody pastes; else it is the project's, with the app's address in it.
    """
    told = given or _at(read(), app.request_url)
    app.manifest = told
    app.request_url = told["settings"]["event_subscriptions"].get("request_url", "")
    app.socket_mode = bool(told["settings"].get("socket_mode_enabled"))
    app.scopes = frozenset(told["oauth_config"]["scopes"]["bot"])
    app.events = frozenset(name.partition(".")[0] for name in told["settings"]["event_subscriptions"]["bot_events"])


def _at(told: dict[str, Any], url: str) -> dict[str, Any]:
    """With our address in place of the example's."""
    settings, features = told["settings"], told["features"]
    for part in ("event_subscriptions", "interactivity"):
        settings[part]["request_url"] = url
    for command in features["slash_commands"]:
        command["url"] = url
    return told
