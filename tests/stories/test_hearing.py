"""What is said in the moments in which Countersign comes into the shared channel."""

import pytest

from sandbox.salesforce import seed
from sandbox.wait import until
from sandbox.walk import CLARA, SHARED, YES
from tests.world import WAIT_S, World


def introduced_but_unsure(world: World) -> None:
    """The introduction stands in the channel, but Slack lets it be pinned, and us know of it, only a second later."""
    world.town.site.faults.add("pins.add", "ratelimited", after=1)
    seed.negotiate(world.town.org)
    world.settle()
    assert world.said(SHARED)


def test_a_yes_before_we_know_that_the_introduction_stands_is_heard_once(world: World) -> None:
    introduced_but_unsure(world)
    world.person(CLARA).says(YES, SHARED)
    assert world.walk.signal()
    assert [YES in said for said in world.said() if "Not a yes" in said] == [True]


def test_who_says_stop_in_that_moment_is_obeyed(world: World) -> None:
    introduced_but_unsure(world)
    world.person(CLARA).says("Countersign stop", SHARED)
    world.person(CLARA).says(YES, SHARED)
    until(lambda: "I read nothing here any more" in world.said(SHARED)[0], WAIT_S, "the stop is seen")
    assert not any("Not a yes" in said for said in world.said())


@pytest.mark.parametrize("fault", ["internal_error", "http_500", "ratelimited"])
def test_a_yes_is_heard_while_slack_does_not_even_say_who_we_are(world: World, fault: str) -> None:
    world.town.site.faults.add("auth.test", fault, times=100)
    seed.negotiate(world.town.org)
    world.settle()
    world.person(CLARA).says(YES, SHARED)
    assert world.walk.signal()
    assert [YES in said for said in world.said() if "Not a yes" in said] == [True]
