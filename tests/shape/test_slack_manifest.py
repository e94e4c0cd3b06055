"""The app's manifest asks for what the code uses of Slack, by Slack's own pages, and for nothing more."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.slack import needs
from sandbox.slack.methods.table import METHODS as PLAYED

ROOT = Path(__file__).parents[2]
ORACLE: dict[str, list[str]] = json.loads((ROOT / "tests/oracles/slack/scopes_of_methods.json").read_text())
MANIFEST = json.loads((ROOT / "manifest.json").read_text())
CALL = re.compile(r"client\.([a-z]+(?:_[A-Za-z]+)+)")
OF_OURS = {"base_url"}
OTHER_TOKENS = {"apps_connections_open", "apps_manifest_export"}  # not the bot's: what that may is not its scopes
ADDRESS = "https://countersign.example/slack/events"
KIND_OF_EVENT = {"message.channels": "channels:history", "message.groups": "groups:history", "message.im": "im:history"}


def called() -> set[str]:
    """The SDK writes usergroups_users_list for usergroups.users.list."""
    by_name = {name.replace(".", "_"): name for name in ORACLE}
    written = "\n".join(path.read_text() for path in sorted((ROOT / "integrations/slack").glob("*.py")))
    return {by_name[name] for name in CALL.findall(written) if name not in OF_OURS | OTHER_TOKENS}


def listened(to: str) -> Iterator[str]:
    """The names in `app.event("…")` and its like, one by one or in a loop; a pattern for whatever else is none."""
    for node in ast.walk(ast.parse((ROOT / "bot/handlers/slack_app.py").read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"app.{to}":
            yield from (str(arg.value) for arg in node.args if isinstance(arg, ast.Constant))
        elif isinstance(node, ast.For) and f"app.{to}({ast.unparse(node.target)})" in ast.unparse(node):
            yield from ast.literal_eval(node.iter)


def test_the_needs_name_every_method_that_is_called() -> None:
    assert set(needs.METHODS) == called()


@pytest.mark.parametrize("method", needs.METHODS)
def test_each_scope_is_one_that_slack_names_for_the_method(method: str) -> None:
    assert set(needs.METHODS[method]) <= set(ORACLE[method])
    assert bool(needs.METHODS[method]) == bool(ORACLE[method])


def test_the_manifest_asks_for_exactly_the_scopes_that_are_needed() -> None:
    assert MANIFEST["oauth_config"]["scopes"] == {"bot": list(needs.scopes())}


def test_the_manifest_subscribes_to_exactly_the_events_that_are_heard() -> None:
    told = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert told == list(needs.EVENTS)
    assert {name.partition(".")[0] for name in told} == set(listened("event"))
    kinds = {name: (scope,) for name, scope in KIND_OF_EVENT.items() if name in told}
    assert {name: needs.EVENTS[name] for name in kinds} == kinds


def test_the_manifest_has_exactly_the_commands_and_shortcuts_that_are_answered() -> None:
    features = MANIFEST["features"]
    assert {each["command"] for each in features["slash_commands"]} == set(listened("command")) == set(needs.COMMANDS)
    assert {each["callback_id"] for each in features.get("shortcuts", [])} == set(listened("shortcut"))


def test_all_of_slack_comes_in_by_one_door() -> None:
    settings = MANIFEST["settings"]
    assert settings["interactivity"] == {"is_enabled": True, "request_url": ADDRESS}
    assert settings["event_subscriptions"]["request_url"] == ADDRESS
    assert {each["url"] for each in MANIFEST["features"]["slash_commands"]} == {ADDRESS}
    assert "message_menu_options_url" not in settings["interactivity"]  # no listener answers options


def test_the_home_is_on_because_it_is_published() -> None:
    assert ("views.publish" in called()) == MANIFEST["features"]["app_home"]["home_tab_enabled"]
    assert not MANIFEST["settings"]["org_deploy_enabled"]
    assert not MANIFEST["settings"]["token_rotation_enabled"]


def test_the_sandbox_asks_for_the_same_scopes_as_slack() -> None:
    """Else the stories, which are played with the manifest's scopes alone, would prove nothing."""
    for method in called():
        assert set(PLAYED[method].any_of) == set(ORACLE[method]), method
