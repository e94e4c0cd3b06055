"""A person is asked how an approval was rarely, never when it disturbs, and says it once."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.agents.approvals.feedback import sampled
from bot.agents.people import feedback, inbox
from bot.agents.people.routing import moment, spent
from bot.streams.deal.deal import Deal
from bot.streams.decision import NOTHING, Accept, Refuse
from bot.streams.person.feedback import AddWords, AskFeedback, FeedbackAsked, GiveFeedback, NameFriction, Question
from bot.streams.person.person import CloseTask, OfferTask, Person, TaskClosed, TaskOffered
from bot.streams.person.settings import AwaySaid, Preferences, SettingsChanged
from tests.unit.people.somebody import JONAS, MONDAY, accepted, after, context, jonas, playbook, task

RULES = playbook().feedback
APART = timedelta(days=RULES.apart_days)


def deal(number: int) -> str:
    return f"deal:01JD8Z0000000000000000000{number}"


def question(number: int = 1) -> AskFeedback:
    about = Question(
        deal=deal(number), approval="1-discount", rule="discount-vp", title="Discount", role="sales-vp", side="approver"
    )
    return AskFeedback(stream_id="person:01JD8Z00000000000000000001", actor="system", about=about)


def asks(person: Person, number: int = 1, at: Any = MONDAY) -> bool:
    return feedback.ask(person, question(number), context(at)) != NOTHING


def was_asked(*facts: Any) -> Person:
    person = jonas(*facts)
    return after(person, feedback.ask(person, question(), context()))


def says(person: Person, kind: Any, actor: str = JONAS, **told: Any) -> Any:
    command = kind(stream_id=person.id, actor=actor, no=1, **told)
    rules: dict[Any, Any] = {
        GiveFeedback: feedback.give,
        NameFriction: feedback.name_friction,
        AddWords: feedback.add_words,
    }
    return rules[kind](person, command, context())


def wants(**change: Any) -> SettingsChanged:
    notifications = playbook().notifications
    mine = {
        "door": "message",
        "quiet_from": notifications.quiet_from,
        "quiet_until": notifications.quiet_until,
        "per_day": notifications.per_day,
        "numbers": notifications.numbers,
        "critical_breaks_quiet": False,
    }
    return SettingsChanged(preferences=Preferences.model_validate(mine | change), at=MONDAY)


def test_she_is_asked_once_in_so_many_days_and_never_twice_about_a_deal() -> None:
    person = was_asked()
    assert not asks(person, 2, MONDAY + APART - timedelta(minutes=1))
    assert asks(person, 2, MONDAY + APART)
    assert not asks(person, 1, MONDAY + APART)


@pytest.mark.parametrize("door", ["home", "digest", "mail"])
def test_who_wants_no_messages_gets_no_question(door: str) -> None:
    assert not asks(jonas(wants(door=door)))


def test_nobody_is_asked_in_quiet_hours_when_away_or_above_her_budget() -> None:
    assert not asks(jonas(), at=MONDAY + timedelta(hours=12))
    assert not asks(jonas(AwaySaid(from_on=date(2026, 11, 16), until_on=date(2026, 11, 16), at=MONDAY)))
    one = jonas(wants(per_day=1))
    assert asks(one)
    told = after(one, inbox.offer(one, _offer(), context()))
    assert not asks(told)


def test_a_question_takes_one_of_the_days_messages() -> None:
    person = was_asked(wants(per_day=1))
    assert spent(person, moment(person, MONDAY, playbook()))
    assert not spent(person, moment(person, MONDAY + timedelta(days=1), playbook()))


def test_whether_it_was_clear_is_not_asked_as_well_nor_of_what_was_withdrawn() -> None:
    offered = TaskOffered(task=task(), at=MONDAY)
    for person, withdrawn, expected in (
        (jonas(offered), False, True),
        (jonas(offered), True, False),
        (was_asked(offered), False, False),
    ):
        command = CloseTask(stream_id=person.id, actor="system", task_id="t1", withdrawn=withdrawn)
        (closed,) = accepted(inbox.close(person, command, context())).facts
        assert isinstance(closed, TaskClosed) and closed.asks == expected


def test_each_tap_counts_once_and_in_order_and_is_hers_alone() -> None:
    person = was_asked()
    assert says(person, NameFriction, friction="waits") == Refuse("command.stale"), "not before the first tap"
    assert says(person, GiveFeedback, actor="T07LARK:U07OTHER", answer="good") == Refuse("settings.not_yours")
    assert says(person, GiveFeedback, answer="splendid") == Refuse("command.stale")
    person = after(person, says(person, GiveFeedback, answer="good"))
    assert says(person, GiveFeedback, answer="bad") == Refuse("command.stale")
    assert says(person, NameFriction, friction="weather") == Refuse("command.stale")
    person = after(person, says(person, NameFriction, friction="waits"))
    assert says(person, NameFriction, friction="money") == Refuse("command.stale")
    assert says(person, AddWords, words="  ") == Refuse("reason.missing", "words")
    person = after(person, says(person, AddWords, words=" too long "))
    assert says(person, AddWords, words="more") == Refuse("command.stale")
    (one,) = person.feedback.asked
    assert (one.answer, one.score, one.friction, one.words) == ("good", 8, "waits", "too long")


def test_a_rep_is_not_offered_what_only_an_approver_knows() -> None:
    person = was_asked()
    fact = FeedbackAsked(no=1, about=question().about.model_copy(update={"side": "rep"}), on=MONDAY.date(), at=MONDAY)
    rep = after(jonas(), Accept((fact,)))
    rep = after(rep, says(rep, GiveFeedback, answer="good"))
    assert says(rep, NameFriction, friction="money") == Refuse("command.stale")
    person = after(person, says(person, GiveFeedback, answer="good"))
    assert says(person, NameFriction, friction="money") != Refuse("command.stale")


@pytest.mark.parametrize(("share", "low", "high"), [(0, 0, 0), (1_000, 70, 130), (10_000, 1_000, 1_000)])
def test_the_sampled_share_is_the_same_whenever_it_is_asked(share: int, low: int, high: int) -> None:
    deals = [Deal(id=f"deal:{no:026}") for no in range(1_000)]
    first = [sampled(each, JONAS, share) for each in deals]
    assert low <= sum(first) <= high
    assert first == [sampled(each, JONAS, share) for each in deals]


def _offer() -> OfferTask:
    return OfferTask(stream_id="person:01JD8Z00000000000000000001", actor="system", task=task())
