"""What shares are worth against each other, which rules past deals speak for, and what a policy said at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from bot.agents.approvals.looking_back import later, look, record
from bot.figures.afterwards import outcomes
from bot.figures.policy_lines import changes, noted, then
from bot.figures.practices import candidates, found
from bot.figures.shares import Share, gap, z_of_many
from bot.playbook.loader import problems
from bot.streams.deal.afterwards import LookBack, RecordAfterwards
from bot.streams.deal.approvals import Approve
from bot.streams.decision import Accept, Context, PastDeal
from bot.wiring import texts
from tests.unit.approvals.desk import DEAL, Desk
from tests.unit.figures.deal import playbook

BOOK = playbook()
TODAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, tzinfo=UTC)
RULES = BOOK.precedents
DEALS = PastDeal("1", "", "Logistics", "EUR", 100_000, 1_000, 30, True, 9, "2026-01-01", 24)
COUNTS = st.integers(0, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(one=COUNTS, other=COUNTS)
def test_a_gap_lies_between_its_bounds_and_turned_round_it_is_the_same(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    there, back = gap(Share(*one), Share(*other), 2, 1.96), gap(Share(*other), Share(*one), 2, 1.96)
    assert there.known == back.known == (min(one[1], other[1]) >= 2)
    assert there.low <= there.points <= there.high and (there.points, there.low) == (-back.points, -back.high)


def test_the_interval_is_newcombes() -> None:
    """His example (Statistics in Medicine 17, 1998, table II, row a): 56 of 70 against 48 of 80, 0.0524 to 0.3339."""
    found_ = gap(Share(56, 70), Share(48, 80), 2, 1.959964)
    assert (found_.points, found_.low, found_.high) == (2000, 524, 3339)


def test_more_tries_need_more() -> None:
    assert (round(z_of_many(9_500, 1), 3), round(z_of_many(9_500, 12), 3)) == (1.96, 2.865)


@pytest.mark.parametrize(("of", "known"), [(4, False), (5, True)])
def test_a_share_is_told_from_as_many_as_the_playbook_says(of: int, known: bool) -> None:
    told = outcomes(["kept"] * of + ["open"] * 9, RULES.afterwards.at_least, 1.645)
    assert (told.of, told.open, told.low is not None) == (of, 9, known)


def deals(discount: int, won: int, of: int) -> list[PastDeal]:
    return [replace(DEALS, discount=discount, won=no < won) for no in range(of)]


@pytest.mark.parametrize(("won", "of", "ids"), [(4, 20, ["discount-10"]), (4, 19, []), (18, 20, [])])
def test_a_rule_is_found_where_enough_deals_speak_clearly(won: int, of: int, ids: list[str]) -> None:
    ended = [*deals(1_000, 19, 20), *deals(2_200, won, of)]
    assert [each.practice.id for each in found(ended, RULES.finding, TODAY)] == ids


def test_chance_alone_finds_little() -> None:
    """Deals that are won by the same chance at whatever price: of a hundred companies few find a rule (5% at most)."""
    hits = 0
    for seed in range(100):
        dice = default_rng(seed)
        ended = [
            replace(DEALS, discount=int(dice.integers(0, 3_000)), payment_days=int(dice.choice((14, 30, 60))),
                    months=int(dice.choice((12, 24, 36))), won=bool(dice.random() < 0.5))
            for _ in range(120)
        ]  # fmt: skip
        hits += bool(found(ended, RULES.finding, TODAY))
    assert hits <= 5


def test_what_a_line_said_at_a_time() -> None:
    vp = BOOK.approvals.rule("discount-vp")
    assert vp is not None
    older = noted(BOOK.approvals, AT - timedelta(days=9)).model_copy(update={"digest": "older"})
    line = older.lines[1].model_copy(update={"line": "Discounts, line 3: up to 30%, the VP Sales decides"})
    older = older.model_copy(update={"lines": (older.lines[0], line)})
    history = (older, noted(BOOK.approvals, AT))
    assert then(vp, AT - timedelta(days=1), history) == line.line
    assert then(vp, AT, history) == then(vp, AT - timedelta(days=10), history) == ""
    director = BOOK.approvals.rule("discount-director")
    assert director is not None
    assert then(director, AT - timedelta(days=1), history) == "no such line as Discounts, line 4"
    assert any(change.startswith("new: Discounts, line 4") for change in changes(*history))


@pytest.mark.parametrize(
    ("told", "became"),
    [
        ({"closed": False, "won": False}, "open"),
        ({"closed": True, "won": False}, "lost"),
        ({"closed": True, "won": True, "days_late": 29}, "kept"),
        ({"closed": True, "won": True, "days_late": 30}, "paid_late"),
        ({"closed": True, "won": True, "days_late": 30, "ended_on": TODAY}, "churned"),
    ],
)
def test_what_a_deal_became_counts_for_each_decision_that_made_it(told: dict[str, object], became: str) -> None:
    desk = decided()
    answer = record(desk.deal, RecordAfterwards.model_validate({"stream_id": DEAL, "actor": "system"} | told), at(desk))
    assert isinstance(answer, Accept)
    desk.apply(answer.facts[0])
    assert [desk.deal.afterwards.of(no) for no in (1, 2)] == [became, ""]
    assert bool(answer.deadlines) == (became == "open")


def test_it_is_looked_at_a_quarter_after_and_an_open_one_four_times() -> None:
    desk = decided()
    assert later(desk.deal, at(desk)).due_at == desk.now + timedelta(days=91)
    assert isinstance(look(desk.deal, LookBack(stream_id=DEAL, actor="system"), at(desk)), Accept)
    looks = 0
    while True:
        answer = record(desk.deal, RecordAfterwards(stream_id=DEAL, actor="system", closed=False, won=False), at(desk))
        assert isinstance(answer, Accept)
        desk.apply(answer.facts[0])
        looks += 1
        if not answer.deadlines:
            break
    assert looks == 4


def decided() -> Desk:
    desk = Desk()
    desk.package(2200)
    desk.now += timedelta(minutes=5)
    desk.give(Approve, "T:jonas", approval=desk.of("discount-vp").id, seen=desk.seen)
    assert len(desk.deal.approvals.decided) == 1
    return desk


def at(desk: Desk) -> Context:
    return desk.context("T:jonas")


def test_the_rules_that_are_tried_are_the_playbooks_with_its_owners() -> None:
    every = {each.id: each.owner for each in candidates(RULES.finding, TODAY)}
    discounts = ["discount-5", "discount-10", "discount-15", "discount-20", "discount-25"]
    others = ["payment-30", "payment-45", "payment-60", "term-12", "term-24", "term-36", "counter"]
    assert list(every) == [*discounts, *others]
    assert {name for name, owner in every.items() if owner == "finance"} == set(others[:3])
    assert RULES.finding.confidence == 9_500


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("owner: finance}", "owner: csm}", "csm is no role that may approval.decide"),
        ("term: sales-vp", "term: nobody", "precedents.finding.owners.term: nobody is no role"),
        ("id: net-45", "id: discount-15", "discount-15 stands twice"),
    ],
)
def test_a_practice_has_an_owner_who_may_decide_and_a_name_of_its_own(old: str, new: str, says: str) -> None:
    files = dict(texts(Path("playbook")))
    assert old in files["precedents.yaml"]
    files["precedents.yaml"] = files["precedents.yaml"].replace(old, new, 1)
    [problem] = [str(each) for each in problems(files) if says in str(each)]
    assert problem.startswith("precedents.yaml:") and "Fix: " in problem
