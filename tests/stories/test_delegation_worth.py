"""Story 6.2.1.4: once enough was decided by others in somebody's place, the team card says what it was worth."""

import pytest

from sandbox.slack.seed import JONAS, MAYA, SAM
from tests.stories.conftest import Changed
from tests.world import World

OF_THE_BOOK, HERE = "least_decisions: 5", "least_decisions: 1"


@pytest.fixture
def soon(company: Changed) -> World:
    """The example company, whose policy wants one decision and not five before it judges."""
    return company(approvals=[(OF_THE_BOOK, HERE)])


@pytest.mark.story("6.2.1.4", criterion=5)
def test_enough_delegations_show_the_time_won_what_was_reversed_and_a_verdict(soon: World) -> None:
    jonas = soon.person(JONAS)
    jonas.home()
    jonas.presses_home("lend.open")
    told = {"from_on": "2026-11-17", "until_on": "2026-11-20", "up_to": "", "reason": "on leave"}
    assert jonas.fills(person=f"T07LARK:{SAM}", **told) == {}
    jonas.home()
    jonas.presses_home("away.open")
    assert jonas.fills(from_on="2026-11-17", until_on="2026-11-18") == {}
    soon.walk.negotiate()
    soon.walk.agree()
    soon.settle()
    soon.person(SAM).presses("approval.approve")
    worth = next(line for line in soon.person(MAYA).types("/deal team").splitlines() if "by others" in line)
    assert worth.endswith("won, 0 reversed: it keeps deals moving") and ", 0 min won" not in worth
