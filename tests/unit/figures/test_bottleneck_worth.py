"""What reliefs won, what of it is proposed, and what comes again in a month."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.figures.bottleneck_proposals import Past, better, recurring, share_of_rule, share_won
from bot.figures.bottleneck_worth import Better, Seen, minutes_won, whole, worth
from bot.figures.decisions import Decision
from tests.unit.people.somebody import playbook

BOOK = playbook()
RULES = BOOK.bottlenecks
CALENDAR = BOOK.calendars[BOOK.default_calendar]
AT = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
SIGNS = {"open": 4, "beyond_a_day": 1, "free": 1}
WITHOUT, ENDED = AT + timedelta(hours=4), AT + timedelta(hours=1)
BEGAN = AT - timedelta(minutes=7)
BASE = Seen(
    "overloaded", "discount-vp", "a", "split", "b", "", SIGNS, BEGAN, AT, WITHOUT, "decided", ENDED, "b",
)  # fmt: skip
LOST = replace(BASE, ended_at=AT + timedelta(hours=4))
OPEN = replace(BASE, end="", ended_at=None, ended_by="")


@pytest.mark.parametrize(
    ("row", "minutes"),
    [
        (BASE, 180),
        (LOST, 0),
        (OPEN, 0),
        (replace(BASE, ended_by="a"), 0),  # who had it decided herself: the relief did not do it
        (replace(BASE, ended_at=AT + timedelta(hours=4, minutes=-1)), 1),
        (replace(BASE, relief="parallelise", given="", ended_by="c"), 180),
        (replace(BASE, relief="recommend"), 0),
        (replace(BASE, without_at=None), 0),
        (replace(BASE, without_at=datetime(2026, 11, 18, 9, 0, tzinfo=UTC)), 6 * 60 + 30),  # no night is won
    ],
)
def test_minutes_are_won_only_by_the_relief_and_only_in_working_time(row: Seen, minutes: int) -> None:
    assert minutes_won(row, CALENDAR) == minutes


def of(rows: list[Seen], name: str = "overloaded") -> Any:
    return next(each for each in worth(rows, RULES, CALENDAR) if each.bottleneck == name)


def test_it_is_counted_by_class() -> None:
    found = of([BASE, LOST, OPEN])
    assert (found.seen, found.seen_after, found.relieved, found.over, found.won_by) == (3, 7, 3, 2, 1)
    assert (found.minutes_won, found.usually_won) == (180, 90)
    assert of([BASE], "absent").seen == 0


@pytest.mark.parametrize(("hours", "acted"), [(8, 1), (40, 0)])
def test_a_recommendation_is_resolved_when_somebody_acts_in_time(hours: int, acted: int) -> None:
    told = replace(BASE, bottleneck="nobody", relief="recommend", given="", ended_at=AT + timedelta(hours=hours))
    assert (of([told], "nobody").acted, of([told], "nobody").waited) == (acted, 1 - acted)


def test_the_whole_says_how_much_needed_nobody_and_how_much_came_again() -> None:
    told = replace(BASE, bottleneck="nobody", relief="recommend", given="", rule="r")
    late, by_her = replace(told, ended_at=AT + timedelta(hours=40)), replace(BASE, ended_by="a")
    found = whole([BASE, BASE, BASE, by_her, OPEN, told, late], RULES, CALENDAR)
    assert (found.seen, found.seen_after) == (7, 7)
    assert (found.by_itself.good, found.by_itself.of, found.by_itself.share) == (3, 6, 0.5)
    assert (found.by_word.good, found.by_word.of, found.by_word.share) == (1, 2, None)
    assert found.again == (("2026-11", 5, 7),)
    next_month = replace(BASE, at=AT + timedelta(days=20))
    assert whole([BASE, BASE, BASE, next_month], RULES, CALENDAR).again == (("2026-12", 0, 1), ("2026-11", 3, 3))


def with_open(count: int, row: Seen = BASE) -> Seen:
    return replace(row, signs=dict(row.signs) | {"open": count})


@pytest.mark.parametrize(
    ("rows", "proposed"),
    [
        ([LOST] * 4, None),
        ([LOST] * 5, Better(relief="reassign")),
        ([LOST] * 3 + [BASE] * 3, None),
        ([LOST] * 4 + [BASE] * 3, Better(relief="reassign")),
        ([with_open(3, LOST)] * 4 + [with_open(8)] * 3, Better(sign="open", at_least=8, spared=4)),
        ([with_open(8, LOST)] * 4 + [with_open(8)] * 3, Better(relief="reassign")),  # a later one spares nothing
        ([replace(LOST, relief="parallelise", bottleneck="in-turn")] * 5, Better(relief="recommend")),
    ],
)
def test_what_rarely_wins_is_proposed_to_come_later_or_to_be_another(rows: list[Seen], proposed: Better | None) -> None:
    assert of(rows, rows[0].bottleneck).better == proposed


def decided(rule: str = "discount-vp") -> Decision:
    told = ("d", 1, rule, "sales-vp", "a", "b", "own", "", "", AT, AT, 60, 60, 30, 90, True, None)
    return Decision(*told)  # type: ignore[arg-type]


def past(*rows: Seen, asked: int = 10) -> Past:
    return Past(rows, [decided()] * asked, RULES, CALENDAR)


@pytest.mark.parametrize(("times", "proposed"), [(2, 0), (3, 1), (9, 1)])
def test_the_same_class_of_the_same_rule_three_times_in_a_month_is_proposed_to_be_prevented(
    times: int, proposed: int
) -> None:
    found = recurring(past(*[BASE] * times), "2026-11")
    assert len(found) == proposed
    for each in found:
        assert each.key == "overloaded.discount-vp" and each.deals == times
        assert each.change.startswith("Give a second person the role") and each.change.endswith("rule discount-vp.")
        assert (each.aim.start, each.aim.reach) == (times * 1_000, times * 500)


def test_other_rules_months_and_classes_are_not_the_same() -> None:
    mixed = (BASE, BASE, replace(BASE, rule="payment-finance"), replace(BASE, bottleneck="absent"))
    assert recurring(past(*mixed), "2026-11") == []
    assert recurring(past(BASE, BASE, replace(BASE, at=AT - timedelta(days=30))), "2026-11") == []
    assert recurring(past(BASE, BASE, BASE), "2026-12") == []


def test_a_proposal_is_followed_by_the_share_of_the_rule_that_is_still_stuck() -> None:
    assert share_of_rule(past(BASE, asked=10), "overloaded.discount-vp") == (1_000, 10)
    assert share_of_rule(past(BASE, asked=0), "overloaded.discount-vp") == (0, 0)
    assert share_won(past(BASE, LOST, LOST, LOST), "overloaded") == (2_500, 4)
    assert share_won(past(BASE), "no-such-class") == (0, 0)


def test_a_relief_that_won_nothing_is_put_to_the_owner_with_the_past_again() -> None:
    rows = [with_open(3, LOST)] * 4 + [with_open(8)] * 3
    (found,) = better(past(*rows), "2026-11")
    assert found.change == "Relieve only from 8 open on: class overloaded in the playbook's bottlenecks."
    assert found.tested == "from 8 on, 4 of 7 that won nothing would have been spared"
    assert (found.aim.start, found.aim.reach, found.deals) == (4_285, RULES.won_from, 7)
    (other,) = better(past(*[LOST] * 5), "2026-11")
    assert other.change == "Relieve by reassign instead: class overloaded in the playbook's bottlenecks."
