"""Story 6.2.3.1: how likely the approvals are in time is foretold, its rep is warned, and can do something about it."""

import json
from datetime import UTC, datetime

import pytest

from sandbox.slack.seed import JONAS, MAYA, PRIYA
from sandbox.walk import readable
from tests.stories.test_delegation import APPROVE, agreed
from tests.world import World

BESIDE, REMIND = "risk.ask_beside", "risk.remind"


def warnings(world: World) -> list[str]:
    """In the rep's direct channel, oldest first."""
    world.settle()
    world.looked += 1
    told = ("\n".join([m.text, *readable(m)]) for m in world.town.people.dm(MAYA) if m.bot)
    return [text for text in told if "late" in text.partition("\n")[0] or "at risk" in text]


def chance(world: World) -> int:
    """In percent, as who asks how far it is is told."""
    told = world.person(MAYA).types("/deal progress")
    line = next(line for line in told.splitlines() if "*In time by" in line)
    return int(line.partition("% likely")[0].split()[-1]) if "less than" not in line else 0


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.story("6.2.3.1", criterion=2)
@pytest.mark.story("6.2.3.1", criterion=4)
@pytest.mark.story("6.2.3.1", criterion=5)
def test_the_chance_falls_as_time_goes_by_and_the_rep_is_warned(world: World) -> None:
    agreed(world)
    first = chance(world)
    assert 50 <= first <= 99 and warnings(world) == [], "a deal that is well in time warns nobody"
    world.turn(hours=3)
    later = chance(world)
    assert later < first and warnings(world) == []
    world.turn(hours=3)
    (told,) = warnings(world)
    assert chance(world) < 50 <= later
    assert "It will probably be late" in told and "It waits on Payment terms, Priya Raman" in told
    assert "points" in told, "each reason has its weight"


@pytest.mark.story("6.2.3.1", criterion=6)
def test_who_is_warned_can_do_something_at_once(world: World) -> None:
    agreed(world)
    world.person(JONAS).presses(APPROVE)  # late, it would have been put before everybody else who may
    world.turn(hours=7)
    assert len(warnings(world)) == 1, "a level is told once"
    before = chance(world)
    world.person(MAYA).presses(BESIDE)
    assert "is asked, too" in warnings(world)[0]
    assert chance(world) >= before
    world.person(MAYA).presses(REMIND)
    assert "was reminded" in warnings(world)[0]
    assert "[Remind" not in warnings(world)[0] and "[Ask a second" not in warnings(world)[0]
    world.person(PRIYA).presses(APPROVE)
    assert "Nothing more to do" in warnings(world)[0]
    found = json.loads(world.run("approvals", "risks", "--json"))
    assert (found["plans"], found["held"], found["warned"], found["mitigated"]) == (1, 1, 1, 1)
    assert "not enough data (1 of 10)" in world.run("approvals", "risks")


@pytest.mark.story("6.2.3.1", criterion=3)
def test_what_the_calendar_takes_lowers_the_chance_and_is_named_without_its_title(world: World) -> None:
    world.town.calendar.event("Secret offsite", at(17, 10), at(17, 17))
    world.look()
    agreed(world)
    (told,) = warnings(world)
    assert "Everybody: an event in the company's calendar" in told and "ffsite" not in told


@pytest.mark.story("6.2.3.1", criterion=3)
def test_who_travels_has_less_time_and_nobody_else(world: World) -> None:
    fair = at(17, 0), at(18, 0)
    world.town.calendar.event("Fair", *fair, people=("jonas.weber@larkspur.example",), travel=True)
    world.look()
    agreed(world)
    told = world.person(MAYA).types("/deal progress")
    assert "Mostly: Jonas Weber: on the road" in told and chance(world) < 70
    world.person(JONAS).presses(APPROVE)
    assert chance(world) > 70, "she whom it does not touch has all her time"


@pytest.mark.story("6.2.3.1", criterion=3)
def test_what_is_no_calendar_takes_nobodys_time(world: World) -> None:
    world.town.calendar.raw = b"<html>not a calendar</html>"
    world.look()
    agreed(world)
    assert chance(world) > 70


@pytest.mark.story("6.2.3.1", criterion=1)
def test_what_was_slow_before_is_taken_to_be_slow_again(world: World) -> None:
    agreed(world)
    world.person(PRIYA).presses(APPROVE)
    quick = priced_anew(world, "21")
    world.turn(hours=7)
    slow = priced_anew(world, "20")
    assert slow < quick


def priced_anew(world: World, discount: str) -> int:
    """Jonas says no to the discount, its rep asks for another; the chance that he decides that in time."""
    world.person(JONAS).presses("approval.reject")
    assert world.person(JONAS).fills(reason="too much", yes_if=f"{discount}%") == {}
    world.person(MAYA).presses("price.change")
    assert world.person(MAYA).fills(discount=discount, payment_days="60") == {}
    return chance(world)
