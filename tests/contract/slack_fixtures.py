"""One Slack with the example company, one small app, and the vendor's client between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import seed
from sandbox.slack.people import People
from sandbox.slack.server import SlackServer
from sandbox.slack.site import Site
from tests.contract.slack_app import SmallApp

Json = dict[str, Any]


@dataclass
class Slack:
    site: Site
    server: SlackServer
    people: People
    app: SmallApp
    client: WebClient

    def settle(self) -> None:
        """Until every event is delivered."""
        self.site.queue.idle(5)

    def other(self, token: str | None) -> WebClient:
        return WebClient(token, base_url=f"{self.server.url}/api/", retry_handlers=[])


@pytest.fixture
def slack() -> Iterator[Slack]:
    app = SmallApp(seed.SIGNING_SECRET)
    app.start()
    site = seed.larkspur(app.url)
    server = SlackServer(site)
    server.start()
    client = WebClient(seed.BOT_TOKEN, base_url=f"{server.url}/api", retry_handlers=[])
    yield Slack(site, server, People(site), app, client)
    server.stop()
    app.stop()
    assert app.unsigned == 0


def refused(no: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(no.value.response["error"])


def button(action_id: str, value: str = "", **more: object) -> Json:
    text = {"type": "plain_text", "text": action_id}
    return {"type": "button", "action_id": action_id, "text": text, **({"value": value} if value else {}), **more}


def actions(*elements: Json, block_id: str = "row") -> list[Json]:
    return [{"type": "actions", "block_id": block_id, "elements": list(elements)}]


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def options(*values: str) -> list[Json]:
    return [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]
