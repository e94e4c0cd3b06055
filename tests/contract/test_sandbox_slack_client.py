"""The product's own client against the sandbox: what it is built on holds there."""

from collections.abc import Iterator

import pytest
import requests

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from integrations.slack.client import Client
from integrations.slack.port import Upload
from integrations.slack.web_api import SlackWeb
from sandbox.slack import seed
from tests.contract.slack_fixtures import Slack, actions, button, section, slack

__all__ = ["slack"]
TEAM = ("reps", "sales-managers", "sales-vps", "finance", "legal", "solutions", "csms", "signatories")


@pytest.fixture
def web(slack: Slack) -> Iterator[SlackWeb]:
    with requests.Session() as session:
        yield SlackWeb(Client(seed.BOT_TOKEN, f"{slack.server.url}/api", session), session)


def test_a_post_whose_answer_was_lost_is_not_posted_twice(slack: Slack, web: SlackWeb) -> None:
    slack.site.faults.add("chat.postMessage", "lost_reply")
    with pytest.raises(Unknown):
        web.post("deal:1", seed.WINS, "Won", [section("Won")])
    posted = web.post("deal:1", seed.WINS, "Won", [section("Won")], probe=True)
    assert [message.ts for message in slack.people.messages(seed.WINS)] == [posted.ts]
    web.pin(posted.channel, posted.ts)
    web.pin(posted.channel, posted.ts)
    assert f"/archives/{seed.WINS}/p" in web.permalink(posted.channel, posted.ts)


def test_a_channel_is_made_once_and_filled(slack: Slack, web: SlackWeb) -> None:
    first = web.ensure_channel("deal-x", [seed.MAYA, seed.BOT_USER, seed.CLARA])
    assert web.ensure_channel("deal-x", [seed.MAYA, seed.JONAS]) == first
    assert slack.site.world.channels[first.id].members == [seed.BOT_USER, seed.MAYA, seed.JONAS]
    assert web.channel(seed.SHARED).shared and not first.shared


def test_who_is_who(web: SlackWeb) -> None:
    people = {profile.user: profile for profile in web.people()}
    assert people[seed.CLARA].foreign and not people[seed.MAYA].foreign and people[seed.BOT_USER].bot
    assert people[seed.MAYA].email == "maya.okafor@larkspur.example" and people[seed.CLARA].email == ""
    assert web.profile(seed.JONAS).time_zone == "Europe/Berlin"
    assert web.groups()["reps"] == (seed.MAYA, seed.RAVI) and set(TEAM) < set(web.groups())


def test_files_are_found_again(slack: Slack, web: SlackWeb) -> None:
    card = web.post("deal:1", seed.NORTH, "card", [])
    files = [Upload("quote.pdf", "Quote", b"%PDF-1"), Upload("contract.pdf", "Contract", b"%PDF-2")]
    links = web.upload("files:1", seed.NORTH, card.ts, files)
    slack.settle()
    assert web.upload("files:1", seed.NORTH, card.ts, files, probe=True) == links
    assert len(slack.people.messages(seed.NORTH)) == 2


def test_an_interaction_is_answered(slack: Slack, web: SlackWeb) -> None:
    posted = web.post("ask:1", seed.JONAS, "Approve?", actions(button("reject")))
    slack.people.press(seed.JONAS, posted.channel, posted.ts, "reject")
    body = slack.app.last("block_actions")
    words = {name: {"type": "plain_text", "text": "Reject"} for name in ("title", "submit")}
    view = {"type": "modal", "external_id": "v1", "blocks": [section("Why?")], **words}
    web.open_view(body["trigger_id"], view)
    web.update_view("v1", {**view, "blocks": [section("Why not?")]})
    shown = slack.people.modal(seed.JONAS)
    assert shown is not None and shown["blocks"][0]["text"]["text"] == "Why not?"
    web.respond(body["response_url"], "Noted", [section("Noted")])
    web.ephemeral(seed.NORTH, seed.JONAS, "Only you", [])
    assert [message.text for message in slack.people.ephemerals(seed.JONAS)] == ["Noted", "Only you"]
    web.publish_home(seed.JONAS, {"type": "home", "blocks": [section("Nothing waits")]})
    assert slack.people.home(seed.JONAS) is not None


def test_failures_in_the_products_words(slack: Slack, web: SlackWeb) -> None:
    for kind, error in (("ratelimited", Busy), ("http_500", Unknown), ("invalid_auth", Unauthorised)):
        slack.site.faults.add("chat.postMessage", kind)
        with pytest.raises(error):
            web.post("x", seed.WINS, "x", [])
    with pytest.raises(Refused, match="invalid_blocks"):
        web.post("x", seed.WINS, "x", [{"type": "nonsense"}])
