"""The plan: its order, its people, its times; the same for the same deal, and better with a record."""

import json
import random  # noqa: TID251
from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.pace import expected, pace_of
from bot.playbook.schema import Playbook
from tests.unit.approvals.cases import PEOPLE, TUESDAY, away, deal, house, lends, person, plan, steps
from tests.unit.figures.deal import playbook

LARGE = deal(2200, 2400, payment_days=60, credit_limit="1000", months=12)  # needs the VP, finance, the director


def test_what_needs_no_others_result_is_asked_at_once_and_the_rest_afterwards() -> None:
    book = without_high_risk()
    found = {step.step: step for step in plan(LARGE, book).steps}
    assert found["discount-vp"].after == () == found["payment-finance"].after == found["credit-limit"].after
    assert found["discount-vp"].with_steps == ("payment-finance", "credit-limit")
    assert set(found["amount-director"].after) == {"discount-vp", "payment-finance", "credit-limit"}
    assert found["amount-director"].begins_at == max(
        found[s].expected_at or TUESDAY for s in found["amount-director"].after
    )
    assert plan(LARGE, book).critical[-1] == "amount-director"
    whole = plan(LARGE, book)
    assert whole.expected_at and whole.one_by_one_at and whole.expected_at < whole.one_by_one_at


def test_a_deal_of_high_risk_is_decided_by_one_after_the_other() -> None:
    risky = plan(deal(2200, 3000, payment_days=60, credit_limit="1000"))
    assert risky.high_risk.startswith("High risk, line 4")
    assert all(step.with_steps == () for step in risky.steps)
    assert [step.after for step in risky.steps] == [(), *((step.step,) for step in risky.steps[:-1])]
    assert risky.expected_at == risky.one_by_one_at


def without_high_risk() -> Playbook:
    approvals = playbook().approvals.model_copy(update={"high_risk": ()})
    return playbook().model_copy(update={"approvals": approvals})


def with_quorum(rule: str, quorum: int) -> Playbook:
    policy = playbook().approvals
    rules = tuple(r.model_copy(update={"quorum": quorum}) if r.id == rule else r for r in policy.rules)
    return playbook().model_copy(update={"approvals": policy.model_copy(update={"rules": rules})})


def test_a_quorum_asks_different_people_and_never_one_twice_by_what_she_lent() -> None:
    book = with_quorum("payment-finance", 2)
    two = plan(deal(0, payment_days=60), book).steps
    assert [step.title for step in two] == ["Payment terms (1 of 2)", "Payment terms (2 of 2)"]
    assert {step.decides.person for step in two} == {"priya", "dana"}
    priya = {"away": away(), "lends": lends("sam")}
    told = deal(0, payment_days=60, people=[*house(priya=priya), person("omar", groups=["finance"])])
    assert {step.decides.person for step in plan(told, book).steps} <= {"omar", "sam", "dana", "ines"}


def test_equals_share_the_work_by_what_waits_and_where_the_day_is() -> None:
    busy = [person("priya", open=9), person("omar", groups=["finance"], open=1)]
    assert steps(deal(0, payment_days=60, people=[*busy, person("ines")]))["payment-finance"] == "omar"
    late = deal(0, payment_days=60, at="2026-11-17T16:50:00+00:00")
    coast = person("kim", groups=["finance"], time_zone="America/New_York", open=1)
    assert steps({**late, "people": [person("priya"), coast]})["payment-finance"] == "kim"


def test_who_decided_this_kind_quickly_is_asked_first() -> None:
    took = [{"rule": "payment-finance", "person": "omar", "minutes": [10] * 20}]
    people = [person("priya"), person("omar", groups=["finance"])]
    assert steps(deal(0, payment_days=60, people=people))["payment-finance"] == "omar"
    assert steps(deal(0, payment_days=60, people=people, took=[took[0] | {"minutes": [900] * 20}])) == {
        "payment-finance": "priya"
    }


def test_who_is_away_is_stood_in_for_and_the_plan_says_whom() -> None:
    told = deal(0, payment_days=60, people=house(priya={"away": away()}))
    [step] = plan(told).steps
    assert (step.decides.person, step.in_place_of, step.decides.lent_by) == ("dana", "Priya", ())
    told = deal(0, payment_days=60, people=house(priya={"away": away(), "lends": lends("sam")}))
    [step] = plan(told).steps
    assert (step.decides.person, step.in_place_of, step.decides.lent_by) == ("sam", "Priya", ("Priya",))


def test_with_nobody_who_may_somebody_sees_to_it() -> None:
    [step] = plan(deal(0, payment_days=60, people=[person("sam"), person("elena")])).steps
    assert step.stuck and step.decides.person == "elena"
    [step] = plan(deal(0, payment_days=60, people=[person("sam")])).steps
    assert step.stuck and step.decides.person == "sam"


def test_an_urgent_deal_gives_half_the_time() -> None:
    [calm], [urgent] = (plan(deal(close_on=day)).steps for day in ("2026-11-20", "2026-11-19"))
    assert calm.by_when and urgent.by_when
    assert (calm.by_when - TUESDAY) == 2 * (urgent.by_when - TUESDAY)


@given(order=st.permutations(sorted(PEOPLE)))
@settings(max_examples=20)
def test_the_same_deal_has_the_same_plan_whoever_is_named_first(order: list[str]) -> None:
    told = {**LARGE, "people": [person(name) for name in order]}
    assert plan(told) == plan(LARGE)


def test_the_next_prediction_is_better_out_of_sample() -> None:
    """Forty people, each with a pace of her own: learnt on the first half of the decisions, tried on the second."""
    chance = random.Random(6212)
    rule = next(r for r in playbook().approvals.rules if r.id == "payment-finance")
    pacing = playbook().approvals.pacing
    paces, unseen = [], []
    for number in range(40):
        pace = chance.gauss(4.0, 0.7)
        times = [round(exp(chance.gauss(pace, 0.4))) for _ in range(24)]
        paces.append(pace_of(rule.id, f"p{number}", times[:12]))
        unseen += [(f"p{number}", minutes) for minutes in times[12:]]
    before = [abs(log(expected(rule, who, 0, (), pacing).minutes / minutes)) for who, minutes in unseen]
    after = [abs(log(expected(rule, who, 0, paces, pacing).minutes / minutes)) for who, minutes in unseen]
    assert sum(after) < 0.5 * sum(before)
    within = [expected(rule, who, 0, paces, pacing) for who, _ in unseen]
    held = sum(e.low <= minutes <= e.high for e, (_, minutes) in zip(within, unseen, strict=True))
    assert held / len(unseen) > 0.8


@pytest.mark.parametrize("queue", [0, 3])
def test_nobody_is_expected_to_look_for_less_than_the_policy_wants(queue: int) -> None:
    rule = next(r for r in playbook().approvals.rules if r.id == "credit-limit")
    quick = [pace_of(rule.id, "priya", [1] * 50)]
    found = expected(rule, "priya", queue, quick, playbook().approvals.pacing)
    assert found.low == rule.look_minutes * (queue + 1)


def test_the_plan_is_read_back_as_json() -> None:
    told = json.loads(plan(LARGE).model_dump_json())
    assert [step["step"] for step in told["steps"]] == [step.step for step in plan(LARGE).steps]
