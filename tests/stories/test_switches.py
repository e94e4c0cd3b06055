"""The administrator's switches in Home: stop and resume, how each connection is, and what is done without asking."""

import json
from typing import Any

import pytest

from bot.streams.ids import COMPANY
from sandbox.salesforce.seed import negotiate
from sandbox.slack import seed
from sandbox.walk import CLARA, HENRIK, JONAS, MAYA
from tests.world import Person, World

KOFI, PRIYA, INES = seed.KOFI, seed.PRIYA, seed.INES


@pytest.fixture
def kofi(world: World) -> Person:
    person = world.person(KOFI)
    person.home()
    return person


def switched(kofi: Person, **levels: str) -> dict[str, str]:
    """The form for autonomy, filled in so."""
    kofi.presses_home("autonomy.open")
    return kofi.fills(**levels)


def planted(person: Person, action: str, about: str = "all", value: str = "") -> None:
    """A press that her Home does not offer, as a hostile client would send it."""
    site = person.world.town.site
    button = {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": "Forged"}, "value": value}
    ref = json.dumps({"stream_id": COMPANY, "slot": "forged", "about": about})
    with site.lock:
        view = site.world.views[site.world.homes[person.user]]
        view.body["blocks"].append({"type": "actions", "block_id": ref, "elements": [button]})
    person.presses_home(action, ref)


def offered(form: dict[str, Any], step: str) -> list[str]:
    [block] = [block for block in form["blocks"] if block.get("block_id") == step]
    return [option["value"] for option in block["element"]["options"]]


def test_an_administrator_reads_how_each_connection_is(world: World, kofi: Person) -> None:
    world.walk.negotiate()
    told = kofi.home()
    assert ":white_check_mark: Slack: running, last" in told
    assert ":white_check_mark: Salesforce: running, last" in told
    assert ":white_check_mark: Books: running, not used yet" in told
    assert ":white_check_mark: Workers and queue: nothing is left lying" in told
    assert ":white_check_mark: Database: SQLite" in told


def test_a_connection_that_does_not_answer_says_what_to_do(world: World, kofi: Person) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.person(JONAS).presses("approval.approve")
    world.person(PRIYA).presses("approval.approve")
    world.town.mail.stop()
    world.walk.send()
    world.settle()
    told = kofi.home()
    assert ":warning: *Mail: no answer* since" in told
    assert "Look at SMTP_URL and at the mail server." in told
    assert "1 CONNECTION NEEDS YOU" in told


def test_a_stop_in_home_holds_what_leaves_and_says_whose_it_is(world: World, kofi: Person) -> None:
    kofi.presses_home("system.stop_one")
    assert kofi.fills(system="salesforce", reason="wrong price book") == {}
    told = kofi.at_home()
    assert ":no_entry: Salesforce: stopped; nothing waits" in told
    assert "*Salesforce is stopped* by Kofi Mensah" in told
    assert "“wrong price book”" in told
    kofi.presses_home("system.resume")
    assert "Salesforce: stopped" not in kofi.at_home()


def test_everything_is_stopped_and_goes_on_once(world: World, kofi: Person) -> None:
    kofi.presses_home("system.stop")
    assert "*Everything is stopped* by Kofi Mensah" in kofi.at_home()
    negotiate(world.town.org)
    assert world.said() == []
    kofi.presses_home("system.resume")
    world.turn(seconds=10)
    assert "BRIGHTWATER FREIGHT" in world.card()


@pytest.mark.story("NFR-6.2", criterion=3)
@pytest.mark.parametrize("action", ["system.stop", "system.resume", "system.stop_one", "autonomy.open"])
def test_who_is_no_administrator_is_not_offered_it_and_a_forged_press_is_refused(world: World, action: str) -> None:
    maya = world.person(MAYA)
    assert "Connections" not in maya.home()
    planted(maya, action)
    assert "Your role does not include this." in str(maya.modal())
    assert "is stopped" not in world.person(KOFI).home()


@pytest.mark.story("NFR-6.2", criterion=3)
def test_a_forged_form_changes_no_switch(world: World, kofi: Person) -> None:
    kofi.presses_home("autonomy.open")
    theirs = kofi.modal()
    maya, site = world.person(MAYA), world.town.site
    maya.home()
    maya.presses_home("settings.open")
    with site.lock:
        mine = site.world.views[site.world.modals[MAYA][-1]].body
        mine |= {name: theirs[name] for name in ("blocks", "private_metadata", "callback_id")}
    maya.fills(post_win="ask")
    assert "Your role does not include this." in str(maya.modal())
    assert "Changed:" not in kofi.home()


def test_what_cannot_be_undone_is_not_offered_and_refused_when_forged(world: World, kofi: Person) -> None:
    kofi.presses_home("autonomy.open")
    form = kofi.modal()
    assert offered(form, "send_contract") == offered(form, "countersign") == ["suggest", "ask"]
    assert offered(form, "post_win") == ["suggest", "ask", "act"]
    site = world.town.site
    with site.lock:
        blocks = site.world.views[site.world.modals[KOFI][-1]].body["blocks"]
        [sending] = [block for block in blocks if block.get("block_id") == "send_contract"]
        act = {"text": {"type": "plain_text", "text": "Do it"}, "value": "act"}
        sending["element"]["options"].append(act)
    told = kofi.fills(send_contract="act")
    assert told == {"send_contract": "This cannot be undone, so a person always decides it. " + CHOOSE}


CHOOSE = "Nothing changed. Choose ask, or suggest."


def test_a_switch_says_who_changed_it_and_when(kofi: Person) -> None:
    assert "Changed:" not in kofi.at_home()
    assert switched(kofi, post_win="ask") == {}
    told = kofi.at_home()
    assert "Changed: tell the win to “ask first” by Kofi Mensah, 17 Nov 2026, 09:12 UTC" in told
    kofi.presses_home("autonomy.open")
    hint = "The playbook says: do it, and say so. Changed by Kofi Mensah, 17 Nov 2026, 09:12 UTC."
    assert hint in str(kofi.modal())


def test_an_older_form_does_not_undo_a_newer_switch(world: World, kofi: Person) -> None:
    kofi.presses_home("autonomy.open")
    old = kofi.modal()
    switched(kofi, post_win="ask")
    kofi.presses_home("autonomy.open")
    site = world.town.site
    with site.lock:
        site.world.views[site.world.modals[KOFI][-1]].body["private_metadata"] = old["private_metadata"]
    kofi.fills(post_win="act")
    assert "Somebody changed a switch after you opened this." in str(kofi.modal())


def test_a_draft_waits_for_the_press_that_the_switch_asks_for(world: World, kofi: Person) -> None:
    switched(kofi, draft_package="ask")
    world.walk.negotiate()
    world.walk.agree()
    card = world.card()
    assert "WAITS FOR A PRESS" in card
    assert ":hourglass_flowing_sand: *Waits for you:* draft the contract" in card
    world.person(MAYA).presses("step.take", "draft_package")
    assert "Package 1: 5 documents" in world.card()


def test_a_suggestion_has_no_button_and_no_way_around(world: World, kofi: Person) -> None:
    switched(kofi, plan_approvals="suggest")
    world.walk.negotiate()
    world.walk.agree()
    card = world.card()
    assert "*I suggest:* ask for the approvals" in card
    assert "[Do it]" not in card
    assert world.town.people.dm(JONAS) == []


def test_who_may_not_take_a_step_is_refused_in_words(world: World, kofi: Person) -> None:
    switched(kofi, draft_package="ask")
    world.walk.negotiate()
    world.walk.agree()
    tom = world.person(seed.TOM)
    site = world.town.site
    message = tom.world.walk.card()
    if tom.user not in site.world.channels[message.channel].members:
        site.world.channels[message.channel].members.append(tom.user)
    assert "Your role does not include this." in tom.tries("step.take", message)


@pytest.fixture
def careful(world: World, kofi: Person) -> World:
    """Every step that may be switched to ask is, and a contract is out for signature."""
    told = switched(kofi, **dict.fromkeys(AFTER_SENDING, "ask"))
    assert told == {}
    world.walk.negotiate()
    world.walk.agree()
    world.person(JONAS).presses("approval.approve")
    world.person(PRIYA).presses("approval.approve")
    world.walk.send()
    world.settle()
    return world


AFTER_SENDING = ("remind_signer", "close_opportunity", "book_finance", "offer_handoff", "post_win")


def test_a_reminder_waits_and_is_overtaken_by_the_signature(careful: World) -> None:
    careful.turn(hours=25)
    assert "*Waits for you:* remind the signer by mail" in careful.card()
    assert len(careful.town.mail.letters) == 1
    take(careful.person(MAYA), "remind_signer")
    assert len(careful.town.mail.letters) == 2
    careful.turn(hours=48)
    assert "remind the signer" in careful.card()
    careful.walk.sign(CLARA)
    assert "remind the signer" not in careful.card()


def test_each_step_after_the_signature_waits_when_it_is_asked_for(careful: World) -> None:
    walk, maya, ines = careful.walk, careful.person(MAYA), careful.person(INES)
    walk.sign(CLARA)
    walk.sign(HENRIK)
    ines.presses("countersign.review")
    ines.fills()
    card = careful.card()
    assert "*Waits for you:* set Closed Won in Salesforce" in card
    assert "*Waits for you:* put invoices and commission in the books" in card
    assert careful.record()["StageName"] != "Closed Won"
    take(maya, "close_opportunity")
    assert careful.record()["StageName"] == "Closed Won"
    card = careful.card()
    assert "*Waits for you:* offer the handoff to a CSM" in card
    assert "*Waits for you:* tell the win" in card
    for step in ("book_finance", "offer_handoff", "post_win"):
        take(maya, step)
    assert "Waits for you" not in careful.card()
    assert "Brightwater" in "\n".join(careful.said(seed.WINS))


def take(person: Person, step: str) -> None:
    """The button of that step, of several on one card."""
    world = person.world
    message = world.walk.card()
    [block] = [b for b in message.blocks if (b.get("accessory") or {}).get("value") == step]
    people = world.town.people
    people.press(person.user, message.channel, message.ts, "step.take", step, str(block["block_id"]))
    world.settle()


def test_sending_can_be_set_to_suggest_and_is_then_refused(world: World, kofi: Person) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.person(JONAS).presses("approval.approve")
    world.person(PRIYA).presses("approval.approve")
    switched(kofi, send_contract="suggest")
    maya = world.person(MAYA)
    maya.presses("envelope.review")
    maya.fills()
    assert "Not done: here I may only suggest it." in str(maya.modal())
    assert "READY TO SEND" in world.card()
