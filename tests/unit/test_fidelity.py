"""What the product uses of Slack is played by the sandbox, and held by a test."""

import pytest

from tests.fidelity_report import rows, used_events, used_interactions, used_methods


@pytest.mark.parametrize(("kind", "name", "played", "test"), list(rows()), ids=lambda value: str(value)[:40])
def test_it_is_played_and_held(kind: str, name: str, played: bool, test: str) -> None:
    assert played, f"the sandbox does not play the {kind} {name}"
    assert test, f"no test names the {kind} {name}"


def test_the_calls_are_found() -> None:
    assert {"chat.postMessage", "chat.update", "views.open", "files.completeUploadExternal"} <= set(used_methods())
    assert "message" in used_events()
    assert "block_actions" in used_interactions()
