"""Stories NFR-6.2 and 6.2.2.1: who may what, who is told when, and what others never get to read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack import seed
from sandbox.slack.admins import Admins
from sandbox.slack.entities import User
from sandbox.walk import CHANNEL
from tests.world import Person, World

LENA = "lena.hofer@larkspur.example"


def explained(world: World, who: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(world.run("people", "explain", who, "--json"))
    return found


def admins(world: World) -> Admins:
    return Admins(world.town.site)


@pytest.mark.story("NFR-6.2", criterion=3)
def test_a_persons_rights_come_from_her_groups_with_the_line_that_gives_each(world: World) -> None:
    jonas = explained(world, "jonas.weber@larkspur.example")
    assert [(r["role"], r["group"]) for r in jonas["roles"]] == [("sales-vp", "sales-vps")]
    line = next(r["line"] for r in jonas["may"] if r["permission"] == "approval.decide")
    file, _, number = line.partition(":")
    assert "approval.decide" in " ".join(Path(file).read_text().splitlines()[int(number) - 1 : int(number) + 2])
    maya = explained(world, "Maya Okafor")
    assert maya["manager"] == "Sam Whitfield"
    assert "approval.decide" in maya["may_not"]


@pytest.mark.story("NFR-6.2", criterion=3)
def test_people_of_one_side_alone_are_listed(world: World) -> None:
    told = world.run("people", "list")
    assert "Lena Hofer" in told.partition("In Salesforce, not in Slack: ")[2]
    assert "Kofi Mensah" in told.partition("In Slack, not in Salesforce: ")[2].partition("\n")[0]


@pytest.mark.story("NFR-6.2", criterion=3)
@pytest.mark.parametrize("change", ["deactivate", "restrict"])
def test_who_leaves_or_becomes_a_guest_loses_every_right_at_once(world: World, change: str) -> None:
    getattr(admins(world), change)(seed.JONAS)
    world.settle()
    jonas = explained(world, seed.JONAS)
    assert (jonas["may"], jonas["roles"]) == ([], [])
    assert "no rights at all" in jonas["missing"][0]


@pytest.mark.story("NFR-6.2", criterion=3)
def test_a_change_of_group_changes_the_rights(world: World) -> None:
    admins(world).put_in_group("sales-vps", [seed.SAM])
    world.settle()
    assert explained(world, seed.JONAS)["roles"] == []
    assert {r["role"] for r in explained(world, seed.SAM)["roles"]} == {"sales-manager", "sales-vp"}


def test_somebody_new_is_known_when_she_joins(world: World) -> None:
    admins(world).hire(User("U07LENA0001", seed.LARKSPUR, "Lena Hofer", "Analyst", LENA))
    world.settle()
    lena = explained(world, LENA)
    assert [r["group"] for r in lena["roles"]] == ["salesforce:Sales Operations"]
    assert lena["manager"] == "Sam Whitfield"


def test_the_nightly_look_mends_what_no_event_told(world: World) -> None:
    world.town.site.world.users[seed.RAVI].deleted = True
    world.turn(hours=24)
    assert explained(world, seed.RAVI)["may"] == []


GUEST = User("U07GUEST001", seed.LARKSPUR, "Gus Freelance", "Consultant", "gus@freelance.example", guest=True)
MOVED = "I moved this deal's card, because others can read here now. Maya Okafor knows where."


@pytest.fixture
def agreed(world: World) -> World:
    """A deal with a card, a signal, a package and a plan in its own channel."""
    world.walk.negotiate()
    world.walk.agree()
    world.settle()
    return world


def shared(world: World) -> None:
    admins(world).share(CHANNEL, seed.BRIGHTWATER)


def guest(world: World) -> None:
    world.town.site.world.users[GUEST.id] = GUEST
    admins(world).let_in(CHANNEL, GUEST.id, seed.MAYA)


def foreign(world: World) -> None:
    admins(world).let_in(CHANNEL, seed.CLARA, seed.MAYA)


def invited(world: World) -> None:
    """Slack sends no event: it is seen when the next card is to be sent."""
    admins(world).invite_company(CHANNEL, seed.BRIGHTWATER)
    Person(world, seed.TOM).says("We will also train your drivers before March.", seed.SHARED)
    Person(world, seed.CLARA).says("Yes, agreed. Please send us the contract.", seed.SHARED)


@pytest.mark.story("NFR-6.2", criterion=3)
@pytest.mark.parametrize("others", [shared, guest, foreign, invited])
def test_where_others_can_read_nothing_internal_stays(agreed: World, others: Callable[[World], None]) -> None:
    assert len(agreed.said()) > 3
    others(agreed)
    assert agreed.said() == [f"{MOVED}\n{MOVED}"]
    moved = "\n".join(agreed.said(f"{CHANNEL}-2"))
    assert "BRIGHTWATER FREIGHT: WAITING ON APPROVALS" in moved
    assert "PACKAGE 1 NEEDS 2 APPROVALS" in moved
    assert "THE CARD HAS MOVED" in Person(agreed, seed.MAYA).reads()
    assert "I keep that out of shared" in Person(agreed, seed.MAYA).types("/deal status", agreed.walk.channel().id)


def test_told_twice_it_moves_once(agreed: World) -> None:
    agreed.town.site.faults.duplicate_events = True
    shared(agreed)
    assert agreed.said() == [f"{MOVED}\n{MOVED}"]
    assert agreed.town.site.world.channel_named(f"{CHANNEL}-3") is None
    assert [m.text.count("moved the card") for m in agreed.town.people.dm(seed.MAYA)].count(1) == 1
