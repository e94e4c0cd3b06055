"""Story 6.2.3.3: where requests queue up is seen in minutes, with its cause, and relieved where the policy allows."""

import json
from typing import Any

import pytest

from sandbox.salesforce import seed
from sandbox.slack.admins import Admins
from sandbox.slack.seed import ELENA, INES, JONAS, MAYA, PRIYA
from sandbox.walk import buttons
from tests.stories.conftest import Changed
from tests.stories.test_delegation import APPROVE, agreed, asked, thread
from tests.world import World


def classes(world: World) -> dict[str, dict[str, Any]]:
    world.settle()
    ran = world.run("approvals", "bottlenecks", "--json")
    return {row["bottleneck"]: row for row in json.loads(ran)["classes"]}


@pytest.fixture
def busy(company: Changed) -> World:
    """Each decides one a day, and the VP Sales is asked two things of every deal."""
    return company(
        approvals=[("{fact: complexity, compare: above, count: 40}", "{fact: lines, compare: at_least, count: 1}")],
        bottlenecks=[
            ("usual_a_day: 6", "usual_a_day: 1"),
            ("sign: open, at_least: 3", "sign: open, at_least: 2"),
            ("least: 5", "least: 1"),
        ],
    )


@pytest.mark.story("6.2.3.3", criterion=1)
@pytest.mark.story("6.2.3.3", criterion=2)
@pytest.mark.story("6.2.3.3", criterion=3)
@pytest.mark.story("6.2.3.3", criterion=5)
def test_what_is_beyond_her_day_is_seen_in_minutes_and_goes_to_who_is_free(busy: World) -> None:
    agreed(busy)
    assert asked(busy, JONAS) and not asked(busy, INES)
    busy.turn(minutes=8)
    assert asked(busy, INES) and asked(busy, JONAS)
    assert "Discount goes to somebody else: more waits on one than she decides in a day" in thread(busy)
    told = busy.person(MAYA).types("/deal progress")
    cause = "2 wait on Jonas Weber, who decides 1 a day, while 1 other who may decide is free"
    assert (
        f"*Bottleneck:* Discount: more waits on one than she decides in a day, while another is free. Why: {cause}."
        in told
    )
    assert "Ines Carvalho was asked beside Jonas Weber, 17 Nov 2026, 09:20 UTC." in told
    assert f"{cause} (Bottlenecks, line 6:" in busy.person(MAYA).types("/deal why")
    seen = classes(busy)["overloaded"]
    assert (seen["seen"], seen["relieved"], seen["over"]) == (1, 1, 0)
    assert seen["seen_after"] <= 15
    busy.turn(minutes=20)
    busy.person(INES).presses(APPROVE)
    assert "Discount: Ines Carvalho approved" in busy.card()
    seen = classes(busy)["overloaded"]
    assert (seen["over"], seen["won_by"]) == (1, 1) and seen["minutes_won"] >= 60
    assert seen["without_relief"].startswith("the requests before it at what she decides in a day")
    shown = busy.run("approvals", "bottlenecks")
    assert "Relieved 1 times by itself: 1 of 1 decided won" in shown and "absent" not in shown


@pytest.mark.story("6.2.3.3", criterion=3)
@pytest.mark.story("6.2.3.3", criterion=5)
def test_whoever_had_it_may_still_decide_and_a_relief_that_won_nothing_is_proposed_to_be_another(busy: World) -> None:
    agreed(busy)
    busy.turn(minutes=8)
    assert asked(busy, INES)
    discount = next(m for m in busy.town.people.dm(JONAS) if "22% off" in m.text)
    busy.town.people.press(JONAS, discount.channel, discount.ts, APPROVE)
    busy.settle()
    assert "Discount: Jonas Weber approved" in busy.card()
    assert not asked(busy, INES)
    seen = classes(busy)["overloaded"]
    assert (seen["over"], seen["won_by"], seen["minutes_won"]) == (1, 0, 0)
    assert seen["better"] == {"relief": "reassign", "sign": "", "at_least": 0, "spared": 0}
    assert "Proposed: reassign instead" in busy.run("approvals", "bottlenecks")


@pytest.mark.story("6.2.3.3", criterion=3)
def test_what_needs_nothing_of_a_slow_result_is_asked_at_the_same_time(company: Changed) -> None:
    from_one = ("{EUR: 500000, USD: 550000, GBP: 430000}, if_unknown", "{EUR: 1, USD: 1, GBP: 1}, if_unknown")
    world = company(approvals=[from_one])
    agreed(world)
    world.person(JONAS).presses(APPROVE)
    assert "Size: Ines Carvalho, after Payment terms" in world.card() and not asked(world, INES)
    world.turn(minutes=40)
    assert asked(world, INES) and asked(world, PRIYA)
    assert "Size is asked already: it needs nothing of Payment terms, which takes long." in thread(world)
    assert "Size is asked at the same time" in world.person(MAYA).types("/deal progress")
    world.person(INES).presses(APPROVE)
    assert "Size: Ines Carvalho approved" in world.card()
    assert "READY TO SEND" not in world.card()
    world.person(PRIYA).presses(APPROVE)
    assert "READY TO SEND" in world.card()


@pytest.mark.story("6.2.3.3", criterion=1)
@pytest.mark.story("6.2.3.3", criterion=4)
def test_what_no_relief_helps_is_put_before_who_can_help_with_the_buttons_for_it(world: World) -> None:
    leaves(world, INES)
    agreed(world)
    leaves(world, JONAS)
    told = world.person(ELENA).reads("override.open")
    assert "BRIGHTWATER FREIGHT: DISCOUNT IS HELD UP" in told
    assert "whoever has it is away and nobody stands in: Jonas Weber is away with no day of return." in told
    assert "*What would help:* name somebody who may, or waive it." in told
    assert "Why you: you own the policy. Bottlenecks, line 3: whoever has it is away and nobody stands in." in told
    assert "Elena Rossi was told what would help" in world.person(MAYA).types("/deal progress")
    world.person(ELENA).presses("override.open")
    waived = {"request": "1-discount-vp", "act": "waive", "person": "-", "until_on": "2026-11-30", "reason": "ill"}
    assert world.person(ELENA).fills(**waived) == {}
    assert "asks to waive this: Discount, because ill" in thread(world)
    assert told_of(world) == {"recommended": 1, "acted": 0, "waited": 1, "relieved": 0, "won_by": 0}
    back(world, INES)
    assert asked(world, INES)
    world.person(INES).presses(APPROVE)
    assert not any("override.open" in str(m.blocks) for m in world.town.people.dm(ELENA))
    assert told_of(world) == {"recommended": 1, "acted": 1, "waited": 0, "relieved": 1, "won_by": 1}


def told_of(world: World, bottleneck: str = "absent") -> dict[str, Any]:
    world.settle()
    rows = json.loads(world.run("approvals", "bottlenecks", "--json"))["classes"]
    row = next(r for r in rows if r["bottleneck"] == bottleneck)
    return {name: row[name] for name in ("recommended", "acted", "waited", "relieved", "won_by")}


def leaves(world: World, user: str) -> None:
    Admins(world.town.site).set_status(user, "On leave", ":palm_tree:")
    world.settle()


def back(world: World, user: str) -> None:
    Admins(world.town.site).set_status(user, "", "")
    world.turn(minutes=8)


@pytest.mark.story("6.2.3.3", criterion=6)
def test_the_third_of_a_class_in_a_month_brings_its_owner_a_proposal_to_prevent_it(world: World) -> None:
    leaves(world, INES)
    agreed(world)
    leaves(world, JONAS)
    back(world, INES)
    world.look()
    assert "proposal.accept" not in str([m.blocks for m in world.town.people.dm(ELENA)])
    leaves(world, INES)
    world.look()
    told = world.person(ELENA).reads("proposal.accept")
    assert "BOTTLENECKS THAT COME AGAIN: A PROPOSAL" in told
    assert "Have every approver of this rule name a deputy before she leaves: rule discount-vp." in told
    assert "3 times in 2026-11 of rule discount-vp; 1 were relieved by themselves" in told
    assert "Comes again: discount-vp, 3 times in 2026-11" in world.run("approvals", "bottlenecks")
    world.person(ELENA).presses("proposal.accept")
    (row,) = json.loads(world.run("approvals", "proposals", "--json"))
    assert (row["kind"], row["key"], row["state"]) == ("bottleneck", "absent.discount-vp", "accepted")


def stuck_cards(world: World, user: str) -> list[str]:
    """Open ones, by the buttons that they have."""
    world.settle()
    world.looked += 1
    found = [m for m in world.town.people.dm(user) if "held up" in str(m.blocks)]
    return [button for m in found for button in buttons(m)]


@pytest.mark.story("6.2.3.3", criterion=2)
@pytest.mark.story("6.2.3.3", criterion=4)
def test_a_question_without_an_answer_is_put_before_the_rep_until_it_is_answered(world: World) -> None:
    agreed(world)
    world.person(PRIYA).presses("approval.ask")
    assert world.person(PRIYA).fills(words="Who pays so late elsewhere?") == {}
    world.turn(minutes=55)
    assert stuck_cards(world, MAYA) == []
    world.turn(minutes=15)
    told = world.person(MAYA).reads("question.answer")
    assert "*Why:* a question is open for an hour: Priya Raman asked something" in told
    assert "*What would help:* answer the question." in told
    world.person(MAYA).presses("question.answer")
    assert world.person(MAYA).fills(words="Two of their sister companies") == {}
    assert stuck_cards(world, MAYA) == []


@pytest.mark.story("6.2.3.3", criterion=2)
@pytest.mark.story("6.2.3.3", criterion=4)
def test_evidence_that_nobody_has_given_is_asked_of_whoever_owns_the_deal(world: World) -> None:
    world.town.org.update("Account", seed.ACCOUNT, {"Credit_Checked_On__c": None})
    agreed(world)
    world.turn(hours=1, minutes=8)
    told = world.person(MAYA).reads("package.again")
    assert "*Why:* what the decision needs is not there: Priya Raman needs what nobody has given" in told
    assert "a rating of this month" in told
    world.town.org.update("Account", seed.ACCOUNT, {"Credit_Checked_On__c": "2026-11-16"})
    world.person(MAYA).presses("package.again")
    assert "Credit check" not in world.card()
    assert not any("package.again" in str(m.blocks) for m in world.town.people.dm(MAYA))
