"""Story 6.2.1.2: in which order and by whom a deal is approved, how long it takes, and what is learnt of that."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.salesforce import seed
from sandbox.slack.seed import DANA, JONAS, MAYA, PRIYA
from sandbox.walk import buttons, readable
from tests.world import World


def plan(world: World) -> str:
    """The newest plan in the deal's thread."""
    world.settle()
    world.looked += 1
    return "\n".join(readable([m for m in world.walk.thread() if " needs " in m.text][-1]))


def asked(world: World, user: str) -> bool:
    world.settle()
    world.looked += 1
    return any("approval.approve" in button for m in world.town.people.dm(user) for button in buttons(m))


@pytest.fixture(scope="module")
def risky(tmp_path_factory: pytest.TempPathFactory, seal_dir: Path) -> Iterator[World]:
    """A customer who is rated D: nothing of it is decided side by side."""
    made = World(tmp_path_factory.mktemp("risky") / "town", seal_dir)
    made.town.org.update("Account", seed.ACCOUNT, {"Credit_Rating__c": "D"})
    made.walk.negotiate()
    made.walk.agree()
    made.settle()
    yield made
    made.close()
    made.told()


@pytest.mark.story("6.2.1.2", criterion=1)
@pytest.mark.story("6.2.1.2", criterion=5)
def test_a_deal_of_high_risk_is_decided_by_one_after_the_other_who_looks_long_enough(risky: World) -> None:
    told = plan(risky)
    assert "High risk, so one decides after the other." in told and "a customer rated D" in told
    assert "Payment terms: Priya Raman, after Discount" in told
    assert "Credit rating: Priya Raman, after Payment terms" in told
    assert asked(risky, JONAS) and not asked(risky, PRIYA)
    card = risky.person(JONAS).sees("approval.approve")
    assert "look a little longer" in risky.person(JONAS).tries("approval.approve", card)
    risky.turn(minutes=3)
    risky.person(JONAS).presses("approval.approve")
    assert "Payment terms: Priya Raman, by" in risky.card()
    assert "Credit rating: Priya Raman, after Payment terms" in risky.card()
    assert asked(risky, PRIYA)


@pytest.mark.story("6.2.1.2", criterion=2)
@pytest.mark.story("6.2.1.2", criterion=3)
@pytest.mark.story("6.2.1.2", criterion=4)
def test_independent_requests_are_asked_at_once_and_of_who_is_there(world: World) -> None:
    priya = world.person(PRIYA)
    priya.home()
    priya.presses_home("away.open")
    assert priya.fills(from_on="2026-11-17", until_on="2026-11-20") == {}
    world.walk.negotiate()
    world.walk.agree()
    told = plan(world)
    assert "Discount: Jonas Weber, by" in told and "Payment terms: Dana Lindqvist, by" in told
    assert "In place of Priya Raman." in told
    assert asked(world, JONAS) and asked(world, DANA) and not asked(world, PRIYA)
    assert "You stand in for Priya Raman." in world.person(DANA).reads("approval.approve")


@pytest.mark.story("6.2.1.2", criterion=6)
def test_each_step_keeps_what_was_foreseen_and_what_it_took_and_the_next_one_is_foreseen_better(world: World) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.turn(minutes=30)
    for user in (JONAS, PRIYA):
        world.person(user).presses("approval.approve")
    first = times(world)
    assert (first["payment-finance"]["took"], first["payment-finance"]["expected"]) == (30, 240)
    assert first["payment-finance"]["within"] == 0
    assert "took 30 minutes, expected 240; 0 of 1 within the range" in world.run("approvals", "times")
    world.person(MAYA).presses("price.change")
    assert world.person(MAYA).fills(discount="21", payment_days="60") == {}
    world.turn(minutes=30)
    world.person(JONAS).presses("approval.approve")
    second = times(world)
    assert (second["discount-vp"]["decisions"], second["payment-finance"]["decisions"]) == (2, 1)
    assert 30 < second["discount-vp"]["next"] < first["discount-vp"]["next"] < 120


def times(world: World) -> dict[str, dict[str, Any]]:
    return {each["rule"]: each for each in json.loads(world.run("approvals", "times", "--json"))}
