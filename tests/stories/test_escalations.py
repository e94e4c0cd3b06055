"""Story 6.2.3.2: what takes too much of its time goes on by the playbook's rows, never beyond anybody's authority."""

import json

import pytest

from sandbox.salesforce import seed
from sandbox.slack.admins import Admins
from sandbox.slack.seed import ELENA, INES, JONAS, MAYA, PRIYA
from tests.stories.test_delegation import APPROVE, agreed, asked, thread
from tests.world import World


@pytest.mark.story("6.2.3.2", criterion=1)
@pytest.mark.story("6.2.3.2", criterion=2)
@pytest.mark.story("6.2.3.2", criterion=3)
@pytest.mark.story("6.2.3.2", criterion=6)
def test_a_request_that_is_late_is_put_before_the_next_who_may_and_the_trail_says_by_which_line(world: World) -> None:
    agreed(world)
    world.turn(hours=4, minutes=1)
    assert "Discount: Ines Carvalho" in world.card()
    assert asked(world, JONAS) and asked(world, INES) and not asked(world, ELENA)
    world.person(INES).presses(APPROVE)
    assert "Discount: Ines Carvalho approved" in world.card()
    row = next(r for r in json.loads(world.run("audit", "approvals", "--json")) if r["request"] == "Discount")
    (escalated,) = row["escalated"]
    assert escalated["line"] == "Escalation, line 4: it was not decided by its time"
    assert (escalated["level"], escalated["to"], row["decided_by"]) == (1, "Ines Carvalho", "Ines Carvalho")
    assert (escalated["decided_after_minutes"], escalated["by_whom_it_went_to"]) == (0, True)
    trail = world.run("audit", "approvals")
    assert "escalated to Ines Carvalho" in trail and "decided 0 minutes later by whom it went to" in trail


@pytest.mark.story("6.2.3.2", criterion=2)
@pytest.mark.story("6.2.3.2", criterion=4)
def test_why_says_who_else_may_decide_and_what_was_done_about_a_late_request(world: World) -> None:
    agreed(world)
    before = world.person(MAYA).types("/deal why")
    assert "May decide as well, by own or lent authority: Ines Carvalho." in before
    world.turn(hours=4, minutes=1)
    after = world.person(MAYA).types("/deal why")
    assert "Ines Carvalho was asked beside Jonas Weber" in after
    assert "100% of the time was over (Escalation, line 4: it was not decided by its time)" in after
    assert "Nobody else may; the policy's owner may name somebody or waive it" in after


@pytest.mark.story("6.2.3.2", criterion=1)
@pytest.mark.story("6.2.3.2", criterion=3)
def test_a_competitor_and_a_near_date_bring_it_forward(world: World) -> None:
    world.town.org.update(
        "Opportunity", seed.OPPORTUNITY, {"CloseDate": "2026-11-25", "Main_Competitor__c": "RouteWise"}
    )
    agreed(world)
    world.turn(hours=3, minutes=5)  # of four hours, 80% are 3 hours and 12 minutes
    assert not asked(world, INES)
    world.turn(minutes=10)
    assert asked(world, INES) and asked(world, JONAS)
    assert "a competitor is in a deal of EUR 100,000 or its like" in thread(world)


@pytest.mark.story("6.2.3.2", criterion=4)
@pytest.mark.story("6.2.3.2", criterion=6)
def test_when_nobody_else_may_the_policys_owner_is_told_what_she_can_do(world: World) -> None:
    for user in (ELENA, INES):
        Admins(world.town.site).set_status(user, "On leave", ":palm_tree:")
    agreed(world)
    assert asked(world, JONAS)
    world.turn(hours=4, minutes=1)
    told = [m.text for user in (INES, ELENA) for m in world.town.people.dm(user) if "/deal override" in m.text]
    world.looked += 1
    assert len(told) == 1
    assert "Discount for Brightwater Freight waits on Jonas Weber and was due 17 Nov 2026, 13:12 UTC" in told[0]
    world.person(JONAS).presses(APPROVE)
    late = [m.text for user in (INES, ELENA) for m in world.town.people.dm(user) if m.text.startswith("Late")]
    assert late == [
        "Late, and nobody else may decide: Discount, Brightwater Freight: decided, or no longer needed. "
        "Nothing more to do."
    ]


@pytest.mark.story("6.2.3.2", criterion=5)
def test_it_is_counted_whether_it_helped_and_nothing_is_said_of_too_few(world: World) -> None:
    agreed(world)
    world.turn(hours=4, minutes=1)
    world.person(INES).presses(APPROVE)
    world.settle()
    rows = {row["row"]: row for row in json.loads(world.run("approvals", "escalations", "--json"))}
    assert list(rows) == ["competitor", "large", "closing-soon", "late"]
    assert (rows["late"]["made"], rows["late"]["helped"], rows["late"]["by_asked"]) == (1, 1, 1)
    assert rows["late"]["share"] is None
    assert "not enough data (1 of 10)" in world.run("approvals", "escalations")


def test_nobody_is_asked_beside_her_once_it_is_decided_or_will_be_priced_anew(world: World) -> None:
    agreed(world)
    world.person(JONAS).presses("approval.reject")
    assert world.person(JONAS).fills(reason="too much", yes_if="18%") == {}
    world.turn(hours=8, minutes=5)
    assert not asked(world, INES)
    assert "is late" not in thread(world)
    assert asked(world, PRIYA)
    assert world.person(MAYA).types("/deal status")


@pytest.mark.story("6.2.3.2", criterion=5)
def test_a_row_that_helps_rarely_is_proposed_for_a_later_moment_with_what_the_past_says(eager: World) -> None:
    agreed(eager)
    eager.turn(hours=2, minutes=2)
    assert asked(eager, INES)
    eager.turn(minutes=15)
    eager.person(JONAS).presses(APPROVE)
    eager.settle()
    told = next(line for line in eager.run("approvals", "escalations").splitlines() if "line 4" in line)
    assert "1 times, 0 decided within 10 minutes: 0% (0% to" in told
    assert "Proposed: at 60% of the time; 1 of 1 would not have been needed" in told
