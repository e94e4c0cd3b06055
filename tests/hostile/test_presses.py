"""Attacks 9 to 14: people who press what they may not, twice, at once, or too late."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sandbox.slack import seed
from sandbox.walk import CLARA, JONAS, MAYA, PRIYA
from tests.hostile.knock import Knock

DISCOUNT = "22% OFF FOR BRIGHTWATER FREIGHT?"


@pytest.mark.attack(9)
@pytest.mark.attack(11)
@pytest.mark.parametrize(
    ("user", "words"),
    [(CLARA, "Only people at our company"), (MAYA, "Your role does not include this."), (seed.RAVI, "Your role")],
)
def test_who_may_not_decide_is_told_so_alone(knock: Knock, user: str, words: str) -> None:
    before = knock.written()
    body = knock.press(user, knock.world.person(JONAS).sees("approval.approve"), "approval.approve")
    assert words in knock.answered(user, body)
    assert knock.written() == before


@pytest.mark.attack(9)
@pytest.mark.attack(10)
@pytest.mark.parametrize("change", ["guest", "deleted"])
def test_a_guest_and_a_leaver_lose_their_rights_at_once(knock: Knock, change: str) -> None:
    world, jonas = knock.world, knock.world.person(JONAS)
    body = knock.press(JONAS, jonas.sees("approval.approve"), "approval.approve")
    user = world.town.site.world.users[JONAS]
    setattr(user, change, True)
    world.look()
    before = knock.written()
    try:
        assert knock.payload(body).status_code == 200
        assert knock.written() == before
    finally:
        setattr(user, change, False)
        world.look()


@pytest.mark.attack(11)
@pytest.mark.parametrize("field", ["about", "seen", "stream_id"])
def test_a_route_that_was_changed_decides_nothing(knock: Knock, field: str) -> None:
    """What a button carries is only where it belongs; whose decision it is stands in the store."""
    body = knock.press(JONAS, knock.world.person(JONAS).sees("approval.approve"), "approval.approve")
    priya = knock.press(PRIYA, knock.world.person(PRIYA).sees("approval.approve"), "approval.approve")
    mine, hers = knock.ref(body), knock.ref(priya)
    other = {"about": hers["about"], "seen": "0" * 64, "stream_id": "deal:01ARZ3NDEKTSV4RRFFQ69G5FAV"}[field]
    before = knock.written()
    answer = knock.answered(JONAS, knock.with_ref(body, {**mine, field: other}))
    assert "somebody else's" in answer or "changed" in answer or "out of date" in answer
    assert knock.written() == before


@pytest.mark.attack(11)
@pytest.mark.parametrize("ref", ["", "{}", "null", '{"stream_id":"x","slot":"y"}', "{" * 200, '{"stream_id":5}'])
def test_a_route_that_is_none_is_out_of_date(knock: Knock, ref: str) -> None:
    body = knock.press(JONAS, knock.world.person(JONAS).sees("approval.approve"), "approval.approve")
    body["actions"][0]["block_id"] = ref
    before = knock.written()
    assert "Your press did not count." in knock.answered(JONAS, body)
    assert knock.written() == before


@pytest.mark.attack(12)
@pytest.mark.attack(13)
@pytest.mark.attack(14)
def test_yes_and_no_at_once_give_one_decision_and_an_old_form_gives_none(knock: Knock) -> None:
    world, jonas = knock.world, knock.world.person(JONAS)
    asked = jonas.sees("approval.approve")
    assert DISCOUNT in world.read(lambda: asked)
    approve = knock.press(JONAS, asked, "approval.approve")
    world.town.people.press(JONAS, asked.channel, asked.ts, "approval.reject")
    submit = knock.submission(JONAS, {"reason": "no", "yes_if": "18%"})
    with ThreadPoolExecutor(8) as pool:
        both = [pool.submit(knock.payload, body) for body in (approve, submit, approve, submit) * 2]
        assert {each.result().status_code for each in both} == {200}
    world.settle()
    assert len([*knock.kinds("approval.granted"), *knock.kinds("approval.rejected")]) == 1
    before = knock.written()
    late = {**approve, "actions": [{**approve["actions"][0], "action_ts": "1.2"}]}
    assert knock.payload(late).status_code == 200
    assert knock.payload(submit).status_code == 200
    assert knock.written() == before
