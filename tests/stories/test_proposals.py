"""What numbers speak for is put to its owner, who accepts or declines it; a yes is followed until it is over."""

import json
from typing import Any

import pytest

from sandbox.slack.seed import ELENA, INES, JONAS, NORTH
from tests.stories.test_delegation import APPROVE, agreed, asked
from tests.world import World

ACCEPT, DECLINE, UNTRUE = "proposal.accept", "proposal.decline", "proposal.untrue"


def the_one(world: World) -> dict[str, Any]:
    (row,) = json.loads(world.run("approvals", "proposals", "--json"))
    return dict(row)


def helps_rarely(world: World) -> None:
    agreed(world)
    world.turn(hours=2, minutes=2)
    assert asked(world, INES)
    world.turn(minutes=15)
    world.person(JONAS).presses(APPROVE)
    world.settle()
    world.look()


@pytest.mark.story("6.2.3.2", criterion=5)
def test_its_owner_accepts_it_and_it_is_closed_as_not_true_when_the_number_does_not_move(eager: World) -> None:
    helps_rarely(eager)
    elena = eager.person(ELENA)
    told = elena.reads(ACCEPT)
    for words in (
        "ESCALATIONS: A PROPOSAL",
        "Escalate at 60% of the time: row late in the playbook's escalations.",
        "0 of 1 were decided within 10 minutes",
        "at 60%, 1 of 1 first escalations would not have been needed",
        "Decided within 10 minutes of it: 0% now, 50% to reach",
        "Please answer by 1 Dec 2026",
    ):
        assert words in told, words
    eager.look()
    assert sum("Escalations: a proposal" in m.text for m in eager.town.people.dm(ELENA)) == 1, "once"
    elena.presses(ACCEPT)
    assert "Elena Rossi accepted it on 17 Nov 2026" in elena.reads(UNTRUE)
    eager.turn(days=62)
    eager.look()
    row = the_one(eager)
    assert (row["state"], row["reason"]) == ("not_true", "too few since the yes to tell: 0 of 5")
    assert "Closed as not true: too few since the yes to tell: 0 of 5" in elena.reads()


@pytest.mark.story("6.2.3.2", criterion=5)
def test_a_no_has_its_reason_and_the_managers_read_it_in_their_week(eager: World) -> None:
    helps_rarely(eager)
    elena = eager.person(ELENA)
    elena.presses(DECLINE)
    assert elena.fills(reason="half of the time is right for us") == {}
    assert "Elena Rossi declined on 17 Nov 2026: half of the time is right for us" in elena.reads()
    assert "Declined. Owner: legal" in eager.run("approvals", "proposals")
    eager.turn(days=3, hours=5)  # Friday, after 16:00 in Dublin
    week = next(text for text in reversed(eager.said(NORTH)) if "*Proposals: 1*" in text)
    assert "Escalate at 60% of the time" in week and "Declined; half of the time is right for us" in week
