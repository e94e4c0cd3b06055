"""Story 6.2.2.2: who works on the deal sees how far its approvals are, and the customer what is the customer's."""

import pytest

from sandbox.slack.entities import Message
from sandbox.slack.seed import JONAS, MAYA, PRIYA
from sandbox.walk import SHARED
from tests.stories.test_delegation import APPROVE, agreed
from tests.world import World

TELL = "progress.share"


def told_customer(world: World) -> list[str]:
    return [text for text in world.said(SHARED) if "a word on where we are" in text]


@pytest.mark.story("6.2.2.2", criterion=2)
def test_the_card_says_when_all_is_expected_and_on_whom_it_waits_longest(world: World) -> None:
    agreed(world)
    expected = "*Expected:* 17 Nov 2026, 13:12 UTC. It waits longest on Payment terms, Priya Raman."
    assert expected in world.card()
    world.person(PRIYA).presses(APPROVE)
    assert "*Expected:* 17 Nov 2026, 11:12 UTC. It waits longest on Discount, Jonas Weber." in world.card()
    world.person(JONAS).presses(APPROVE)
    assert "*Expected:*" not in world.card()


@pytest.mark.story("6.2.2.2", criterion=3)
@pytest.mark.story("6.2.2.2", criterion=1)
def test_each_step_is_there_in_full_for_who_asks(world: World) -> None:
    agreed(world)
    world.turn(hours=5)
    told = world.person(MAYA).types("/deal progress")
    assert "BRIGHTWATER FREIGHT: 0 OF 2 APPROVALS DECIDED" in told
    assert "Payment terms: Priya Raman, by 17 Nov 2026, 17:12 UTC" in told
    assert "Since 17 Nov 2026, 09:12 UTC, expected 17 Nov 2026, 13:12 UTC and late; 8 of 10 take" in told
    assert "reminded 1×" in told
    assert "somebody else is asked, too" in told
    assert "Why: 60 days" in told or "Payment terms, line 2: longer than net 30 needs finance" in told
    assert "May decide it, too:" in told
    world.person(MAYA).presses("approvals.show")
    world.person(JONAS).presses("approval.reject")
    assert world.person(JONAS).fills(reason="too much for this volume", yes_if="18%") == {}
    assert "Said: too much for this volume" in world.person(MAYA).types("/deal progress")


@pytest.mark.story("6.2.2.2", criterion=4)
def test_the_customer_is_told_in_their_words_by_a_click_and_once(world: World) -> None:
    agreed(world)
    maya = world.person(MAYA)
    seen = maya.types("/deal progress")
    assert "0 of 2 steps on our side are done. We expect to send you the contract by 17 Nov 2026." in seen
    assert "Nothing was sent." in seen and told_customer(world) == []
    press(world, MAYA)
    (text,) = told_customer(world)
    assert "Priya" not in text and "approv" not in text and "%" not in text
    assert "exactly this already" in maya.tries(TELL, offered(world, MAYA))
    world.person(PRIYA).presses(APPROVE)
    assert "It has moved on since you looked." in maya.tries(TELL, offered(world, MAYA))
    assert len(told_customer(world)) == 1
    maya.types("/deal progress")
    press(world, MAYA)
    assert "1 of 2 steps on our side are done" in told_customer(world)[1]


def offered(world: World, user: str) -> Message:
    """The newest answer that has the button, as only she sees it."""
    return next(m for m in reversed(world.town.people.ephemerals(user)) if TELL in str(m.blocks))


def press(world: World, user: str) -> None:
    shown = offered(world, user)
    world.town.people.press(user, shown.channel, shown.ts, TELL)
    world.settle()
