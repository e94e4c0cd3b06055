"""The sandbox's people: each act is the signed request that Slack would send."""

import pytest
import requests
from slack_sdk.errors import SlackApiError

from sandbox.slack import seed
from tests.contract.slack_fixtures import Slack, actions, button, options, refused, section, slack

__all__ = ["slack"]


def test_what_a_foreigner_says_in_the_shared_channel(slack: Slack) -> None:
    slack.people.say(seed.CLARA, seed.SHARED, "R&D agrees, <@U07BOT>: yes")
    slack.settle()
    body = next(body for body in slack.app.got if body["event"]["type"] == "message")
    event = body["event"]
    assert body["is_ext_shared_channel"] is True and body["team_id"] == seed.LARKSPUR
    assert (event["user"], event["team"], event["user_team"]) == (seed.CLARA, seed.BRIGHTWATER, seed.BRIGHTWATER)
    assert event["user_profile"]["real_name"] == "Clara Vogt"
    assert event["text"] == "R&amp;D agrees, <@U07BOT>: yes" and event["client_msg_id"]
    assert event["blocks"][0]["elements"][0]["elements"][1] == {"type": "user", "user_id": "U07BOT"}
    assert slack.app.events("app_mention")[0]["ts"] == event["ts"]


def test_who_sees_and_writes_where(slack: Slack) -> None:
    hidden = slack.client.conversations_create(name="deal-x", is_private=True)["channel"]["id"]
    card = slack.client.chat_postMessage(channel=hidden, text="x", blocks=actions(button("go")))["ts"]
    for user, channel in ((seed.MAYA, hidden), (seed.CLARA, seed.WINS)):
        with pytest.raises(PermissionError):
            slack.people.press(user, channel, card, "go")
        with pytest.raises(PermissionError):
            slack.people.say(user, channel, "hello")
        with pytest.raises(PermissionError):
            slack.people.messages(channel, user)
    slack.people.say(seed.MAYA, seed.BOT_USER, "a word to the app")
    assert [message.text for message in slack.people.dm(seed.MAYA)] == ["a word to the app"]
    slack.settle()
    assert slack.app.events("message")[-1]["channel_type"] == "im"


def test_reactions_joins_and_edits(slack: Slack) -> None:
    people = slack.people
    ts = people.say(seed.MAYA, seed.NORTH, "first")
    people.react(seed.SAM, seed.NORTH, ts, "tada")
    people.join(seed.NOOR, seed.NORTH)
    people.edit(seed.MAYA, seed.NORTH, ts, "second")
    people.leave(seed.NOOR, seed.NORTH)
    slack.settle()
    assert slack.app.events("reaction_added")[0]["item"]["ts"] == ts
    assert slack.app.events("member_joined_channel")[0]["user"] == seed.NOOR
    assert slack.app.events("member_left_channel")[0]["user"] == seed.NOOR
    changed = next(event for event in slack.app.events("message") if event.get("subtype") == "message_changed")
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("first", "second")


def test_press_then_the_response_url(slack: Slack) -> None:
    more = {"type": "overflow", "action_id": "more", "options": options("why", "pause")}
    row = actions(button("approve", "a1", style="primary"), button("reject"), more)
    card = slack.client.chat_postMessage(channel=seed.NORTH, text="Approve?", blocks=row)
    reply = slack.people.press(seed.JONAS, seed.NORTH, card["ts"], "approve", block_id="row")
    assert (reply.status, reply.failed) == (200, "")
    body = slack.app.last("block_actions")
    assert body["user"]["team_id"] == seed.LARKSPUR and body["channel"]["id"] == seed.NORTH
    assert body["actions"][0]["value"] == "a1" and body["message"]["ts"] == card["ts"]
    url = body["response_url"]
    assert requests.post(url, json={"text": "Only for you", "blocks": []}, timeout=30).status_code == 200
    assert [message.text for message in slack.people.ephemerals(seed.JONAS)] == ["Only for you"]
    requests.post(url, json={"text": "Approved", "replace_original": True}, timeout=30)
    requests.post(url, json={"text": "Everybody hears", "response_type": "in_channel"}, timeout=30)
    assert [message.text for message in slack.people.messages(seed.NORTH)] == ["Approved", "Everybody hears"]
    assert requests.post(url, json={"text": "x", "blocks": [{"type": "no"}]}, timeout=30).status_code == 400
    assert requests.post(url, json={"delete_original": True}, timeout=30).text == "ok"
    sixth = requests.post(url, json={"text": "too often"}, timeout=30)
    assert (sixth.status_code, sixth.json()["error"]) == (404, "used_url")


def test_what_can_be_pressed(slack: Slack) -> None:
    more = {"type": "overflow", "action_id": "more", "options": options("why", "pause")}
    blocks = [{**section("Deal"), "accessory": more}, *actions(button("go"))]
    card = slack.client.chat_postMessage(channel=seed.NORTH, text="x", blocks=blocks)
    slack.people.press(seed.SAM, seed.NORTH, card["ts"], "more", "pause")
    action = slack.app.last("block_actions")["actions"][0]
    assert (action["type"], action["selected_option"]["value"]) == ("overflow", "pause")
    with pytest.raises(LookupError, match="go"):
        slack.people.press(seed.SAM, seed.NORTH, card["ts"], "fly")
    with pytest.raises(LookupError, match="pause"):
        slack.people.press(seed.SAM, seed.NORTH, card["ts"], "more", "explode")


def test_an_app_that_fails_shows_slacks_own_error(slack: Slack) -> None:
    card = slack.client.chat_postMessage(channel=seed.NORTH, text="x", blocks=actions(button("go")))
    slack.app.answer = lambda body: (500, "")
    assert slack.people.press(seed.SAM, seed.NORTH, card["ts"], "go").failed == "http_error"
    assert slack.people.command(seed.SAM, seed.NORTH, "/deal", "help").status == 500
    assert slack.people.failures(seed.SAM) == [
        "This app's action failed (http_error)",
        '/deal failed with the error "dispatch_failed"',
    ]


def test_command_and_its_reply(slack: Slack) -> None:
    slack.app.answer = lambda body: (200, {"text": "18% waits for Jonas", "response_type": "ephemeral"})
    reply = slack.people.command(seed.MAYA, seed.NORTH, "/deal", "status now")
    assert reply.status == 200
    form = slack.app.got[-1]
    assert (form["command"], form["text"], form["team_id"]) == ("/deal", "status now", seed.LARKSPUR)
    assert [message.text for message in slack.people.ephemerals(seed.MAYA)] == ["18% waits for Jonas"]
    requests.post(form["response_url"], json={"text": "later", "replace_original": True}, timeout=30)
    assert [message.text for message in slack.people.ephemerals(seed.MAYA)][-1] == "later"
    slack.app.answer = lambda body: (200, {"text": "all", "response_type": "in_channel"})
    slack.people.command(seed.MAYA, seed.NORTH, "/deal", "")
    assert [message.text for message in slack.people.messages(seed.NORTH)] == ["all"]


def test_home(slack: Slack) -> None:
    slack.people.open_home(seed.NOOR)
    slack.settle()
    event = slack.app.events("app_home_opened")[0]
    assert (event["user"], event["tab"]) == (seed.NOOR, "home") and "view" not in event
    assert slack.people.home(seed.NOOR) is None
    view = {"type": "home", "blocks": [section("Nothing waits"), *actions(button("help.open", "h"))]}
    first = slack.client.views_publish(user_id=seed.NOOR, view=view)["view"]
    slack.client.views_publish(user_id=seed.NOOR, view=view, hash=first["hash"])
    with pytest.raises(SlackApiError) as no:
        slack.client.views_publish(user_id=seed.NOOR, view=view, hash=first["hash"])
    assert refused(no) == "hash_conflict"
    slack.people.press_home(seed.NOOR, "help.open")
    body = slack.app.last("block_actions")
    assert body["container"]["type"] == "view" and body["view"]["id"] == first["id"] and "response_url" not in body
    slack.people.open_home(seed.NOOR)
    slack.settle()
    assert slack.app.events("app_home_opened")[1]["view"]["id"] == first["id"]


def test_an_event_that_fails_comes_again(slack: Slack) -> None:
    slack.site.deliveries.retry_spacing = (0.01, 0.01, 0.01)
    answers = iter([500, 500, 200])
    slack.app.answer = lambda body: (next(answers), "")
    slack.people.say(seed.MAYA, seed.NORTH, "hello")
    slack.settle()
    assert [body["event"]["text"] for body in slack.app.got] == ["hello"] * 3
    assert len({body["event_id"] for body in slack.app.got}) == 1
    assert [headers.get("x-slack-retry-num") for headers in slack.app.headers] == [None, "1", "2"]
    assert slack.app.headers[1]["x-slack-retry-reason"] == "http_error"


def test_a_second_start_takes_the_same_port_and_still_delivers(slack: Slack) -> None:
    url = slack.server.url
    slack.server.stop()
    slack.people.say(seed.MAYA, seed.NORTH, "while it was away")
    slack.server.start()
    slack.settle()
    assert slack.server.url == url and slack.app.events("message")
    assert slack.client.auth_test()["ok"]


def test_a_message_shortcut_brings_the_message(slack: Slack) -> None:
    ts = slack.people.say(seed.MAYA, seed.SHARED, "Yes, let us do it")
    slack.people.shortcut(seed.MAYA, seed.SHARED, ts, "this_is_a_yes")
    told = slack.app.last("message_action")
    assert (told["callback_id"], told["message_ts"], told["message"]["text"]) == (
        "this_is_a_yes",
        ts,
        "Yes, let us do it",
    )
    assert told["response_url"].startswith(slack.server.url)
    assert told["trigger_id"]
