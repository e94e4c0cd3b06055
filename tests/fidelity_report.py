"""Makes docs/fidelity.md: what the product uses of Slack, what the sandbox plays of it, and which test holds it.

`python -m tests.fidelity_report`
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sandbox.slack.install import EVENTS
from sandbox.slack.methods.table import METHODS

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "fidelity.md"
SDK_CALL = re.compile(r"client\.([a-z]+(?:_[A-Za-z]+)+)")
NONE = "none known"
HEAD = """# How faithful the sandbox's Slack is

Made by `make fidelity`: from the calls in `integrations/slack`, the events of `manifest.json`, the handlers of
`bot/handlers/slack_app.py`, the tables of `sandbox/slack`, and the tests that name them. What the product does not use
is left out, though the sandbox plays more. No live workspace could be tried where this was made: the sandbox is held
against Slack's published schemas, limits and samples, and is driven by Slack's own SDK.
"""
INTERACTIONS = {
    "block_actions": ("app.action(", "press"),
    "view_submission": ("app.view(", "submit"),
    "view_closed": ("view_closed", "close"),
    "slash command": ("app.command(", "command"),
    "block_suggestion": ("app.options(", "suggest"),
    "message_action": ("app.shortcut(", "shortcut"),
}
GAPS = {
    "apps.connections.open": "a line is never closed for its age; no second region",
    "apps.manifest.export": "tokens do not end after twelve hours",
    "chat.postMessage": "no unfurling of links; attachments of the old kind are not drawn",
    "chat.update": "no unfurling of links",
    "conversations.create": "the name rules are Slack's; team_id of an Enterprise org is ignored",
    "conversations.list": "one workspace: no Enterprise-wide listing",
    "files.completeUploadExternal": "no thumbnails, no virus scan, no preview of office formats",
    "users.list": "no custom profile fields, no avatars",
    "views.open": "the trigger's three seconds are the machine's, not the turned clock's",
    "message": "the subtypes of huddles, workflows and canvases never come",
    "app_home_opened": "comes when a person opens Home or Messages in the page, not on a client's start",
    "block_suggestion": "in modals only",
    "message_action": "the message's menu shows no other apps' shortcuts",
}


def used_methods() -> list[str]:
    written = "\n".join(path.read_text() for path in sorted((ROOT / "integrations" / "slack").glob("*.py")))
    called = {name.replace("_", ".", 1) for name in SDK_CALL.findall(written)} - {"base.url"}
    return sorted(_known(name) for name in called)


def _known(name: str) -> str:
    """The SDK writes usergroups_users_list for usergroups.users.list."""
    return next((known for known in METHODS if known.replace(".", "_") == name.replace(".", "_")), name)


def used_events() -> list[str]:
    told = json.loads((ROOT / "manifest.json").read_text())["settings"]["event_subscriptions"]["bot_events"]
    return sorted({name.partition(".")[0] for name in told})


def used_interactions() -> list[str]:
    written = (ROOT / "bot" / "handlers" / "slack_app.py").read_text()
    return [name for name, (mark, _) in INTERACTIONS.items() if mark in written]


@cache
def _tests() -> list[tuple[str, str]]:
    """(place, source) of each contract test and each shared part that the tests call."""
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text()
        lines = text.splitlines()
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                source = "\n".join(lines[node.lineno - 1 : node.end_lineno])
                found.append((f"{path.relative_to(ROOT / 'tests')}::{node.name}", source))
    return sorted(found, key=lambda test: not test[0].startswith("contract/test_sandbox_slack"))


def test_of(*words: str) -> str:
    """The first test that says one of them; empty when there is none."""
    return next((place for place, source in _tests() if any(word in source for word in words)), "")


def method_test(name: str) -> str:
    return test_of(name.replace(".", "_"), f'"{name}"', f"'{name}'")


def event_test(name: str) -> str:
    return test_of(f'"{name}"', f"event {name}")


def interaction_test(name: str) -> str:
    act = INTERACTIONS[name][1]
    return test_of(f'"{name}"', f"people.{act}(", f".{act}(")


def rows() -> Iterator[tuple[str, str, bool, str]]:
    """(kind, name, supported, test)."""
    for name in used_methods():
        yield "method", name, name in METHODS, method_test(name)
    for name in used_events():
        yield "event", name, name in EVENTS, event_test(name)
    for name in used_interactions():
        yield "interaction", name, True, interaction_test(name)


def page() -> str:
    lines = [HEAD]
    titles = {"method": "Web API methods", "event": "Events", "interaction": "Interactions"}
    for kind, title in titles.items():
        lines += [f"## {title}", "", "| used | sandbox | held by | known gaps |", "|---|---|---|---|"]
        mine = [row for row in rows() if row[0] == kind]
        lines += [
            f"| `{name}` | {'plays it' if there else '**missing**'} | {f'`{test}`' if test else '**no test**'} "
            f"| {GAPS.get(name, NONE)} |"
            for _, name, there, test in mine
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    PAGE.write_text(page())
    found = list(rows())
    lacking = [name for _, name, there, test in found if not there or not test]
    sys.stdout.write(f"{len(found)} parts of Slack are used, {len(lacking)} not played or not held {lacking}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
