"""Whose deal it is: the owner's in Salesforce, also when she is known late, or when another one takes over."""

from sandbox.salesforce import seed
from sandbox.slack.admins import Admins
from sandbox.slack.entities import User
from sandbox.slack.seed import MAYA, RAVI, SAM
from sandbox.walk import CHANNEL, OPPORTUNITY
from tests.world import World

LENA = User("U07LENA0001", "T07LARK", "Lena Hofer", "Sales operations analyst", "lena.hofer@larkspur.example")


def give(world: World, name: str) -> None:
    """In Salesforce, by its own page."""
    first, _, last = name.partition(" ")
    people = world.town.org.records("User")
    owner = next(p["Id"] for p in people if (p["FirstName"], p["LastName"]) == (first, last))
    world.town.org.update("Opportunity", OPPORTUNITY, {"OwnerId": owner})


def members(world: World) -> set[str]:
    """Of the deal's channel; nobody while there is none."""
    world.settle()
    world.looked += 1
    known = world.town.site.world.channel_named(CHANNEL)
    return {user for user in known.members if user != world.town.site.app.bot_user} if known else set()


def of_an_owner_not_in_slack(world: World) -> None:
    give(world, "Lena Hofer")
    seed.negotiate(world.town.org)


def test_a_deal_waits_for_an_owner_who_is_not_known_yet(world: World) -> None:
    of_an_owner_not_in_slack(world)
    assert members(world) == set()
    Admins(world.town.site).hire(LENA)
    world.look()
    world.turn(seconds=10)
    assert members(world) == {LENA.id}


def test_after_the_playbooks_patience_somebody_stands_in_until_the_owner_is_known(world: World) -> None:
    of_an_owner_not_in_slack(world)
    for _ in range(8):
        world.turn(minutes=2)
    assert LENA.id not in members(world)
    assert len(members(world)) == 1
    assert any("Salesforce gives this opportunity to lena.hofer@larkspur.example" in said for said in world.said())
    Admins(world.town.site).hire(LENA)
    world.look()
    world.turn(hours=25)
    assert LENA.id in members(world)
    assert any("This deal is Lena Hofer's now" in said for said in world.said())


def test_another_owner_in_salesforce_is_the_rep_from_then_on(world: World) -> None:
    seed.negotiate(world.town.org)
    assert members(world) == {MAYA}
    give(world, "Ravi Menon")
    assert members(world) == {MAYA, RAVI}
    assert any("This deal is Ravi Menon's now, as Salesforce says; it was Maya Okafor's." in s for s in world.said())


def test_a_closed_deal_stays_with_who_sold_it(world: World) -> None:
    seed.negotiate(world.town.org)
    world.settle()
    world.town.org.update("Opportunity", OPPORTUNITY, {"StageName": "Closed Lost"})
    give(world, "Sam Whitfield")
    assert members(world) == {MAYA}
    assert SAM not in members(world)
