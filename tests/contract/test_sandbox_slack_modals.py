"""Modals and what they are answered with, as Slack's client and servers treat them."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack import seed
from sandbox.slack.submitting import NotSubmitted
from tests.contract.slack_app import Answer
from tests.contract.slack_fixtures import Json, Slack, actions, button, options, refused, section, slack

__all__ = ["slack"]


def text_input(block_id: str, action_id: str, kind: str = "plain_text_input", **more: object) -> Json:
    label = {"type": "plain_text", "text": action_id}
    element = {"type": kind, "action_id": action_id, **more}
    return {"type": "input", "block_id": block_id, "label": label, "element": element}


def modal(*blocks: Json, title: str = "Price", **more: object) -> Json:
    words = {name: {"type": "plain_text", "text": said} for name, said in (("title", title), ("submit", "Save"))}
    return {"type": "modal", "callback_id": "price", "blocks": list(blocks), **words, **more}


PRICE = modal(
    text_input("b1", "discount", "number_input", is_decimal_allowed=True, min_value="0", max_value="100"),
    text_input("b2", "days", initial_value="60"),
    {**text_input("b3", "note"), "optional": True},
    text_input("b4", "confirm", "checkboxes", options=options("yes")),
    text_input("b5", "why", "static_select", options=options("volume", "term")),
    private_metadata="deal:1",
    external_id="price:1",
)
GOOD = {"discount": "18", "confirm": ["yes"], "why": "term"}


def opened(slack: Slack, view: Json, user: str = seed.MAYA) -> None:
    """By a button in the person's direct message."""
    posted = slack.client.chat_postMessage(channel=user, text="card", blocks=actions(button("change")))
    slack.people.press(user, posted["channel"], posted["ts"], "change")
    slack.client.views_open(trigger_id=slack.app.last("block_actions")["trigger_id"], view=view)


def test_modal_opened_once_in_time(slack: Slack) -> None:
    opened(slack, PRICE)
    shown = slack.people.modal(seed.MAYA)
    assert shown is not None and shown["state"]["values"]["b2"]["days"]["value"] == "60"
    trigger = slack.app.last("block_actions")["trigger_id"]
    with pytest.raises(SlackApiError) as no:
        slack.client.views_open(trigger_id=trigger, view=modal(section("x")))
    assert refused(no) == "exchanged_trigger_id"
    slack.site.tickets.trigger_seconds = 0.0
    with pytest.raises(SlackApiError) as no:
        opened(slack, modal(section("x")))
    assert refused(no) == "expired_trigger_id"


BAD_VIEWS = [
    modal(section("x"), title="x" * 25),
    {name: value for name, value in PRICE.items() if name != "submit"},
    modal({"type": "markdown", "text": "not in modals"}),
    modal(),
    {"type": "home", "blocks": [section("x")]},
]


@pytest.mark.parametrize("view", BAD_VIEWS)
def test_views_that_slack_refuses(slack: Slack, view: Json) -> None:
    with pytest.raises(SlackApiError) as no:
        opened(slack, view)
    assert refused(no) == "invalid_arguments"
    assert "/view" in no.value.response["response_metadata"]["messages"][0]
    assert slack.people.modal(seed.MAYA) is None


def test_modal_updated_by_its_own_name_keeps_what_was_filled_in(slack: Slack) -> None:
    opened(slack, PRICE)
    before = slack.people.modal(seed.MAYA)
    assert before is not None
    slack.people.press_view(seed.MAYA, "why", value="term")
    slack.client.views_update(external_id="price:1", view=PRICE, hash=before["hash"])
    after = slack.people.modal(seed.MAYA)
    assert after is not None and after["state"]["values"]["b5"]["why"]["selected_option"]["value"] == "term"
    for given, word in (
        ({"hash": before["hash"], "view_id": after["id"]}, "hash_conflict"),
        ({"view_id": "V"}, "not_found"),
    ):
        with pytest.raises(SlackApiError) as no:
            slack.client.views_update(view=PRICE, **given)
        assert refused(no) == word
    with pytest.raises(SlackApiError) as no:
        opened(slack, PRICE, seed.SAM)
    assert refused(no) == "duplicate_external_id"


def test_submit_and_close(slack: Slack) -> None:
    opened(slack, PRICE)
    slack.people.submit(seed.MAYA, GOOD)
    view = slack.app.last("view_submission")["view"]
    values = view["state"]["values"]
    assert view["private_metadata"] == "deal:1" and view["callback_id"] == "price"
    assert values["b1"]["discount"] == {"type": "number_input", "value": "18"}
    assert [option["value"] for option in values["b4"]["confirm"]["selected_options"]] == ["yes"]
    assert values["b3"]["note"]["value"] is None
    assert slack.people.modal(seed.MAYA) is None and slack.people.field_errors(seed.MAYA) == {}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"confirm": ["yes"], "why": "term"}, "discount"),
        ({**GOOD, "discount": "101"}, "between 0 and 100"),
        ({**GOOD, "discount": "many"}, "a number"),
        ({**GOOD, "confirm": []}, "confirm"),
        ({**GOOD, "days": ""}, "days"),
    ],
)
def test_the_client_itself_refuses_what_is_not_filled_in(slack: Slack, values: Json, told: str) -> None:
    opened(slack, PRICE)
    with pytest.raises(NotSubmitted, match=told):
        slack.people.submit(seed.MAYA, values)
    assert not slack.site.journal.deliveries("view_submission")


def test_fields_and_options_that_are_not_there(slack: Slack) -> None:
    opened(slack, PRICE)
    with pytest.raises(LookupError, match="discount"):
        slack.people.submit(seed.MAYA, {"colour": "red"})
    with pytest.raises(LookupError, match="volume"):
        slack.people.submit(seed.MAYA, {**GOOD, "why": "mood"})


def test_what_the_app_answers_to_a_submission(slack: Slack) -> None:
    answers: list[Answer] = [
        (200, {"response_action": "errors", "errors": {"b1": "More than you may give."}}),
        (200, {"response_action": "errors", "errors": {"nowhere": "x"}}),
        (500, ""),
        (200, {"response_action": "push", "view": modal(section("sure?"), title="Sure")}),
        (200, {"response_action": "update", "view": modal(section("done"), title="Done")}),
        (200, {"response_action": "clear"}),
    ]
    opened(slack, PRICE)
    seen: list[tuple[str | None, list[str]]] = []
    for answer in answers:
        slack.app.answer = lambda body, told=answer: told  # type: ignore[misc]
        slack.people.submit(seed.MAYA, GOOD if len(seen) < 4 else {})
        shown = slack.people.modal(seed.MAYA)
        seen.append((shown["title"]["text"] if shown else None, sorted(slack.people.field_errors(seed.MAYA))))
    assert seen == [("Price", ["b1"]), ("Price", [""]), ("Price", [""]), ("Sure", []), ("Done", []), (None, [])]


def test_a_modal_that_wants_to_know_hears_of_its_end(slack: Slack) -> None:
    opened(slack, modal(section("x"), notify_on_close=True))
    assert slack.people.close(seed.MAYA) is not None
    assert slack.app.last("view_closed")["is_cleared"] is False
    opened(slack, modal(section("x")))
    assert slack.people.close(seed.MAYA) is None and slack.people.modal(seed.MAYA) is None
    with pytest.raises(LookupError):
        slack.people.submit(seed.MAYA)


def test_a_menu_asks_the_app_for_its_options(slack: Slack) -> None:
    choose = text_input("b1", "customer", "external_select", min_query_length=2)
    opened(slack, modal(choose))
    offered = options("brightwater", "kestrel")
    slack.app.answer = lambda body: (200, {"options": offered} if body.get("type") == "block_suggestion" else "")
    found = slack.people.suggest(seed.MAYA, "customer", "b1", "bri")
    asked = slack.app.last("block_suggestion")
    assert (asked["value"], asked["action_id"], asked["container"]["type"]) == ("bri", "customer", "view")
    assert [option["value"] for option in found] == ["brightwater", "kestrel"]
    slack.people.submit(seed.MAYA, {"customer": "kestrel"})
    state = slack.app.last("view_submission")["view"]["state"]["values"]
    assert state["b1"]["customer"]["selected_option"]["value"] == "kestrel"


def test_a_press_in_a_modal_tells_what_the_other_fields_hold(slack: Slack) -> None:
    opened(slack, modal(text_input("b1", "note"), *actions(button("look", "1"))))
    slack.people.press_view(seed.MAYA, "look", values={"note": "so far"})
    pressed = slack.app.last("block_actions")
    assert pressed["view"]["state"]["values"]["b1"]["note"]["value"] == "so far"
