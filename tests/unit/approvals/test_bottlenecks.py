"""By which numbers a bottleneck is told, what relief is made of it, and what a playbook may not say."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from bot.figures.bottlenecks import a_day, away_days, class_of, tempo_of, unknown, usual_percent
from bot.figures.hours import business_minutes
from bot.figures.pace import pace_of
from bot.playbook.bottlenecks import Bottlenecks, Bound
from bot.playbook.conditions import FactName
from bot.streams.deal.approvals import ApprovalMoved, ApprovalOverdue, Approve
from bot.streams.deal.bottlenecks import BottleneckSeen, LookForBottlenecks, outcomes
from bot.streams.decision import Accept
from bot.streams.queues import Tempo
from tests.unit.approvals.desk import TUESDAY, Desk, accepted, colleague
from tests.unit.people.somebody import playbook

BOOK = playbook()
RULES = BOOK.bottlenecks
QUIET = {
    "may": 2, "hers": 1, "away_days": 0, "open": 1, "beyond_a_day": 0, "free": 1, "behind": 0, "waited": 0,
    "rest": 120, "unknown": 0, "decided": 0, "usual_percent": 50,
}  # fmt: skip


def seen(**signs: int) -> str:
    found = class_of(QUIET | signs, RULES)  # type: ignore[arg-type]
    return found.id if found else ""


@pytest.mark.parametrize(
    ("signs", "id"),
    [
        ({}, ""),
        ({"may": 0, "hers": 0}, "nobody"),
        ({"may": 1}, ""),
        ({"may": 1, "hers": 0}, "powerless"),
        ({"away_days": 1}, "absent"),
        ({"question": 59}, ""),
        ({"question": 60}, "question"),
        ({"unknown": 1, "waited": 59}, ""),
        ({"unknown": 0, "waited": 60}, ""),
        ({"unknown": 1, "waited": 60}, "evidence"),
        ({"open": 3, "beyond_a_day": 1, "free": 1}, "overloaded"),
        ({"open": 2, "beyond_a_day": 1, "free": 1}, ""),
        ({"open": 3, "beyond_a_day": 0, "free": 1}, ""),
        ({"open": 3, "beyond_a_day": 1, "free": 0}, ""),
        ({"behind": 1, "waited": 30, "rest": 60}, "in-turn"),
        ({"behind": 0, "waited": 30, "rest": 60}, ""),
        ({"behind": 1, "waited": 29, "rest": 60}, ""),
        ({"behind": 1, "waited": 30, "rest": 59}, ""),
        ({"decided": 10, "usual_percent": 75, "waited": 60}, "slow"),
        ({"decided": 9, "usual_percent": 75, "waited": 60}, ""),
        ({"decided": 10, "usual_percent": 74, "waited": 60}, ""),
        ({"decided": 10, "usual_percent": 75, "waited": 59}, ""),
        ({"away_days": 1, "open": 9, "beyond_a_day": 4}, "absent"),
    ],
)
def test_the_first_class_of_which_all_bounds_hold(signs: dict[str, int], id: str) -> None:
    assert seen(**signs) == id


@pytest.mark.parametrize(
    ("decided", "days", "count"), [(20, 2, 6), (20, 3, 6), (21, 3, 7), (1, 3, 1), (2, 3, 1), (0, 0, 6)]
)
def test_what_she_decides_a_day_is_hers_from_enough_days(decided: int, days: int, count: int) -> None:
    assert a_day("a", (Tempo("a", decided, days), Tempo("b", 90, 9)), RULES) == count
    assert a_day("c", (Tempo("a", decided, days),), RULES) == RULES.usual_a_day


@pytest.mark.parametrize(
    ("times", "tempo"),
    [
        ([], (0, 0)),
        ([(0, 1), (2, 3)], (0, 0)),  # all that came was decided: it says nothing of how much she could
        ([(0, 1), (2, 30)], (1, 1)),  # that day was not enough for the second
        ([(0, 1), (1, 2), (2, 30), (3, 78)], (3, 2)),
    ],
)
def test_only_days_that_were_not_enough_say_how_much_she_decides(
    times: list[tuple[int, int]], tempo: tuple[int, int]
) -> None:
    found = tempo_of("a", [(TUESDAY + timedelta(hours=asked), TUESDAY + timedelta(hours=at)) for asked, at in times])
    assert (found.decided, found.days) == tempo


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [((2026, 11, 18), (2026, 11, 20), 0), ((2026, 11, 17), (2026, 11, 17), 1), ((2026, 11, 16), (2026, 11, 23), 5)],
)
def test_away_counts_the_working_days_until_she_is_back(first: Any, last: Any, days: int) -> None:
    who = colleague("T:jonas", away=((date(*first), date(*last)),))
    assert away_days(who, TUESDAY, BOOK.calendar_of(who.time_zone)) == days


def test_how_slow_a_rule_is_over_all_people() -> None:
    rule = BOOK.approvals.rule("discount-vp")  # it has four hours
    assert rule is not None
    paces = (pace_of(rule.id, "a", [180] * 6), pace_of(rule.id, "b", [180] * 4), pace_of("credit-limit", "a", [9]))
    assert usual_percent(rule, paces) == (10, 75)
    assert usual_percent(rule, ()) == (0, 0)


def test_only_what_needs_evidence_lacks_facts() -> None:
    rule = BOOK.approvals.rule("credit-limit")
    assert rule is not None
    assert unknown(rule, {}, rule.evidence) == 1
    assert unknown(rule, {FactName.ABOVE_CREDIT_LIMIT: True}, rule.evidence) == 0
    assert unknown(rule, {}, ()) == 0


def look(desk: Desk, minutes: int = 0) -> list[BottleneckSeen]:
    count, since = len(desk.facts), desk.now
    desk.now += timedelta(minutes=minutes)
    accepted(desk.give(LookForBottlenecks, "system", since=since))
    return [fact for fact in desk.facts[count:] if isinstance(fact, BottleneckSeen)]


def busy(first: int = 6) -> Desk:
    """On Jonas wait so many of other deals; Ines may decide the discount, too."""
    desk = Desk()
    desk.package(2200)
    desk.elsewhere = {"T:jonas": first}
    return desk


def test_what_is_beyond_her_day_goes_to_who_is_free_and_she_keeps_her_right() -> None:
    desk = busy()
    discount = desk.of("discount-vp")
    (fact,) = look(desk, 7)
    assert (fact.bottleneck, fact.relief, fact.person, fact.to) == ("overloaded", "split", "T:jonas", "T:ines")
    assert fact.why(str.title) == "7 wait on T:Jonas, who decides 6 a day, while 1 other who may decide is free"
    assert fact.at - fact.since == timedelta(minutes=7)
    assert ("T:ines", discount.id) in desk.offered
    assert desk.deal.approvals.holders(desk.of("discount-vp")) == ("T:ines", "T:jonas")
    accepted(desk.give(Approve, "T:jonas", approval=discount.id, seen=desk.seen))


@pytest.mark.parametrize(("first", "relieved"), [(5, False), (6, True)])
def test_what_she_decides_today_stays(first: int, relieved: bool) -> None:
    assert bool(look(busy(first), 7)) is relieved


@pytest.mark.parametrize(("waiting", "relieved"), [(5, True), (6, False)])
def test_nobody_gets_more_than_she_decides_in_a_day_herself(waiting: int, relieved: bool) -> None:
    desk = busy()
    desk.elsewhere["T:ines"] = waiting
    assert bool(look(desk, 7)) is relieved


def test_nothing_goes_to_and_fro() -> None:
    desk = busy()
    look(desk, 7)
    desk.elsewhere = {"T:jonas": 0, "T:ines": 40}
    assert look(desk, 7) == []


def test_a_queue_is_shared_in_turn_among_all_who_are_free() -> None:
    given = set()
    for first in (6, 7):
        desk = busy(first)
        desk.people["T:ilse"] = colleague("T:ilse", groups=frozenset({"signatories"}))
        given |= {fact.to for fact in look(desk, 7)}
    assert given == {"T:ines", "T:ilse"}


def test_an_escalation_goes_before_a_relief_and_keeps_the_request() -> None:
    desk = busy()
    desk.now += timedelta(hours=4)
    assert [f for f in look(desk) if f.rule == "discount-vp"] == []
    accepted(desk.give(ApprovalOverdue, "system", approval=desk.of("discount-vp").id))
    moved = [f.person for f in desk.facts if isinstance(f, ApprovalMoved)]
    assert moved == ["T:ines"]
    desk.elsewhere = {"T:jonas": 0, "T:ines": 40}
    desk.lend("T:jonas", "T:elena")
    assert look(desk, 7) == []


def test_after_a_relief_its_escalation_does_not_come_back_to_whom_it_was_taken_from() -> None:
    desk = busy()
    look(desk, 7)
    desk.now += timedelta(hours=5)
    accepted(desk.give(ApprovalOverdue, "system", approval=desk.of("discount-vp").id))
    assert desk.of("discount-vp").person == "T:ines"
    assert desk.deal.escalations.told(desk.of("discount-vp").id)


def alone() -> Desk:
    """Jonas is away for two days, and nobody else may decide it."""
    desk = Desk()
    desk.people["T:ines"] = colleague("T:ines", groups=frozenset())
    desk.package(2200)
    desk.leaves("T:jonas", 1)
    return desk


def test_what_nobody_else_may_decide_is_told_once_to_who_can_help_and_moved_when_somebody_may() -> None:
    desk = alone()
    (fact,) = look(desk, 7)
    assert (fact.bottleneck, fact.relief, fact.to, fact.owner) == ("absent", "recommend", "", "T:elena")
    assert fact.advice == "name somebody who may, or waive it" and fact.without_at is None
    assert look(desk, 7) == []
    desk.people["T:ines"] = colleague("T:ines")
    (moved,) = look(desk, 7)
    assert (moved.relief, moved.to) == ("reassign", "T:ines")
    assert moved.without_at is not None and moved.without_at > moved.at


def test_who_lost_her_authority_keeps_nothing_waiting() -> None:
    desk = Desk()
    desk.package(2200)
    desk.people["T:jonas"] = colleague("T:jonas", groups=frozenset({"reps"}))
    (fact,) = look(desk, 7)
    assert (fact.bottleneck, fact.to) == ("powerless", "T:ines")


def test_a_relief_that_would_win_too_little_is_not_made() -> None:
    desk = busy()
    desk.paces = (pace_of("discount-vp", "T:ines", [900] * 40), pace_of("discount-vp", "T:jonas", [30] * 40))
    assert look(desk, 7) == []


def in_turn(**rules: Any) -> Desk:
    """The managing director is asked about the size after the discount and the payment terms."""
    policy = BOOK.approvals
    size = policy.rule("amount-director")
    assert size is not None
    first = size.when[0].model_copy(update={"amounts": {"EUR": 1}})
    small = size.model_copy(update={"when": (first,)})
    changed = tuple(small if rule.id == size.id else rule for rule in policy.rules)
    told = {"approvals": policy.model_copy(update={"rules": changed, **rules})}
    desk = Desk(book=BOOK.model_copy(update=told))
    desk.package(2200)
    return desk


def test_what_needs_nothing_of_a_slow_result_is_asked_at_the_same_time() -> None:
    desk = in_turn()
    assert look(desk, 40) == []  # the discount is one that it needs
    accepted(desk.give(Approve, "T:jonas", approval=desk.of("discount-vp").id, seen=desk.seen))
    (fact,) = look(desk, 7)
    size = desk.of("amount-director")
    assert (fact.bottleneck, fact.relief, fact.freed) == ("in-turn", "parallelise", (size.id,))
    assert desk.of("payment-finance").id not in size.after
    assert ("T:ines", size.id) in desk.offered
    accepted(desk.give(Approve, "T:ines", approval=size.id, seen=desk.seen))
    assert [a.rule for a in desk.deal.approvals.open] == ["payment-finance"]


def test_nothing_of_a_deal_of_high_risk_is_asked_at_the_same_time() -> None:
    risk = BOOK.approvals.high_risk[-1]
    bound = risk.when[0].model_copy(update={"amounts": {"EUR": 1}})
    desk = in_turn(high_risk=(risk.model_copy(update={"when": (bound,)}),))
    for rule in ("discount-vp", "payment-finance"):
        desk.now += timedelta(minutes=30)
        if rule == "discount-vp":
            accepted(desk.give(Approve, "T:jonas", approval=desk.of(rule).id, seen=desk.seen))
    assert [fact for fact in look(desk, 40) if fact.freed] == []


def test_a_freed_request_won_only_against_the_moment_when_it_would_have_been_asked() -> None:
    desk = in_turn()
    accepted(desk.give(Approve, "T:jonas", approval=desk.of("discount-vp").id, seen=desk.seen))
    (fact,) = look(desk, 40)
    desk.now += timedelta(minutes=5)
    accepted(desk.give(Approve, "T:priya", approval=desk.of("payment-finance").id, seen=desk.seen))
    desk.now += timedelta(minutes=5)
    accepted(desk.give(Approve, "T:ines", approval=desk.of("amount-director").id, seen=desk.seen))
    (over,) = outcomes(desk.deal.bottlenecks.made, desk.deal.approvals.decided, desk.deal.approvals.moved)
    assert (over.end, over.by, over.at) == ("decided", "T:ines", desk.now)
    assert over.without_at == desk.now - timedelta(minutes=5) + timedelta(minutes=fact.takes)
    assert fact.without_at is not None and over.without_at < fact.without_at


def test_a_question_or_a_yes_ends_every_look() -> None:
    desk = busy()
    for rule, who in (("discount-vp", "T:jonas"), ("payment-finance", "T:priya")):
        desk.now += timedelta(minutes=3)
        accepted(desk.give(Approve, who, approval=desk.of(rule).id, seen=desk.seen))
    ended = desk.give(LookForBottlenecks, "system", since=desk.now)
    assert isinstance(ended, Accept) and not ended.facts and not ended.deadlines


def test_the_next_look_comes_within_fifteen_minutes_of_her_hours_also_when_the_first_one_was_put_off() -> None:
    desk = busy(0)
    made = accepted(desk.give(LookForBottlenecks, "system", since=desk.now))
    (again,) = [d.due_at for d in made.deadlines if d.name == "bottlenecks"]
    assert again == desk.now + timedelta(minutes=RULES.look_minutes)
    assert 2 * RULES.look_minutes <= 15
    desk.now = TUESDAY.replace(hour=19)
    made = accepted(desk.give(LookForBottlenecks, "system", since=desk.now))
    (morning,) = [d.due_at for d in made.deadlines if d.name == "bottlenecks"]
    assert morning is not None
    assert business_minutes(desk.now, morning, BOOK.calendar_of("Europe/Dublin")) == RULES.look_minutes


def told(**change: Any) -> dict[str, Any]:
    whole = RULES.model_dump(mode="python")
    return whole | change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"look_minutes": 8}, "less than or equal to 7"),
        ({"recurring": 1}, "greater than or equal to 2"),
        ({"classes": [RULES.classes[0].model_dump()] * 2}, "stands twice"),
        ({"classes": [RULES.classes[2].model_dump() | {"without": ""}]}, "has a relief but no without"),
    ],
)
def test_a_playbook_that_looks_too_rarely_or_says_no_reason_is_none(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Bottlenecks.model_validate(told(**change))


@pytest.mark.parametrize("bounds", [{}, {"at_least": 1, "at_most": 2}])
def test_a_sign_has_one_bound(bounds: dict[str, int]) -> None:
    with pytest.raises(ValidationError, match="no bound, or two"):
        Bound.model_validate({"sign": "open", **bounds})
