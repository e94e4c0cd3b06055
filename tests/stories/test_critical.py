"""Story 6.2.3.4: critical deals are recognised, go first and get help; the others know of it, and never starve."""

import json
from collections.abc import Mapping

import pytest

from sandbox.situations import rush
from sandbox.slack.seed import DANA, MAYA, PRIYA, RAVI, SAM
from sandbox.wait import until
from sandbox.walk import readable
from tests.stories.conftest import Changed
from tests.stories.test_delegation import APPROVE, agreed, asked, thread, types
from tests.world import World

STRATEGIC = {"Strategic__c": True, "Payment_Days__c": 60}
TEXT_AND_BLOCK = 2  # a note says the same in both


def buys(world: World, number: int, fields: Mapping[str, object]) -> str:
    """A customer of that number in the crowd agrees; the deal's channel."""
    name = rush.NAMES[number]
    buyer, channel, opportunity = rush.arrive(world.town, number, name)
    world.town.org.update("Opportunity", opportunity, {**fields, "StageName": "Negotiation"})
    world.settle()
    until(lambda: rush.introduced(world.town, channel), 30, f"the introduction to {name}")
    world.town.people.say(buyer, channel, rush.YES[0])
    world.settle()
    found = world.town.site.world.channel_named(f"deal-{name.lower()}-cargo")
    assert found is not None
    return found.id


def told(world: World, user: str) -> str:
    """All of her direct messages, read aloud."""
    world.settle()
    world.looked += 1
    return "\n".join("\n".join([m.text, *readable(m)]) for m in world.town.people.dm(user))


def said(world: World, channel: str) -> str:
    return "\n".join(world.said(channel))


def lists(world: World, user: str) -> str:
    return world.person(user).types("/deal critical", str(world.town.site.app.bot_user))


@pytest.mark.story("6.2.3.4", criterion=1)
@pytest.mark.story("6.2.3.4", criterion=2)
@pytest.mark.story("6.2.3.4", criterion=4)
@pytest.mark.story("6.2.3.4", criterion=5)
def test_a_strategic_deal_goes_first_gets_a_second_person_and_everybody_reads_why(world: World) -> None:
    agreed(world)
    assert "Critical" not in world.card()
    channel = buys(world, 0, STRATEGIC)
    why = "a strategic customer or deal, from EUR 20,000 or its like"
    line = (
        f"*Critical deal:* {why}; until its approvals are decided, 30 Nov 2026 at the latest (Critical deals, line 1)"
    )
    assert line in said(world, channel)
    assert line in world.person(MAYA).types("/deal progress", channel)
    request = world.person(PRIYA).reads(APPROVE)
    assert "NET 60 FOR ALDERSEE CARGO?" in request and line in request
    assert "*Asked at once:* Priya Raman and Dana Lindqvist. Whoever is first decides." in request
    assert f"ALDERSEE CARGO: A CRITICAL DEAL\n*Why:* {why}" in told(world, MAYA)
    first = world.person(PRIYA).home()
    assert first.index("Payment terms: Aldersee Cargo*\n*critical deal*") < first.index("Brightwater Freight*")
    assert asked(world, DANA)
    world.person(DANA).presses(APPROVE)
    assert "Payment terms: Dana Lindqvist approved" in said(world, channel)
    assert "Nothing is open any more, so this deal is critical no longer." in said(world, channel)
    assert "No deal is critical" in lists(world, SAM)
    assert world.person(PRIYA).home().count("Payment terms:") == 1
    counted = json.loads(world.run("approvals", "critical", "--json"))
    assert (counted["with_priority"]["deals"], counted["without"]["deals"]) == (1, 0)
    assert (counted["hands"], counted["by_hands"], counted["with_priority"]["in_time"]["yes"]) == (1, 1, 1)


@pytest.fixture
def narrow(company: Changed) -> World:
    """One deal may be critical at once, and go before another's request twice."""
    return company(critical=[("at_most: 2", "at_most: 1"), ("passed_over: 3", "passed_over: 2")])


@pytest.mark.story("6.2.3.4", criterion=3)
@pytest.mark.story("6.2.3.4", criterion=4)
@pytest.mark.story("6.2.3.4", criterion=6)
def test_of_more_than_the_places_the_lowest_yields_by_name_and_the_others_never_starve(narrow: World) -> None:
    world = narrow
    agreed(world)
    first, second = buys(world, 0, STRATEGIC), buys(world, 1, STRATEGIC | {"CloseDate": "2026-11-25"})
    why = "of 1 at once the lowest yields: of the same points, the other is to close sooner"
    assert f"Maya Okafor, this deal yields to Birkhof Cargo: {why}" in said(world, first)
    assert f"*Critical, but it waits:* Birkhof Cargo goes first, {why}" in said(world, first)
    assert "Aldersee Cargo yields to it." in said(world, second)
    assert "ALDERSEE CARGO: YIELDS TO BIRKHOF CARGO" in told(world, MAYA)
    assert "Aldersee Cargo yields to it." in told(world, RAVI)
    shown = lists(world, SAM)
    assert "1 OF 1 PLACE TAKEN" in shown and "Yielded to Birkhof Cargo" in shown
    assert shown.index("1. *Birkhof Cargo*") < shown.index("*Aldersee Cargo*")
    home = world.person(PRIYA).home()
    assert home.index("Birkhof") < min(home.index("Brightwater"), home.index("Aldersee"))
    goes_on(world, first)


def goes_on(world: World, first: str) -> None:
    """A place that is free again is given; Brightwater was passed over twice, so nothing goes before it any more."""
    world.person(PRIYA).presses(APPROVE)
    assert said(world, first).count("this deal is critical:") == 2 * TEXT_AND_BLOCK
    home = world.person(PRIYA).home()
    assert home.index("Brightwater") < home.index("Aldersee")
    assert "goes first" not in told(world, MAYA)
    world.turn(hours=23)
    (bundle,) = [readable(m) for m in world.town.people.dm(MAYA) if "comes after" in str(m.blocks)]
    for name in ("Aldersee", "Birkhof"):
        assert f"Brightwater Freight comes after Payment terms: {name} Cargo" in "\n".join(bundle)


@pytest.mark.story("6.2.3.4", criterion=1)
@pytest.mark.story("6.2.3.4", criterion=4)
@pytest.mark.story("6.2.3.4", criterion=5)
def test_a_managers_word_makes_a_deal_critical_or_ordinary_with_a_reason(world: World) -> None:
    agreed(world)
    maya = world.person(MAYA)
    assert "Your role does not include this" in maya.types("/deal critical mark because I like it")
    assert "Your role does not include this" in lists(world, MAYA)
    assert "This needs a reason" in types(world, SAM, "/deal critical mark Brightwater")
    assert "is critical, as soon as" in types(
        world, SAM, "/deal critical mark Brightwater because the board promised it"
    )
    assert "*Critical deal:* the board promised it; until" in world.card()
    shown = lists(world, SAM)
    assert "_the board promised it, said Sam Whitfield (Critical deals, a manager's word)_" in shown
    assert "Sam Whitfield says that this deal is critical: the board promised it." in thread(world)
    assert "an ordinary deal" in types(world, SAM, "/deal critical unmark Brightwater because it changed its mind")
    assert "Critical deal" not in world.card() and "No deal is critical" in lists(world, SAM)
    assert "This deal is critical no longer, as a manager said." in thread(world)
    world.settle()
    assert "Approved in time: 0 of 0, not enough data (0 of 10)" in world.run("approvals", "critical")
