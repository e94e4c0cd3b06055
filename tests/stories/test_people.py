"""Stories NFR-6.2 and 6.2.2.1: who may what, who is told when, and what others never get to read."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack import seed
from sandbox.slack.admins import Admins
from sandbox.slack.entities import User
from tests.world import World

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
