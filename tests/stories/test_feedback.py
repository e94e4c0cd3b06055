"""Story 6.2.2.4: how an approval was is asked in two taps, rarely; the sums go to who can change it, as proposals."""

import json
from typing import Any

import pytest

from sandbox.slack.seed import ELENA, INES, JONAS, MAYA, NORTH, PRIYA
from tests.stories.conftest import Changed
from tests.stories.test_delegation import APPROVE, agreed, asked
from tests.world import World

QUESTION = "How was this approval?"
GOOD, POOR = "feedback.answer_2", "feedback.answer_4"
WAITS, NOTHING = "feedback.friction_1", "feedback.friction_7"
MORE, ACCEPT = "feedback.words", "proposal.accept"
CHANGE = "Discounts, line 3: name a deputy who is asked when the expected time is over."


@pytest.fixture
def curious(company: Changed) -> World:
    """Every decision is asked about, and two people are enough."""
    return company(feedback=[("sample: 10%", "sample: 100%"), ("people: 4", "people: 2"), ("least: 8", "least: 2")])


def sums(world: World) -> dict[str, Any]:
    return dict(json.loads(world.run("approvals", "feedback", "--json")))


def questions(world: World, user: str) -> int:
    world.settle()
    world.looked += 1
    return sum("approval?" in m.text or "Thank you" in m.text for m in world.town.people.dm(user))


def answers(world: World, user: str, answer: str, friction: str) -> None:
    person = world.person(user)
    person.presses(answer)
    person.presses(friction)


def refused(world: World) -> None:
    """Jonas Weber says no; he and the rep find that waited too long."""
    agreed(world)
    world.walk.reject()
    world.settle()
    for user in (JONAS, MAYA):
        answers(world, user, POOR, WAITS)


@pytest.mark.story("6.2.2.4", criterion=1)
@pytest.mark.story("6.2.2.4", criterion=3)
def test_who_decided_and_the_rep_say_in_two_taps_how_it_was_and_others_see_only_sums(curious: World) -> None:
    agreed(curious)
    curious.walk.reject()
    jonas = curious.person(JONAS)
    shown = jonas.reads(GOOD)
    assert QUESTION in shown and "Discount, Brightwater Freight" in shown
    assert "others see sums of 2 people or more" in shown
    assert "[Very good]" in shown and "[Bad]" in shown
    jonas.presses(POOR)
    assert "What was in the way most?" in jonas.reads(WAITS)
    jonas.presses(WAITS)
    jonas.presses(MORE)
    assert jonas.fills(words="I was in Oslo, and nobody else could decide") == {}
    assert "You said of Discount, Brightwater Freight: Poor; waited too long." in jonas.reads()
    alone = sums(curious)
    assert alone["whole"] == {"answers": 1, "people": 1, "tenths": None}, "of one person nothing is told"
    assert "I was in Oslo" not in json.dumps(alone)
    answers(curious, MAYA, GOOD, WAITS)
    found = sums(curious)
    assert (found["asked"], found["rate"], found["whole"]["tenths"]) == (2, 10_000, 50)
    way = next(each for each in found["frictions"] if each["rule"] == "discount-vp")
    assert (way["friction"], way["named"], way["of"], way["people"]) == ("waits", 2, 2, 2)
    assert way["words"] == ["I was in Oslo, and nobody else could decide"]
    assert JONAS not in json.dumps(found) and "Jonas" not in json.dumps(found)


@pytest.mark.story("6.2.2.4", criterion=2)
@pytest.mark.story("6.2.2.4", criterion=5)
def test_the_score_of_each_week_has_its_trend_and_what_could_be_better(curious: World) -> None:
    refused(curious)
    curious.turn(days=7)
    curious.walk.reprice()
    curious.settle()
    curious.turn(minutes=20)
    curious.person(PRIYA).presses(APPROVE)
    answers(curious, PRIYA, GOOD, NOTHING)
    curious.turn(hours=4, minutes=1)
    assert asked(curious, INES)
    curious.person(INES).presses(APPROVE)
    answers(curious, INES, GOOD, NOTHING)
    assert questions(curious, MAYA) == 1, "nobody is asked twice about a deal"
    found = sums(curious)
    assert [(week["start"], week["score"]["tenths"]) for week in found["weeks"]] == [
        ("2026-11-16", 20),
        ("2026-11-23", 80),
    ]
    assert (found["trend"], found["whole"]["tenths"], found["whole"]["people"]) == (60, 50, 4)
    better = found["better"][0]
    assert (better["rule"], better["friction"], better["score"]["tenths"]) == ("discount-vp", "waits", 40)
    said = curious.run("approvals", "feedback")
    assert "In the way, Discounts, line 3: Waited too long, 2 of 3 (66%)" in said
    assert "To improve, Discounts, line 3: 4.0 of 10 (3 answers by 3 people); name a deputy" in said
    assert "*How approvals are found:* 5.0 of 10, by 4 people, +6.0 to the weeks before" in curious.person(ELENA).home()


@pytest.mark.story("6.2.2.4", criterion=4)
@pytest.mark.story("6.2.2.4", criterion=6)
def test_what_many_name_is_proposed_to_the_owner_and_followed_until_it_is_over(curious: World) -> None:
    refused(curious)
    curious.look()
    elena = curious.person(ELENA)
    shown = elena.reads(ACCEPT)
    assert CHANGE in shown
    assert "2 of 2 answers by 2 people: Waited too long; the score is 2.0 of 10." in shown
    assert "Answers that say: Waited too long: 100% now, 15% to reach" in shown
    assert "Please answer by 1 Dec 2026" in shown
    elena.presses(ACCEPT)
    curious.turn(days=3, hours=7)
    (week,) = [text for text in curious.said(NORTH) if "THE WEEK TO" in text]
    assert CHANGE in week and "Accepted, nothing to count yet" in week
    assert "*How approvals are found:* 2.0 of 10, by 2 people" in week
    assert "Most in the way: Discounts, line 3: Waited too long (2 of 2)" in week
    curious.turn(days=60)
    curious.look()
    (row,) = json.loads(curious.run("approvals", "proposals", "--json"))
    assert (row["key"], row["state"]) == ("waits:discount-vp", "not_true")
    assert "Closed as not true" in elena.reads()


@pytest.mark.story("6.2.2.4", criterion=1)
def test_nobody_is_asked_in_quiet_hours_or_when_she_wants_no_messages(curious: World) -> None:
    agreed(curious)
    priya = curious.person(PRIYA)
    priya.home()
    priya.presses_home("settings.open")
    assert priya.fills(door="home", quiet_from="19:00", quiet_until="08:00", per_day="12", numbers="en_IE") == {}
    priya.presses(APPROVE)
    curious.turn(hours=12)
    curious.person(JONAS).presses(APPROVE)
    assert [questions(curious, user) for user in (JONAS, PRIYA, MAYA)] == [0, 0, 0]
    assert sums(curious)["asked"] == 0
