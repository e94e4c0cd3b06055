"""Story 6.2.2.1: before a yes an approver asks the rep, or says at which terms she would; a large yes is typed."""

import json
from typing import Any

import pytest

from sandbox.slack.seed import JONAS, MAYA, PRIYA
from sandbox.walk import readable
from tests.stories.conftest import Changed
from tests.stories.test_critical import buys
from tests.stories.test_delegation import APPROVE, agreed, asked, thread
from tests.world import World

ASK, ANSWER, AT, TAKE, LEAVE = "approval.ask", "question.answer", "approval.at", "counter.take", "counter.leave"
HIGH, LOW = "typed_above: {EUR: 500000,", "typed_above: {EUR: 200000,"


def messages(world: World, user: str) -> list[str]:
    world.settle()
    world.looked += 1
    return ["\n".join([m.text, *readable(m)]) for m in world.town.people.dm(user) if m.bot]


@pytest.mark.story("6.2.2.1", criterion=3)
def test_a_question_goes_to_the_rep_and_its_answer_comes_back_into_the_request(world: World) -> None:
    agreed(world)
    jonas, maya = world.person(JONAS), world.person(MAYA)
    jonas.presses(ASK)
    assert "Say it in words." in str(jonas.fills(words=" "))
    assert jonas.fills(words="What do they pay <today>?") == {}
    assert "What do they pay &lt;today&gt;?" in jonas.reads(APPROVE) and "No answer yet." in jonas.reads(APPROVE)
    assert "Jonas Weber asks before the yes to Discount" in thread(world)
    assert "have asked already" in ask_again(world)
    maya.presses(ANSWER)
    assert maya.fills(words="EUR 61 a vehicle, until December") == {}
    assert "EUR 61 a vehicle, until December" in jonas.reads(APPROVE)
    assert "Maya Okafor answers about" in messages(world, JONAS)[-1]
    jonas.presses(APPROVE)
    assert "Nothing more to do" in messages(world, JONAS)[-1]


def ask_again(world: World) -> str:
    jonas = world.person(JONAS)
    jonas.presses(ASK)
    jonas.fills(words="And now?")
    return str(jonas.modal())


@pytest.mark.story("6.2.2.1", criterion=3)
def test_while_she_waits_for_an_answer_she_is_not_reminded(world: World) -> None:
    agreed(world)
    priya = world.person(PRIYA)
    priya.presses(ASK)
    assert priya.fills(words="Who pays so late elsewhere?") == {}
    world.turn(hours=4)
    assert not [text for text in messages(world, PRIYA) if text.startswith("A reminder")]
    world.person(MAYA).presses(ANSWER)
    assert world.person(MAYA).fills(words="Two of their sister companies") == {}
    world.turn(hours=2)
    assert [text for text in messages(world, PRIYA) if "reminder" in text or text.startswith("Time runs out")]


@pytest.mark.story("6.2.2.1", criterion=3)
def test_a_yes_at_other_terms_is_offered_by_the_rep_and_not_asked_again(world: World) -> None:
    agreed(world)
    jonas, maya = world.person(JONAS), world.person(MAYA)
    jonas.presses(AT)
    assert "Say less than what is asked." in str(jonas.fills(discount="22", reason="x"))
    assert jonas.fills(discount="18", reason="what the volume carries") == {}
    told = maya.reads(TAKE)
    assert "EUR 237,984.80" in told and "instead of EUR 226,839.20" in told
    assert "says yes at 18% off" in jonas.reads(APPROVE)
    maya.presses(TAKE)
    assert not asked(world, JONAS), "what he said yes to is not asked again"
    rows = json.loads(world.run("audit", "approvals", "--json"))
    (yes,) = [row for row in rows if row["outcome"] == "granted" and row["decided_by"] == "Jonas Weber"]
    assert "beforehand: what the volume carries" in yes["reason"]
    assert "Payment terms: Priya Raman" in world.card()
    world.person(PRIYA).presses(APPROVE)
    assert "Review and send" in world.card()


@pytest.mark.story("6.2.2.1", criterion=3)
def test_the_rep_may_keep_to_what_was_asked_and_other_terms_than_those_are_asked_anew(world: World) -> None:
    agreed(world)
    jonas, maya = world.person(JONAS), world.person(MAYA)
    jonas.presses(AT)
    assert jonas.fills(discount="18", reason="it is what the volume carries") == {}
    maya.presses(LEAVE)
    assert "says yes at" not in jonas.reads(APPROVE)
    jonas.presses("approval.reject")
    assert jonas.fills(reason="too much", yes_if="20%") == {}
    maya.presses("price.change")
    assert maya.fills(discount="20", payment_days="60") == {}
    assert asked(world, JONAS), "20% is not what he said yes to"


@pytest.fixture
def careful(company: Changed) -> World:
    """The example company, whose policy wants EUR 200,000 typed, too."""
    return company(approvals=[(HIGH, LOW)])


@pytest.mark.story("6.2.2.1", criterion=4)
def test_a_large_yes_is_typed_and_a_standard_one_is_one_press(careful: World) -> None:
    agreed(careful)
    jonas = careful.person(JONAS)
    jonas.presses(APPROVE)
    assert "EUR 226,839.20" in str(jonas.modal())
    for wrong, told in (
        ("-5", "no amount"),
        ("226,839.21", "not the total"),
        ("1e9", "no amount"),
        ("226", "not the total"),
    ):
        assert told in str(jonas.fills(amount=wrong)), wrong
    assert asked(careful, JONAS), "nothing was decided"
    assert jonas.fills(amount="226.839,20 EUR") == {}
    assert not asked(careful, JONAS)


@pytest.mark.story("6.2.2.1", criterion=4)
def test_small_equal_ones_are_approved_in_one_form_and_each_can_be_left_out(world: World) -> None:
    """What is left out, and what has changed meanwhile, still waits."""
    for number in range(3):
        buys(world, number, {"Payment_Days__c": 60})
    priya = world.person(PRIYA)
    assert "3 of them are small, equal" in priya.home()
    priya.presses_home("approval.batch")
    values = [option["value"] for option in choices(priya.modal())]
    assert len(values) == 3
    assert priya.fills(chosen=values[:2]) == {}
    rows = json.loads(world.run("audit", "approvals", "--json"))
    assert [row["outcome"] for row in rows if row["decided_by"] == "Priya Raman"] == ["granted", "granted"]
    assert "of them are small" not in priya.home(), "one alone is decided as ever"


def choices(view: dict[str, Any]) -> list[dict[str, Any]]:
    block = next(block for block in view["blocks"] if block.get("block_id") == "chosen")
    found: list[dict[str, Any]] = block["element"]["options"]
    return found
