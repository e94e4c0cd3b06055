"""The line to Slack: what is not taken is not acknowledged, it goes nowhere else, and it comes back by itself."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from integrations.slack.client import Client
from integrations.slack.socket_mode import SocketMode, Told
from sandbox.slack import seed
from sandbox.wait import until
from tests.contract.slack_fixtures import Slack, slack

__all__ = ["slack"]
WAIT_S, DEADLINE_S = 15, 1.0
Open = Callable[..., SocketMode]


@pytest.fixture
def opened(slack: Slack) -> Iterator[Open]:
    made: list[SocketMode] = []

    def one(take: Callable[[Told], dict[str, Any] | None], token: str = seed.APP_TOKEN) -> SocketMode:
        made.append(SocketMode(token, Client(seed.BOT_TOKEN, f"{slack.server.url}/api/"), take, ping_s=0.5))
        made[-1].start()
        return made[-1]

    slack.site.app.socket_mode = True
    yield one
    for line in made:
        line.stop()


def test_what_is_taken_is_acknowledged_with_the_answer_and_what_is_not_taken_is_not(slack: Slack, opened: Open) -> None:
    taken: list[Told] = []
    answers: dict[str, dict[str, Any] | None] = {"yes": {}, "text": {"text": "hello"}, "no": None}

    def take(told: Told) -> dict[str, Any] | None:
        taken.append(told)
        return answers[told.payload["say"]]

    line = opened(take)
    until(lambda: line.connected, WAIT_S, "a line")
    socket = slack.site.socket
    assert socket.tell("events_api", {"say": "yes"}, DEADLINE_S) == (True, None)
    assert socket.tell("slash_commands", {"say": "text"}, DEADLINE_S) == (True, {"text": "hello"})
    assert socket.tell("events_api", {"say": "no"}, DEADLINE_S, 2, "timeout") == (False, None)
    assert (taken[-1].again, taken[-1].why) == (2, "timeout")


def test_a_line_that_breaks_is_opened_anew(slack: Slack, opened: Open) -> None:
    line = opened(lambda told: {})
    until(lambda: line.connected, WAIT_S, "a line")
    for number in (2, 3):
        slack.site.socket.drop()
        until(lambda wanted=number: slack.site.socket.opened >= wanted, WAIT_S, "a new line")  # type: ignore[misc]
    assert slack.site.socket.tell("events_api", {}, WAIT_S) == (True, None)


def test_a_slack_that_is_away_or_says_no_is_asked_again(slack: Slack, opened: Open) -> None:
    slack.site.faults.add("apps.connections.open", "http_500", times=1)
    slack.site.faults.add("apps.connections.open", "ratelimited", times=1)
    line = opened(lambda told: {})
    until(lambda: line.connected, WAIT_S, "a line after two refusals")


@pytest.mark.parametrize("url", ["ws://evil.example/link", "http://127.0.0.1/link", "ws://127.0.0.1@evil.example/"])
def test_no_answer_of_slack_leads_anywhere_else(
    slack: Slack, opened: Open, url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(slack.site.socket, "address", lambda: url)
    line = opened(lambda told: {})
    until(lambda: "host.not_allowed" in caplog.text, WAIT_S, "a refusal")
    assert not line.connected
