"""What an outside system refused, or of which nobody knows whether it happened: the owner decides, once."""

import json
from decimal import Decimal

import requests

from sandbox.slack.entities import Message
from sandbox.slack.seed import KOFI, RAVI, SAM, TOM
from sandbox.walk import CLARA, HENRIK, MAYA
from tests.played import press_as
from tests.world import World

CLARAS = "clara.vogt@brightwater.example"
HENRIKS = "henrik.brandt@brightwater.example"


def sent(world: World) -> None:
    """As far as Maya's press on Send."""
    for step in (world.walk.negotiate, world.walk.agree, world.walk.reject, world.walk.reprice, world.walk.approve):
        step()
    world.walk.send()
    world.settle()


def letters(world: World, to: str = CLARAS) -> int:
    world.looked += 1
    return len([letter for letter in world.town.mail.letters if letter.to == to])


def waiting(world: World) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(world.run("effects", "list", "--json"))
    return found


def card(world: World) -> str:
    return world.card().replace("*", "")


def screen(of: Message) -> Message:
    """As it looks at this moment, for somebody whose screen is old by then."""
    made = Message(of.channel, of.ts, of.user, of.text, json.loads(json.dumps(of.blocks)))
    made.bot, made.team = of.bot, of.team
    return made


def lost(world: World) -> Message:
    """The mail server took Clara's letter, and its answer was lost; the deal's card as it stands."""
    world.town.mail.drop_reply()
    sent(world)
    return world.walk.card()


def test_an_unknown_outcome_is_told_to_the_owner_with_what_she_can_do(world: World) -> None:
    lost(world)
    shown = card(world)
    assert "This did not work: sending a signer the letter with the link" in shown
    assert "nobody knows whether it happened" in shown
    assert "If you skip it: I count on it that the letter arrived" in shown
    assert letters(world) == 1, "never sent again blindly"
    asked = world.person(MAYA).reads()
    assert "1 STEP DID NOT WORK" in asked.upper()
    assert waiting(world)[0]["code"] == "outcome.unknown"


def test_retry_sends_it_and_a_second_press_does_nothing(world: World) -> None:
    copy = screen(lost(world))
    world.person(MAYA).presses("parked.retry")
    assert letters(world) == 2
    assert "decided already" in press_as(world.town, MAYA, copy, "parked.retry")
    assert letters(world) == 2
    assert "did not work" not in world.card()
    assert "what did not work was decided" in world.person(MAYA).reads()
    assert "Maya Okafor lets me try again: sending a signer the letter with the link." in "\n".join(world.said())
    for signer in (CLARA, HENRIK):
        world.walk.sign(signer)
    world.walk.countersign()
    assert world.record()["Amount"] == Decimal("237984.80")


def test_skip_sends_nothing_more_and_the_deal_goes_on_by_the_letter_that_came(world: World) -> None:
    lost(world)
    world.person(MAYA).presses("parked.skip")
    assert letters(world) == 1
    assert "did not work" not in card(world)
    for signer in (CLARA, HENRIK):
        world.walk.sign(signer)
    world.walk.countersign()
    assert world.record()["StageName"] == "Closed Won"


def test_taking_the_envelope_back_ends_its_links_and_a_new_one_can_be_sent(world: World) -> None:
    lost(world)
    old = next(link for link in world.town.mail.letters[0].links if "/p/" in link)
    world.person(MAYA).presses("parked.compensate")
    assert requests.get(old, timeout=30).status_code == 404
    assert "READY TO SEND" in card(world)
    assert letters(world) == 1
    world.walk.send()
    world.settle()
    assert letters(world) == 2
    assert "OUT FOR SIGNATURE" in card(world)


def test_a_letter_still_owed_for_an_envelope_taken_back_does_not_go_out_for_the_next_one(world: World) -> None:
    """Clara's reminder got lost; she signed, and Henrik's letter waits for the mail server."""
    sent(world)
    world.town.mail.drop_reply()
    world.turn(hours=25)
    world.town.mail.busy(100_000)
    world.walk.sign(CLARA)
    world.settle()
    world.person(MAYA).presses("parked.compensate")
    world.walk.send()
    world.town.mail.mend()
    world.passes(minutes=10)
    assert letters(world, HENRIKS) == 0, "it is not his turn yet"
    assert letters(world) == 3
    for signer in (CLARA, HENRIK):
        world.walk.sign(signer)
    assert letters(world, HENRIKS) == 1


def test_only_the_owner_and_who_stands_above_may_decide(world: World) -> None:
    shown, town = screen(lost(world)), world.town
    assert "somebody else" in press_as(town, RAVI, shown, "parked.retry")
    assert "Your role does not include this" in press_as(town, TOM, shown, "parked.retry")
    assert "Your role does not include this" in press_as(town, KOFI, shown, "parked.compensate")
    assert letters(world) == 1
    world.walk.channel().members.append(SAM)
    town.people.press(SAM, shown.channel, shown.ts, "parked.retry")
    world.settle()
    assert letters(world) == 2


def test_an_operator_does_the_same_from_the_shell(world: World) -> None:
    lost(world)
    key = waiting(world)[0]["key"]
    assert "If you skip it" in world.run("effects", "show", key)
    assert "retry is decided" in world.run("effects", "retry", key)
    world.settle()
    assert letters(world) == 2
    again = world.town.run("effects", "skip", key)
    assert (again.returncode, "nothing with the key" in again.stderr) == (2, True)
    assert waiting(world) == []


def test_what_belongs_to_no_deal_is_decided_from_the_shell_alone(world: World) -> None:
    world.town.site.faults.add("users.list", "fatal_misconfiguration", times=1)
    world.look()
    (row,) = waiting(world)
    assert (row["kind"], row["code"]) == ("people.read", "fatal_misconfiguration")
    world.run("effects", "retry", row["key"])
    world.settle()
    assert waiting(world) == []
