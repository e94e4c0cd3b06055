"""Stories 6.2.1.4 and 6.2.1.3: who stands in by whose authority, what is urgent, what the policy's owner may do, and
how much waits on whom."""

import json

import pytest

from sandbox.salesforce import seed
from sandbox.slack.admins import Admins
from sandbox.slack.seed import DANA, ELENA, INES, JONAS, MAYA, NORTH, PRIYA, SAM, TOM
from sandbox.walk import buttons, readable
from tests.world import World

APPROVE = "approval.approve"


def agreed(world: World) -> None:
    world.walk.negotiate()
    world.walk.agree()
    world.settle()


def thread(world: World) -> str:
    world.settle()
    world.looked += 1
    return "\n".join(line for m in world.walk.thread() for line in [m.text, *readable(m)])


def types(world: World, user: str, text: str) -> str:
    """In the direct channel with Countersign: who approves is not in the deal's own."""
    return world.person(user).types(text, str(world.town.site.app.bot_user))


def asked(world: World, user: str) -> bool:
    world.settle()
    world.looked += 1
    return any(APPROVE in button for m in world.town.people.dm(user) for button in buttons(m))


def lends(world: World, user: str, to: str, up_to: str = "") -> dict[str, str]:
    person = world.person(user)
    person.home()
    person.presses_home("lend.open")
    return person.fills(person=to, from_on="2026-11-17", until_on="2026-11-20", up_to=up_to, reason="on leave")


@pytest.mark.story("6.2.1.4", criterion=1)
@pytest.mark.story("6.2.1.4", criterion=2)
@pytest.mark.story("6.2.1.4", criterion=4)
@pytest.mark.story("6.2.1.4", criterion=5)
def test_a_status_in_slack_sends_requests_to_the_deputy_with_the_authority_of_who_is_away(world: World) -> None:
    assert lends(world, JONAS, f"T07LARK:{ELENA}", "100,000 EUR") == {}
    assert lends(world, JONAS, f"T07LARK:{SAM}", "300,000 EUR") == {}
    agreed(world)
    assert asked(world, JONAS) and not asked(world, SAM)
    Admins(world.town.site).set_status(JONAS, "Out of office until Friday", ":palm_tree:")
    world.settle()
    assert "Discount: Sam Whitfield, by" in world.card()
    assert asked(world, SAM) and not asked(world, JONAS) and not asked(world, ELENA)
    assert "You stand in for Jonas Weber, by Jonas Weber's authority." in world.person(SAM).reads(APPROVE)
    world.person(SAM).presses(APPROVE)
    assert "Discount: Sam Whitfield approved for Jonas Weber" in world.card()
    world.person(SAM).presses("request.clear")
    told = world.person(MAYA).types("/deal team")
    assert "Jonas Weber: 1 decision by others" in told
    assert "0 reversed: not enough data (1 of 5)" in told
    assert "1 of 1 requests were clear" in types(world, SAM, "/deal team")


@pytest.mark.story("6.2.1.4", criterion=3)
def test_an_urgent_deal_does_not_wait_for_somebody_who_does_not_answer(world: World) -> None:
    world.town.org.update("Opportunity", seed.OPPORTUNITY, {"CloseDate": "2026-11-18"})
    agreed(world)
    assert "Discount: Jonas Weber, by 17 Nov 2026, 11:12 UTC" in world.card()
    world.turn(hours=2)
    assert "Discount: Ines Carvalho" in world.card()
    assert (
        "goes to somebody else: the deal is to close in fewer than 3 days, and it was not decided by its time"
        in thread(world)
    )
    assert asked(world, JONAS) and asked(world, INES)
    world.person(INES).presses(APPROVE)
    assert "Discount: Ines Carvalho approved" in world.card()
    assert not asked(world, JONAS)


@pytest.mark.story("6.2.1.4", criterion=6)
def test_the_policys_owner_replaces_waives_and_excepts_with_a_reason_and_all_of_it_is_listed(world: World) -> None:
    agreed(world)
    assert "Your role does not include this" in world.person(MAYA).types("/deal override")
    waived_by_two(world)
    replaced_and_excepted(world)
    assert "READY TO SEND" in world.card()
    world.turn(days=3, hours=8)
    week = world.said(NORTH)[-1]
    for words in (
        "Overrides of the policy: 2",
        "Payment terms, waived by Elena Rossi and Ines Carvalho, until 30 Nov 2026: they always pay early",
        "Discount, an exception by Ines Carvalho, until 30 Nov 2026: a reference customer",
    ):
        assert words in week


def overrides(world: World, user: str, **told: str) -> dict[str, str]:
    types(world, user, "/deal override Brightwater")
    return world.person(user).fills(**({"person": "-", "until_on": "2026-11-30"} | told))


def waived_by_two(world: World) -> None:
    waive = {"request": "1-payment-finance", "act": "waive", "reason": "they always pay early"}
    assert overrides(world, ELENA, **waive) == {}
    assert "A second person has to agree" in thread(world)
    overrides(world, ELENA, **waive)
    assert "Payment terms: Priya Raman, by" in world.card()
    assert overrides(world, INES, **waive) == {}
    assert "Payment terms: Ines Carvalho waived it" in world.card()


def replaced_and_excepted(world: World) -> None:
    replace = {"request": "1-discount-vp", "act": "replace", "reason": "Jonas is ill"}
    assert "person" in overrides(world, ELENA, **replace, person=f"T07LARK:{SAM}")
    assert overrides(world, ELENA, **replace, person=f"T07LARK:{INES}") == {}
    assert "Discount: Ines Carvalho, by" in world.card()
    told = {"request": "1-discount-vp", "act": "exception", "reason": "a reference customer"}
    assert overrides(world, INES, **told) == {}


def test_one_request_is_passed_on_and_nobody_gets_more_than_the_giver_had(world: World) -> None:
    agreed(world)
    jonas = world.person(JONAS)
    jonas.presses("approval.pass_on")
    offered = json.dumps(jonas.modal())
    assert "Sam Whitfield, Sales manager" in offered and "Tom Byrne" not in offered and "Maya Okafor" not in offered
    assert jonas.fills(person=f"T07LARK:{SAM}", reason="he knows them") == {}
    assert "You stand in for Jonas Weber, by Jonas Weber's authority." in world.person(SAM).reads(APPROVE)
    world.person(SAM).presses(APPROVE)
    assert "Discount: Sam Whitfield approved for Jonas Weber" in world.card()


@pytest.mark.story("6.2.1.3", criterion=1)
@pytest.mark.story("6.2.1.3", criterion=2)
@pytest.mark.story("6.2.1.3", criterion=3)
@pytest.mark.story("6.2.1.3", criterion=4)
@pytest.mark.story("6.2.1.3", criterion=5)
@pytest.mark.story("6.2.1.3", criterion=6)
def test_the_team_card_says_what_waits_on_whom_two_weeks_ahead_and_what_would_help(world: World) -> None:
    elena = world.person(ELENA)
    elena.home()
    elena.presses_home("away.open")
    assert elena.fills(from_on="2026-11-23", until_on="2026-11-27") == {}
    agreed(world)
    world.turn(hours=5)
    told = world.person(MAYA).types("/deal team")
    assert "*Jonas Weber*, VP Sales: 1 open, *1 overdue*" in told
    assert "*Priya Raman*, Finance: 1 open\n" in told
    assert "Two weeks: due 17 Nov: 1; not enough data for more" in told
    assert "*Elena Rossi*, Legal counsel: 0 open" in told
    assert "away 23 Nov to 27 Nov" in told
    assert "add a deputy: nobody stands in from 23 Nov to 27 Nov" in told
    assert "add a deputy: nobody else may decide what is late" in told
    assert "left today" in told
    world.person(JONAS).presses(APPROVE)
    assert "median" not in world.person(MAYA).types("/deal team")
    mine = types(world, JONAS, "/deal team")
    assert "1 decision, median 5 h, 0 reversed" in mine


def test_who_may_not_lend_and_what_cannot_be_lent(world: World) -> None:
    tom = world.person(TOM)
    tom.home()
    tom.presses_home("lend.open")
    assert "Your role does not include this" in json.dumps(tom.modal())
    assert "up_to" in lends(world, PRIYA, f"T07LARK:{DANA}", "fifty thousand")
    wrong = {"person": f"T07LARK:{DANA}", "from_on": "2026-11-20", "until_on": "2026-11-19", "up_to": "", "reason": ""}
    assert "until_on" in world.person(PRIYA).fills(**wrong)
