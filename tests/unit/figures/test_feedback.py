"""What people say of approvals: sums of enough people alone, and what many name as a proposal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.decisions import Decision
from bot.figures.feedback import Heard, in_the_way, report, score, share_naming
from bot.figures.feedback_proposals import proposed, replayed, split
from tests.unit.figures.deal import playbook

BOOK = playbook()
RULES = BOOK.feedback
K = RULES.at_least_people
MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)
RULE = "discount-vp"


def heard(person: int, number: int | None = 8, friction: str = "nothing", **change: Any) -> Heard:
    mine: dict[str, Any] = {"rule": RULE, "role": "sales-vp", "side": "approver", "at": MONDAY} | change
    return Heard(person=f"person:{person}", score=number, friction=friction, **mine)


def decision(no: int, minutes: int, person: str = "T:a", **change: Any) -> Decision:
    mine: dict[str, Any] = {"rule": RULE, "role": "sales-vp", "asked": "T:a", "way": "own", "moved": "", "lent": ""}
    times = {"asked_at": MONDAY, "at": MONDAY, "minutes": minutes, "expected": 100, "low": 50, "high": 200}
    more = mine | times | {"yes": True, "until_on": None} | change
    return Decision(stream_id=f"deal:{no}", no=1, person=person, **more)


@pytest.mark.parametrize(("people", "told"), [(K - 1, None), (K, 80)])
def test_a_score_is_told_of_enough_people_only(people: int, told: int | None) -> None:
    assert score([heard(no) for no in range(people)], RULES).tenths == told


def test_many_answers_of_one_person_are_one_person() -> None:
    assert score([heard(1) for _ in range(50)], RULES).tenths is None


@pytest.mark.parametrize(("scores", "tenths"), [((10, 8, 5, 2), 63), ((0, 0, 0, 0), 0), ((10, 10, 10, 10), 100)])
def test_the_mean_is_to_the_nearest_tenth(scores: tuple[int, ...], tenths: int) -> None:
    assert score([heard(no, number) for no, number in enumerate(scores)], RULES).tenths == tenths


def test_who_did_not_answer_counts_for_the_rate_alone() -> None:
    told = report([*(heard(no) for no in range(K)), heard(9, None, "")], RULES)
    assert (told.asked, told.whole.answers, told.rate) == (K + 1, K, K * 10_000 // (K + 1))
    assert report([], RULES).rate is None


def test_a_week_of_too_few_is_left_out_of_the_trend() -> None:
    weeks = [(0, 5, K), (1, 0, K - 1), (2, 8, K)]
    every = [heard(p, number, at=MONDAY + timedelta(weeks=w)) for w, number, n in weeks for p in range(n)]
    told = report(every, RULES)
    assert [week.score.tenths for week in told.weeks] == [50, None, 80]
    assert told.trend == 30
    assert report(every[:K], RULES).trend is None


def test_what_is_in_the_way_is_told_by_rule_and_role_and_of_no_small_group() -> None:
    few = [heard(no, 2, "waits", rule="margin-director", role="managing-director") for no in range(K - 1)]
    told = in_the_way([*(heard(no, 5, "waits" if no else "money") for no in range(K)), *few], RULES)
    assert {(each.rule, each.role) for each in told} == {("", ""), (RULE, ""), ("", "sales-vp")}
    first = next(each for each in told if each.rule == RULE)
    assert (first.friction, first.named, first.of, first.share) == ("waits", K - 1, K, (K - 1) * 10_000 // K)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 10), st.sampled_from(["waits", "money", "nothing"]))))
def test_no_sum_is_told_of_fewer_people(every: list[tuple[int, int, str]]) -> None:
    those = [heard(*each) for each in every]
    told = report(those, RULES)
    sums = [told.whole, *told.sides.values(), *(week.score for week in told.weeks), *(b.score for b in told.better)]
    assert all(each.people >= K for each in sums if each.tenths is not None)
    assert all(each.people >= K for each in told.frictions)


@pytest.mark.parametrize(("number", "better"), [(8, True), (10, False)])
def test_below_what_satisfies_there_is_something_to_improve(number: int, better: bool) -> None:
    told = report([heard(no, number, "money") for no in range(K)], RULES)
    assert bool(told.better) == better
    if better:
        assert told.better[0].advice == next(f.advice for f in RULES.frictions if f.id == "money")


def naming(named: int, of: int) -> list[Heard]:
    return [heard(no % 6, 5, "waits" if no < named else "nothing") for no in range(of)]


@pytest.mark.parametrize(
    ("named", "of", "raised"), [(3, 10, True), (3, 11, False), (RULES.least - 1, RULES.least - 1, False)]
)
def test_what_enough_name_is_proposed(named: int, of: int, raised: bool) -> None:
    found = proposed(naming(named, of), [], BOOK, "2026-11")
    assert [each.key for each in found] == ([f"waits:{RULE}"] if raised else [])


def test_a_proposal_says_what_to_do_and_what_is_to_move() -> None:
    (found,) = proposed(naming(6, 12), [decision(1, 300), decision(2, 60, "T:b")], BOOK, "2026-11")
    assert found.change == "Discounts, line 3: name a deputy who is asked when the expected time is over."
    assert (found.aim.start, found.aim.reach, split(found.key)) == (5_000, RULES.reach, ("waits", RULE))
    assert found.tested.startswith("1 of 2 past decisions took longer than expected; with a deputy asked then, 1")
    assert share_naming(naming(6, 12), RULES, "waits", RULE) == (5_000, 12)
    assert share_naming(naming(2, 2), RULES, "waits", RULE) == (0, 0), "of two people nothing is counted"


@pytest.mark.parametrize(
    ("took", "others", "words"),
    [
        (300, 60, "with a deputy asked then, 1 would have come sooner, in the middle by 140 working minutes"),
        (160, 60, "with a deputy asked then, 0 would have come sooner"),
        (100, 60, ""),
    ],
)
def test_a_deputy_helps_where_others_take_less_than_what_was_left(took: int, others: int, words: str) -> None:
    told = replayed("deputy", RULE, [decision(1, took), decision(2, others, "T:b")])
    assert told.endswith(words) and bool(told) == bool(words)


def test_a_deputy_cannot_be_tested_when_one_person_decides_all() -> None:
    assert replayed("deputy", RULE, [decision(1, 300), decision(2, 400)]) == ""


def test_what_the_past_says_of_a_lane_and_of_another_role() -> None:
    past = [decision(1, 5), decision(2, 5, yes=False), decision(3, 5, "T:b"), decision(4, 5, way="policy")]
    assert replayed("granted", RULE, past) == "2 of 3 past decisions granted it as asked"
    assert replayed("moved", RULE, past) == "1 of 3 past decisions were taken by somebody else than who was asked"
    assert replayed("nothing", RULE, past) == replayed("granted", "other", past) == ""
