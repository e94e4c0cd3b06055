"""The harness itself: a whole deal, walked in one process."""

from sandbox.walk import MAYA
from tests.world import World


def test_a_whole_deal_can_be_walked_without_waiting(world: World) -> None:
    world.walk.play()
    assert world.record()["StageName"] == "Closed Won"
    assert "CLOSED WON" in world.card()


def test_a_person_types_and_is_answered_alone(world: World) -> None:
    world.walk.negotiate()
    assert world.person(MAYA).types("/deal status").startswith("BRIGHTWATER FREIGHT: LISTENING")
