"""Slack's people and channels by our own client: whom a page leaves out, who is there, and what is taken back."""

import pytest
import requests

from integrations.errors import Unknown
from integrations.slack.client import Client
from integrations.slack.port import Upload
from integrations.slack.web_api import SlackWeb
from sandbox.slack import seed
from sandbox.slack.admins import Admins
from tests.contract.slack_fixtures import Slack, section, slack

__all__ = ["slack"]


@pytest.fixture
def web(slack: Slack) -> SlackWeb:
    return SlackWeb(Client(seed.BOT_TOKEN, f"{slack.server.url}/api/", requests.Session()))


def test_everybody_is_read_page_by_page(slack: Slack) -> None:
    told, cursor = [], ""
    while True:
        page = slack.client.users_list(limit=5, cursor=cursor)
        told += [member["id"] for member in page["members"]]
        if not (cursor := page["response_metadata"]["next_cursor"]):
            break
    assert len(page["members"]) <= 5 < len(told) == len(set(told))


def test_who_is_a_guest_gone_or_foreign_is_told(slack: Slack, web: SlackWeb) -> None:
    admins = Admins(slack.site)
    admins.restrict(seed.RAVI)
    admins.deactivate(seed.TOM)
    found = {p.user: p for p in web.people()}
    assert (found[seed.RAVI].guest, found[seed.TOM].deleted, found[seed.CLARA].foreign) == (True, True, True)
    assert all(seed.TOM not in users for users in web.groups().values())
    slack.settle()
    assert [e["user"]["id"] for e in slack.app.events("user_change")] == [seed.RAVI, seed.TOM]


def test_presence(slack: Slack, web: SlackWeb) -> None:
    slack.site.world.users[seed.SAM].present = False
    assert (web.present(seed.MAYA), web.present(seed.SAM)) == (True, False)


def test_an_invitation_that_is_not_accepted_yet_counts_as_shared(slack: Slack, web: SlackWeb) -> None:
    assert not web.channel(seed.NORTH).shared
    Admins(slack.site).invite_company("team-north", seed.BRIGHTWATER)
    assert web.channel(seed.NORTH).shared
    Admins(slack.site).share("team-north", seed.BRIGHTWATER)
    slack.settle()
    assert slack.app.events("channel_shared")[0]["connected_team_id"] == seed.BRIGHTWATER


def test_what_is_cleared_is_gone_but_the_one_and_other_peoples_words(slack: Slack, web: SlackWeb) -> None:
    where = seed.NORTH
    card = web.post("card", where, "the card", [section("the card")])
    web.post("note", where, "a note", [section("a note")], thread_ts=card.ts)
    web.upload("file", where, card.ts, [Upload("a.pdf", "A", b"%PDF-1.4 secret")])
    web.post("other", where, "a signal", [section("a signal")])
    slack.people.say(seed.SAM, where, "hello")
    slack.settle()
    slack.site.faults.add("chat.delete", "lost_reply")
    with pytest.raises(Unknown):
        web.clear(where, card.ts)
    web.clear(where, card.ts)
    web.clear(where, card.ts)
    assert [m.text for m in slack.people.messages(where)] == ["the card", "hello"]
    assert all(file.deleted and file.body is None for file in slack.site.world.files.values())
