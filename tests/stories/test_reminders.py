"""Story 6.2.2.3: who has not decided is reminded in time, of something new, with a way out, and never afterwards."""

import json

import pytest

from sandbox.salesforce import seed
from sandbox.slack.entities import Message
from sandbox.slack.seed import JONAS, PRIYA, SAM
from sandbox.walk import buttons, readable
from tests.stories.test_delegation import agreed
from tests.world import World

LATER, PASS_ON, APPROVE = "reminder.later", "approval.pass_on", "approval.approve"
# One in ten reminders tries what was tried the least: which comes first is no matter of these stories.
NEWS = ("Brightwater Freight is to sign by", "may decide it too: pass it on")
HEADS = ("A reminder:", "Time runs out:", "Last reminder:")


def reminders(world: World, user: str) -> list[str]:
    """What each said when it came, oldest first."""
    return ["\n".join([m.text, *readable(m)]) for m in messages(world, user)]


def messages(world: World, user: str) -> list[Message]:
    world.settle()
    world.looked += 1
    return [m for m in world.town.people.dm(user) if m.text.startswith(HEADS)]


@pytest.mark.story("6.2.2.3", criterion=1)
@pytest.mark.story("6.2.2.3", criterion=3)
@pytest.mark.story("6.2.2.3", criterion=4)
def test_the_one_whom_the_deal_waits_on_is_reminded_when_her_usual_time_is_over(world: World) -> None:
    agreed(world)  # at 09:12 UTC: Jonas has four hours, Priya eight, of which she is expected to take half
    world.turn(hours=3, minutes=50)
    assert reminders(world, PRIYA) == []
    world.turn(minutes=15)
    (told,) = reminders(world, PRIYA)
    assert told.startswith("A reminder: Payment terms: Brightwater Freight, by 17 Nov 2026, 17:12 UTC.")
    assert "EUR 226,839.20" in told
    assert any(news in told for news in NEWS)
    assert not any(told.startswith("A reminder") for told in reminders(world, JONAS)), "the deal waits longer on Priya"


@pytest.mark.story("6.2.2.3", criterion=1)
def test_an_urgent_deal_is_reminded_of_sooner(world: World) -> None:
    world.town.org.update("Opportunity", seed.OPPORTUNITY, {"CloseDate": "2026-11-18"})
    agreed(world)
    world.turn(hours=2, minutes=30)
    (told,) = reminders(world, PRIYA)
    assert "by 17 Nov 2026, 13:12 UTC" in told


@pytest.mark.story("6.2.2.3", criterion=2)
@pytest.mark.story("6.2.2.3", criterion=5)
def test_they_grow_with_the_deadline_and_each_says_something_new_and_offers_another_way(world: World) -> None:
    agreed(world)
    for _ in range(8):
        world.turn(hours=1)
    told = [text.partition(".")[2] for text in reminders(world, PRIYA)]
    heads = [text.partition(":")[0] for text in reminders(world, PRIYA)]
    assert heads == ["A reminder", "Time runs out", "Last reminder"]
    found = [[news for news in NEWS if news in text] for text in told]
    assert sorted(found[:2]) == [[news] for news in sorted(NEWS)] and found[2] == []
    assert "It is still yours to decide" in told[2]
    (message, *_) = messages(world, PRIYA)
    assert [button.split(" ")[0] for button in buttons(message)] == [PASS_ON, LATER, "time.hold"]
    world.person(PRIYA).presses(PASS_ON)
    assert "with your authority: never more" in json.dumps(world.person(PRIYA).modal())


@pytest.mark.story("6.2.2.3", criterion=5)
def test_tomorrow_morning_is_tomorrow_morning(world: World) -> None:
    agreed(world)
    world.turn(hours=4, minutes=5)
    world.person(PRIYA).presses(LATER)
    assert "I remind you again 18 Nov 2026, 08:00 UTC" in reminders(world, PRIYA)[0]
    world.turn(hours=4)
    assert len(reminders(world, PRIYA)) == 1
    world.turn(hours=15)
    assert len(reminders(world, PRIYA)) == 2
    assert "it was due 17 Nov 2026, 17:12 UTC" in reminders(world, PRIYA)[1]


@pytest.mark.story("6.2.2.3", criterion=4)
@pytest.mark.story("6.2.2.3", criterion=6)
def test_nobody_is_reminded_after_a_decision_and_what_moved_whom_is_counted(world: World) -> None:
    agreed(world)
    world.turn(hours=4, minutes=5)
    world.person(PRIYA).presses(APPROVE)
    told = "\n".join("\n".join([m.text, *readable(m)]) for m in world.town.people.dm(PRIYA))
    assert "Payment terms: Brightwater Freight: decided, or no longer needed. Nothing more to do." in told
    world.turn(hours=4)
    assert reminders(world, PRIYA) == []
    assert LATER not in " ".join(button for m in world.town.people.dm(PRIYA) for button in buttons(m))
    counted = json.loads(world.run("approvals", "reminders", "--json"))
    assert sum(each["acted"] for each in counted) == 1
    assert {each["share"] for each in counted} == {None}
    assert "not enough data" in world.run("approvals", "reminders")


@pytest.mark.story("6.2.2.3", criterion=4)
def test_what_is_passed_on_is_reminded_of_by_its_new_owner_and_by_nobody_else(world: World) -> None:
    agreed(world)
    world.person(JONAS).presses(PASS_ON)
    assert world.person(JONAS).fills(person=f"T07LARK:{SAM}", reason="he knows them") == {}
    world.turn(hours=3, minutes=30)
    assert reminders(world, JONAS) == []
    assert [text.partition(":")[0] for text in reminders(world, SAM)] == ["Time runs out"]
