"""The sandbox's Web API, by the vendor's own client."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import seed
from tests.contract.slack_fixtures import Slack, actions, button, refused, section, slack

__all__ = ["slack"]
MARK = {"event_type": "countersign_effect", "event_payload": {"key": "deal:1"}}


def test_post_thread_update_permalink(slack: Slack) -> None:
    card = slack.client.chat_postMessage(channel=seed.WINS, text="Won", blocks=[section("*Won*")])
    reply = slack.client.chat_postMessage(channel=seed.WINS, text="By 18%", thread_ts=card["ts"])
    assert reply["message"]["thread_ts"] == card["ts"]
    slack.client.chat_update(channel=seed.WINS, ts=card["ts"], text="Won, and booked")
    thread = slack.client.conversations_replies(channel=seed.WINS, ts=card["ts"])["messages"]
    assert [message["text"] for message in thread] == ["Won, and booked", "By 18%"]
    assert "blocks" not in thread[0] and thread[0]["edited"]["user"] == seed.BOT_USER
    link = slack.client.chat_getPermalink(channel=seed.WINS, message_ts=reply["ts"])["permalink"]
    assert link.startswith(f"https://larkspur.slack.com/archives/{seed.WINS}/p{reply['ts'].replace('.', '')}")
    assert f"thread_ts={card['ts']}" in link
    top = slack.client.conversations_history(channel=seed.WINS)["messages"]
    assert [message["ts"] for message in top] == [card["ts"]]


def test_metadata_is_found_in_the_history_page_by_page(slack: Slack) -> None:
    marked = slack.client.chat_postMessage(channel=seed.WINS, text="marked", metadata=MARK)["ts"]
    for number in range(7):
        slack.client.chat_postMessage(channel=seed.WINS, text=str(number))
    history = slack.client.conversations_history(channel=seed.WINS, limit=3, include_all_metadata=True)
    pages = [page["messages"] for page in history]
    assert [len(page) for page in pages] == [3, 3, 2]
    found = [m["ts"] for page in pages for m in page if m.get("metadata") == MARK]
    assert found == [marked]
    plain = slack.client.conversations_history(channel=seed.WINS)["messages"]
    assert not any("metadata" in message for message in plain)
    slack.client.chat_update(channel=seed.WINS, ts=marked, text="new words")
    assert slack.site.world.message(seed.WINS, marked).metadata == MARK  # type: ignore[union-attr]


def test_a_post_between_two_pages_moves_nothing(slack: Slack) -> None:
    stamps = [slack.client.chat_postMessage(channel=seed.WINS, text=str(n))["ts"] for n in range(4)]
    first = slack.client.conversations_history(channel=seed.WINS, limit=2)
    slack.client.chat_postMessage(channel=seed.WINS, text="news")
    cursor = first["response_metadata"]["next_cursor"]
    second = slack.client.conversations_history(channel=seed.WINS, limit=2, cursor=cursor)
    assert [message["ts"] for message in first["messages"] + second["messages"]] == stamps[::-1]


BAD_BLOCKS: list[tuple[list[Any], str]] = [
    ([section("x" * 3001)], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([{"type": "nonsense"}], "/blocks/0/type"),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "no"}}], "/blocks/0"),
    (actions(button("same"), button("same")), "/blocks/0"),
    (actions(button("a", "v" * 2001)), "/blocks/0/elements/0/value"),
    ([{"type": "divider"}] * 51, "/blocks"),
    ([{"type": "divider", "block_id": "x"}, {"type": "divider", "block_id": "x"}], "/blocks/0/block_id"),
]


@pytest.mark.parametrize(("blocks", "place"), BAD_BLOCKS)
def test_blocks_that_slack_refuses(slack: Slack, blocks: list[Any], place: str) -> None:
    with pytest.raises(SlackApiError) as no:
        slack.client.chat_postMessage(channel=seed.WINS, text="x", blocks=blocks)
    assert refused(no) == "invalid_blocks"
    assert any(place in told for told in no.value.response["response_metadata"]["messages"])
    assert slack.people.messages(seed.WINS) == []


def test_words_that_slack_refuses(slack: Slack) -> None:
    long = [section("x" * 2900) for _ in range(5)]
    wins = seed.WINS
    cases: list[tuple[str, dict[str, Any]]] = [
        ("no_text", {"channel": wins}),
        ("msg_blocks_too_long", {"channel": wins, "text": "x", "blocks": long}),
        ("invalid_metadata_format", {"channel": wins, "text": "x", "metadata": {"event_type": "t"}}),
        ("channel_not_found", {"channel": "C00", "text": "x"}),
        ("cannot_reply_to_message", {"channel": wins, "text": "x", "thread_ts": "1.000001"}),
    ]
    for word, given in cases:
        with pytest.raises(SlackApiError) as no:
            slack.client.api_call("chat.postMessage", json=given)
        assert refused(no) == word


def test_a_message_to_a_person_opens_the_direct_message(slack: Slack) -> None:
    posted = slack.client.chat_postMessage(channel=seed.JONAS, text="Please decide")
    opened = slack.client.conversations_open(users=seed.JONAS)["channel"]["id"]
    assert posted["channel"] == opened and opened.startswith("D")
    assert [message.text for message in slack.people.dm(seed.JONAS)] == ["Please decide"]
    for word, user in (("user_not_found", "U404"), ("user_not_visible", seed.CLARA)):
        with pytest.raises(SlackApiError) as no:
            slack.client.conversations_open(users=user)
        assert refused(no) == word


def test_ephemeral_is_seen_by_one(slack: Slack) -> None:
    slack.client.chat_postEphemeral(channel=seed.NORTH, user=seed.MAYA, text="only you")
    assert [message.text for message in slack.people.ephemerals(seed.MAYA)] == ["only you"]
    assert slack.people.messages(seed.NORTH, seed.SAM) == []
    assert len(slack.people.messages(seed.NORTH, seed.MAYA)) == 1
    with pytest.raises(SlackApiError) as no:
        slack.client.chat_postEphemeral(channel=seed.NORTH, user=seed.NOOR, text="x")
    assert refused(no) == "user_not_in_channel"


def test_a_channel_is_made_filled_named_pinned_and_archived(slack: Slack) -> None:
    client = slack.client
    made = client.conversations_create(name="deal-brightwater-freight", is_private=True)["channel"]
    client.conversations_invite(channel=made["id"], users=f"{seed.MAYA},{seed.JONAS}")
    people = [user for page in client.conversations_members(channel=made["id"], limit=2) for user in page["members"]]
    assert people == [seed.BOT_USER, seed.MAYA, seed.JONAS]
    client.conversations_setTopic(channel=made["id"], topic="Negotiation")
    client.conversations_setPurpose(channel=made["id"], purpose="One deal")
    card = client.chat_postMessage(channel=made["id"], text="card")["ts"]
    client.pins_add(channel=made["id"], timestamp=card)
    client.reactions_add(channel=made["id"], timestamp=card, name="tada")
    client.bookmarks_add(channel_id=made["id"], title="Deal", type="link", link="https://larkspur.example")
    assert client.pins_list(channel=made["id"])["items"][0]["message"]["ts"] == card
    assert client.bookmarks_list(channel_id=made["id"])["bookmarks"][0]["title"] == "Deal"
    shown = client.conversations_info(channel=made["id"], include_num_members=True)["channel"]
    assert (shown["topic"]["value"], shown["num_members"], shown["is_private"]) == ("Negotiation", 3, True)
    client.conversations_rename(channel=made["id"], name="deal-brightwater")
    client.conversations_archive(channel=made["id"])
    refusals: list[tuple[str, Callable[[], object]]] = [
        ("already_pinned", lambda: client.pins_add(channel=made["id"], timestamp=card)),
        ("is_archived", lambda: client.chat_postMessage(channel=made["id"], text="x")),
        ("name_taken", lambda: client.conversations_create(name="wins")),
        ("invalid_name_specials", lambda: client.conversations_create(name="No Good")),
        ("already_in_channel", lambda: client.conversations_invite(channel=seed.WINS, users=seed.MAYA)),
        ("cant_invite", lambda: client.conversations_invite(channel=seed.NORTH, users=seed.CLARA)),
    ]
    for word, call in refusals:
        with pytest.raises(SlackApiError) as no:
            call()
        assert refused(no) == word


def test_the_app_joins_an_open_channel_by_itself(slack: Slack) -> None:
    with pytest.raises(SlackApiError) as no:
        slack.client.conversations_history(channel=seed.GENERAL)
    assert refused(no) == "not_in_channel"
    assert slack.client.conversations_join(channel=seed.GENERAL)["channel"]["is_member"] is True
    assert seed.BOT_USER in slack.site.world.channels[seed.GENERAL].members


def test_lists_of_channels_and_people_in_pages(slack: Slack) -> None:
    client = slack.client
    client.conversations_create(name="deal-x", is_private=True)
    kinds = "private_channel,public_channel"
    named = [c["name"] for page in client.conversations_list(types=kinds, limit=2) for c in page["channels"]]
    assert named == ["larkspur-brightwater", "wins", "team-north", "countersign-ops", "general", "deal-x"]
    users = {user["id"]: user for page in client.users_list(limit=4) for user in page["members"]}
    assert len(users) == 15 and users[seed.CLARA]["team_id"] == seed.BRIGHTWATER
    assert "email" not in users[seed.CLARA]["profile"] and users[seed.CLARA]["is_stranger"] is False
    assert users[seed.MAYA]["profile"]["email"] == "maya.okafor@larkspur.example"
    assert client.users_info(user=seed.PRIYA)["user"]["tz"] == "Europe/London"
    assert client.users_lookupByEmail(email="Jonas.Weber@larkspur.example")["user"]["id"] == seed.JONAS
    assert client.users_profile_get(user=seed.NOOR)["profile"]["title"].startswith("Customer success manager, log")
    shared = client.conversations_info(channel=seed.SHARED)["channel"]
    assert shared["is_ext_shared"] and shared["shared_team_ids"] == [seed.LARKSPUR, seed.BRIGHTWATER]


def test_user_groups(slack: Slack) -> None:
    groups = {g["handle"]: g for g in slack.client.usergroups_list(include_users=True)["usergroups"]}
    assert groups["reps"]["users"] == [seed.MAYA, seed.RAVI]
    slack.client.usergroups_users_update(usergroup=groups["legal"]["id"], users=f"{seed.ELENA},{seed.KOFI}")
    assert slack.client.usergroups_users_list(usergroup=groups["legal"]["id"])["users"] == [seed.ELENA, seed.KOFI]
    slack.settle()
    assert slack.app.events("subteam_members_changed")[0]["added_users"] == [seed.KOFI]


def test_who_the_token_is(slack: Slack) -> None:
    told = slack.client.auth_test()
    assert (told["team_id"], told["user_id"], told["bot_id"]) == (seed.LARKSPUR, seed.BOT_USER, seed.BOT)
    assert slack.client.bots_info(bot=seed.BOT)["bot"]["app_id"] == seed.APP
    assert slack.client.team_info()["team"]["domain"] == "larkspur"
    assert slack.client.api_test(foo="bar")["args"] == {"foo": "bar"}


def test_tokens_scopes_and_methods(slack: Slack) -> None:
    for token, word in ((None, "not_authed"), ("xoxb-wrong", "invalid_auth")):
        with pytest.raises(SlackApiError) as no:
            slack.other(token).auth_test()
        assert refused(no) == word
    slack.site.app.scopes -= {"chat:write", "groups:write"}
    with pytest.raises(SlackApiError) as no:
        slack.client.chat_postMessage(channel=seed.WINS, text="x")
    assert refused(no) == "missing_scope" and no.value.response["needed"] == "chat:write"
    assert "channels:read" in no.value.response["provided"]
    with pytest.raises(SlackApiError) as no:
        slack.client.conversations_create(name="hidden", is_private=True)
    assert no.value.response["needed"] == "groups:write"
    with pytest.raises(SlackApiError) as no:
        slack.client.api_call("chat.sing")
    assert refused(no) == "unknown_method"
    assert slack.site.journal.calls("chat.sing")[0].error == "unknown_method"


def test_rate_limit_says_when_to_come_back(slack: Slack) -> None:
    slack.site.limits.scale = 1
    with pytest.raises(SlackApiError) as no:
        for number in range(12):
            slack.client.chat_postMessage(channel=seed.WINS, text=str(number))
    assert no.value.response.status_code == 429 and int(no.value.response.headers["Retry-After"]) >= 1
    assert slack.site.journal.calls()[-1].status == 429


def test_faults(slack: Slack) -> None:
    slack.site.faults.add("chat.postMessage", "lost_reply")
    with pytest.raises(OSError):
        slack.client.chat_postMessage(channel=seed.WINS, text="done, but nobody knows")
    assert len(slack.people.messages(seed.WINS)) == 1
    assert slack.site.journal.calls("chat.postMessage")[0].status == 0
    slack.site.faults.add("*", "internal_error")
    with pytest.raises(SlackApiError) as no:
        slack.client.auth_test()
    assert refused(no) == "internal_error"
    slack.site.faults.add("auth.test", "ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as no:
        slack.client.auth_test()
    assert no.value.response.headers["Retry-After"] == "7"


def test_files_in_three_steps(slack: Slack) -> None:
    client, body = slack.client, b"%PDF-1.7\r\n\x00\xff\r\n--not a boundary\r\n"
    card = client.chat_postMessage(channel=seed.NORTH, text="card")["ts"]
    files = []
    for number, how in enumerate(({"data": body}, {"files": {"file": ("a.pdf", body)}})):
        step = client.files_getUploadURLExternal(filename=f"quote{number}.pdf", length=len(body))
        assert requests.post(step["upload_url"], timeout=30, **how).text == f"OK - {len(body)}"  # type: ignore[arg-type]
        files.append({"id": step["file_id"], "title": f"Quote {number}"})
    done = client.files_completeUploadExternal(files=files, channel_id=seed.NORTH, thread_ts=card)
    assert [file["title"] for file in done["files"]] == ["Quote 0", "Quote 1"]
    slack.settle()
    shared = client.conversations_replies(channel=seed.NORTH, ts=card)["messages"][1]
    assert [file["name"] for file in shared["files"]] == ["quote0.pdf", "quote1.pdf"]
    told = client.files_info(file=files[0]["id"])["file"]
    assert told["permalink"] and told["shares"]
    assert _get(told["url_private"], client) == body
    assert b"Sign in" in requests.get(told["url_private"], timeout=30).content
    assert [event["file_id"] for event in slack.app.events("file_shared")] == [file["id"] for file in files]


def _get(url: str, client: WebClient) -> bytes:
    return requests.get(url, headers={"Authorization": f"Bearer {client.token}"}, timeout=30).content


def test_a_file_that_never_came_cannot_be_shared(slack: Slack) -> None:
    step = slack.client.files_getUploadURLExternal(filename="a.pdf", length=10)
    assert requests.post(step["upload_url"], data=b"short", timeout=30).status_code == 400
    with pytest.raises(SlackApiError) as no:
        slack.client.files_completeUploadExternal(files=[{"id": step["file_id"], "title": "A"}], channel_id=seed.WINS)
    assert refused(no) == "file_not_found"


def test_upload_v2_of_the_sdk(slack: Slack) -> None:
    slack.client.files_upload_v2(channel=seed.WINS, content="hello", filename="a.txt", initial_comment="Here")
    slack.settle()
    assert [(m.text, m.files[0].body) for m in slack.people.messages(seed.WINS)] == [("Here", b"hello")]


def test_only_the_apps_own_messages_are_changed(slack: Slack) -> None:
    ts = slack.people.say(seed.MAYA, seed.WINS, "mine")
    refusals: tuple[tuple[str, Callable[[], object]], ...] = (
        ("cant_update_message", lambda: slack.client.chat_update(channel=seed.WINS, ts=ts, text="x")),
        ("cant_delete_message", lambda: slack.client.chat_delete(channel=seed.WINS, ts=ts)),
        ("message_not_found", lambda: slack.client.chat_delete(channel=seed.WINS, ts="1.000001")),
    )
    for word, call in refusals:
        with pytest.raises(SlackApiError) as no:
            call()
        assert refused(no) == word
    own = slack.client.chat_postMessage(channel=seed.WINS, text="x")["ts"]
    slack.client.chat_delete(channel=seed.WINS, ts=own)
    assert [message.ts for message in slack.people.messages(seed.WINS)] == [ts]
