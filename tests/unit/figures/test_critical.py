"""When a deal is critical, in which order requests stand, and that an ordinary one never starves; what it was worth."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agents.people import inbox, ranking, routing
from bot.figures.critical import MARKED, order, protected, standing
from bot.figures.critical_worth import Asked, share, took, worth
from bot.figures.decisions import Decision
from bot.figures.hours import business_minutes
from bot.playbook.conditions import FactName
from bot.streams.deal.priority import CriticalMarked
from bot.streams.effects import PostTask, Tell
from bot.streams.person.person import CloseTask, OfferTask, Person, RankTask, Task
from bot.streams.person.settings import Preferences, SettingsChanged
from tests.unit.people.somebody import MONDAY, accepted, after, context, jonas, playbook

RULES = playbook().critical
BERLIN = playbook().calendar_of("Europe/Berlin")
DEALS = [f"deal:01JD8Z0000000000000000000{no}" for no in range(8)]


def found(marked: CriticalMarked | None = None, **facts: Any) -> tuple[int, str]:
    known = {"currency": "EUR", "competitor": "", "total": Decimal(50_000), "days_to_close": 30, "strategic": False}
    told = {FactName(name): value for name, value in (known | facts).items()}
    of = standing(told, marked, RULES)
    return (of.score, of.line.partition(":")[0]) if of else (0, "")


@pytest.mark.parametrize(
    ("facts", "score"),
    [
        ({}, 0),
        ({"strategic": True}, 50),
        ({"strategic": True, "total": Decimal(20_000)}, 50),
        ({"strategic": True, "total": Decimal("19999.99")}, 0),
        ({"strategic": True, "total": Decimal(17_000), "currency": "GBP"}, 50),
        ({"strategic": True, "total": Decimal(16_999), "currency": "GBP"}, 0),
        ({"strategic": None}, 0),
        ({"total": Decimal(300_000), "days_to_close": 10}, 40),
        ({"total": Decimal(300_000), "days_to_close": 11}, 0),
        ({"total": Decimal(299_999), "days_to_close": 10}, 0),
        ({"competitor": "RouteWise", "total": Decimal(100_000), "days_to_close": 5}, 30),
        ({"competitor": "RouteWise", "total": Decimal(100_000), "days_to_close": 6}, 0),
        ({"competitor": "RouteWise", "total": Decimal(99_999), "days_to_close": 5}, 0),
        ({"competitor": "RouteWise", "total": Decimal(300_000), "days_to_close": 5, "strategic": True}, 120),
    ],
)
def test_the_rows_that_hold_add_up(facts: dict[str, Any], score: int) -> None:
    assert found(**facts)[0] == score


@pytest.mark.parametrize(("yes", "strategic", "score"), [(True, False, 100), (True, True, 150), (False, True, 0)])
def test_a_managers_word_stands_above_the_rows(yes: bool, strategic: bool, score: int) -> None:
    marked = CriticalMarked(yes=yes, by="T:sam", reason="the board", at=MONDAY)
    assert found(marked, strategic=strategic)[0] == score
    assert found(marked, strategic=strategic)[1] in ("", MARKED)


def request(no: int, priority: int = 0, deal: int = 0, hours: int = 8) -> Task:
    told = {"id": f"t{no}", "deal": DEALS[deal], "kind": "approval", "about": f"a{no}", "priority": priority}
    return Task.model_validate({**told, "title": f"T{no}", "by_when": MONDAY + timedelta(hours=hours)})


def offered(person: Person, task: Task, at: datetime = MONDAY) -> Person:
    return after(person, inbox.offer(person, OfferTask(stream_id=person.id, actor="s", task=task), context(at)))


def ids(person: Person, at: datetime = MONDAY) -> list[str]:
    return [item.task.id for item in order(person.open, at, BERLIN, RULES)]


def test_critical_ones_stand_first_by_their_score_then_all_others_by_their_deadline() -> None:
    person = jonas()
    for task in (request(1, 0, 1, 9), request(2, 0, 2, 8), request(3, 50, 3), request(4, 100, 4)):
        person = offered(person, task)
    assert ids(person) == ["t4", "t3", "t2", "t1"]


@pytest.mark.parametrize(("critical", "safe"), [(RULES.passed_over, False), (RULES.passed_over + 1, True)])
def test_after_so_many_an_ordinary_one_stands_first(critical: int, safe: bool) -> None:
    person = offered(jonas(), request(0))
    for no in range(1, critical + 1):
        person = offered(person, request(no, 50, no))
    assert (ids(person)[0] == "t0") is safe


@pytest.mark.parametrize(("minutes", "safe"), [(RULES.waits_hours * 60 - 1, False), (RULES.waits_hours * 60, True)])
def test_after_so_many_business_hours_an_ordinary_one_stands_first(minutes: int, safe: bool) -> None:
    opened = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)  # 9:00 in Berlin
    person = offered(offered(jonas(), request(0), opened), request(1, 50, 1), opened)
    at = opened + timedelta(minutes=minutes)
    assert protected(person.open[0], at, BERLIN, RULES) is safe
    assert (ids(person, at)[0] == "t0") is safe


def test_whose_request_comes_later_is_told_once_and_a_protected_one_is_not_passed() -> None:
    person = offered(jonas(), request(0))
    told = []
    for no in range(1, RULES.passed_over + 3):
        command = OfferTask(stream_id=person.id, actor="s", task=request(no, 50, no))
        decision = accepted(inbox.offer(person, command, context()))
        told += [e.body["of"] for e in decision.effects if isinstance(e, Tell) and e.command == "ComeLater"]
        person = after(person, decision)
    assert told == DEALS[1 : RULES.passed_over + 1]


def acted(person: Person, step: int, no: int, act: str, now: datetime) -> Person:
    """A request is offered, closed, or its deal becomes critical, or is so no more."""
    if act in ("ordinary", "critical"):
        return offered(person, request(100 + step, 50 if act == "critical" else 0, no), now)
    if not person.open:
        return person
    task_id = person.open[no % len(person.open)].task.id
    if act == "close":
        closes = CloseTask(stream_id=person.id, actor="s", task_id=task_id)
        return after(person, inbox.close(person, closes, context(now)))
    ranks = RankTask(stream_id=person.id, actor="s", task_id=task_id, priority=50 if act == "rank" else 0)
    return after(person, ranking.rank(person, ranks, context(now)))


ACTS = st.sampled_from(["ordinary", "critical", "rank", "unrank", "close"])


@given(st.lists(st.tuples(st.integers(0, 7), ACTS)))
def test_no_ordinary_request_waits_beyond_its_protection(acts: list[tuple[int, str]]) -> None:
    """How often critical ones ever stood before it, each time that they came to do so, is within the playbook's."""
    person, now = jonas(), MONDAY
    before, times = dict[str, set[str]](), Counter[str]()
    for step, (no, act) in enumerate(acts):
        now += timedelta(minutes=30)
        person = acted(person, step, no, act, now)
        ordered = order(person.open, now, BERLIN, RULES)
        assert ordered == order(tuple(reversed(person.open)), now, BERLIN, RULES)
        for at, item in enumerate(ordered):
            if item.task.priority:
                before.pop(item.task.id, None)
                times.pop(item.task.id, None)
                continue
            ahead = {o.task.id for o in ordered[:at] if o.task.priority and o.task.deal != item.task.deal}
            times[item.task.id] += len(ahead - before.get(item.task.id, set()))
            before[item.task.id] = ahead
            assert times[item.task.id] <= RULES.passed_over
            assert not (ahead and business_minutes(item.at, now, BERLIN) >= RULES.waits_hours * 60)


def test_a_critical_request_waits_for_no_bundle_but_for_the_night_and_takes_few_beyond_the_budget() -> None:
    digest = jonas(SettingsChanged(preferences=Preferences(door="digest"), at=MONDAY))
    assert routing.route(digest, request(1), MONDAY, playbook()).way == "bundle"
    assert routing.route(digest, request(1, 50), MONDAY, playbook()).way == "message"
    night = MONDAY + timedelta(hours=11)
    assert routing.route(digest, request(1, 50), night, playbook()).why == "quiet.hours"
    loud = jonas(SettingsChanged(preferences=Preferences(critical_breaks_quiet=True), at=MONDAY))
    assert routing.route(loud, request(1, 50), night, playbook()).why == "critical.allowed"
    assert routing.route(jonas(), request(1, 50), night, playbook()).way == "bundle"
    spent, most = jonas(SettingsChanged(preferences=Preferences(per_day=1), at=MONDAY)), RULES.beyond_budget
    for no in range(most + 3):
        spent = offered(spent, request(no, 50, no))
    sent = [each for each in spent.inbox if not any(h.task_id == each.task.id for h in spent.delivery.held)]
    assert len(sent) == 1 + most


def test_what_was_held_for_a_bundle_is_told_when_its_deal_becomes_critical() -> None:
    held = offered(jonas(SettingsChanged(preferences=Preferences(door="digest"), at=MONDAY)), request(1))
    assert [h.task_id for h in held.delivery.held] == ["t1"]
    command = RankTask(stream_id=held.id, actor="s", task_id="t1", priority=50)
    decision = accepted(ranking.rank(held, command, context()))
    assert PostTask(task_id="t1") in decision.effects
    assert after(held, decision).delivery.held == ()


def asked(no: int, given: bool, in_time: bool | None, won: bool = False) -> Asked:
    at = MONDAY if given else None
    left = MONDAY + timedelta(hours=2) if given else None
    return Asked(f"d{no}", 1, MONDAY, at, left, MONDAY, MONDAY + timedelta(hours=1 + no), in_time, won, 1, 0)


def decided(stream: str, minutes: int, hours: float) -> Decision:
    at = MONDAY + timedelta(hours=hours)
    told: dict[str, Any] = dict(no=1, rule="r", role="finance", asked="a", person="a", way="own", moved="", lent="")
    told |= dict(asked_at=at, at=at, minutes=minutes, expected=0, low=0, high=0, yes=True, until_on=None)
    return Decision(stream_id=stream, **told)


def test_with_and_without_priority_and_the_others_meanwhile_are_counted_apart() -> None:
    rules = RULES.model_copy(update={"least": 2})
    rows = [asked(1, True, True, won=True), asked(2, True, False), asked(3, False, False), asked(4, False, None)]
    decisions = [decided("o1", 60, 0), decided("o2", 120, 1.99), decided("o3", 45, 2), decided("o4", 45, 3)]
    of = worth(rows, {"d2"}, [*decisions, decided("d1", 1, 1)], BERLIN, rules)
    assert (of.with_priority.deals, of.with_priority.in_time.yes, of.with_priority.in_time.of) == (2, 1, 2)
    assert (of.with_priority.won.yes, of.with_priority.won.of) == (1, 2)
    assert (of.without.deals, of.without.in_time.of, of.without.in_time.share) == (2, 1, None)
    assert (of.others_during.minutes, of.others_else.minutes, of.pace) == (90, 45, 0.5)
    assert (of.hands, of.with_priority.took.minutes) == (4, 150)


def test_too_few_say_nothing_and_a_median_has_an_interval() -> None:
    assert share(9, 9, 10).share is None and took(range(9), 10).minutes is None and took([], 1).minutes is None
    assert share(10, 10, 10).share == 1.0
    many = took(range(100), 10)
    assert (many.minutes, many.low, many.high) == (50, 40, 60)
