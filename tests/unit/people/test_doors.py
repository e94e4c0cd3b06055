"""By which door a person is told: her own choice always, urgent ones as a message, and what came of each; and codes."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agents.people import coding, inbox
from bot.streams.decision import Accept, Context, Decision, Refuse
from bot.streams.effects import MailRequests, PostTask
from bot.streams.money import Money
from bot.streams.person.codes import AskCode, CodeGiven, TryCode, UseCode
from bot.streams.person.delivery import TaskRouted
from bot.streams.person.doors import RequestAnswered
from bot.streams.person.person import CloseTask, OfferTask, Person, TaskOffered
from bot.streams.person.settings import Preferences, SettingsChanged
from tests.unit.people.somebody import JONAS, MONDAY, accepted, after, jonas, playbook, task

RULES, SMALL, LARGE = playbook().doors, Money(minor=100_00, currency="EUR"), Money(minor=5_000_001, currency="EUR")
CODE = RULES.code
OTHER = "T07LARK:U07KOFI0001"


def now(when: datetime = MONDAY) -> Context:
    made = count(1)
    ids = (f"01JD8Z{no:020d}" for no in made)
    return Context(now=when, playbook=playbook(), mint=ids)


def chose(door: str | None) -> Person:
    return jonas(SettingsChanged(preferences=Preferences.model_validate({"door": door}), at=MONDAY))


def offer(person: Person, number: int, left: int = 480, worth: Money | None = SMALL, when: datetime = MONDAY) -> Accept:
    """`left`: business minutes; from 11:00 in Hamburg on, the day has 390 of them."""
    due = when + (timedelta(minutes=left) if left <= 390 else timedelta(days=3))
    asked = task(number).model_copy(update={"worth": worth, "by_when": due})
    return accepted(inbox.offer(person, OfferTask(stream_id=person.id, actor="system", task=asked), now(when)))


def routed(decision: Accept) -> TaskRouted:
    return next(fact for fact in decision.facts if isinstance(fact, TaskRouted))


def close(person: Person, number: int, minutes: int, by: str = JONAS, door: str = "slack") -> tuple[Person, list[str]]:
    command = CloseTask.model_validate(
        {"stream_id": person.id, "actor": "system", "task_id": f"t{number}", "by": by, "door": door}
    )
    decision = accepted(inbox.close(person, command, now(MONDAY + timedelta(minutes=minutes))))
    return after(person, decision), [fact.how for fact in decision.facts if isinstance(fact, RequestAnswered)]


def known(message: int, mail: int) -> Person:
    """Who chose nothing, and decided `least` requests by each door after so many minutes."""
    person, number = jonas(), 0
    for door, minutes in (("message", message), ("mail", mail)):
        for _ in range(RULES.least):
            number += 1
            told = after(person, Accept((TaskOffered(task=task(number), at=MONDAY),)))
            fact = TaskRouted.model_validate(
                {"task_id": f"t{number}", "way": "message", "why": "now", "on": "2026-11-13"}
                | {"doors": [door], "chose": "preference", "at": MONDAY}
            )
            person, _how = close(
                after(told, Accept((fact,))), number, minutes, door="mail" if door == "mail" else "slack"
            )
    return person


def test_who_chose_nothing_is_told_by_the_door_through_which_she_decides_sooner() -> None:
    assert routed(offer(known(60, 5), 99)).doors == ("mail",)
    assert routed(offer(known(5, 60), 99)).doors == ("message",)
    decision = offer(known(60, 5), 99)
    assert decision.effects[-1] == MailRequests(tasks=("t99",))


@pytest.mark.parametrize(("worth", "doors", "why"), [(LARGE, ("message",), "only"), (None, ("message",), "only")])
def test_what_may_not_be_decided_by_mail_does_not_come_by_mail_unasked(worth: Any, doors: Any, why: str) -> None:
    told = routed(offer(known(60, 5), 99, worth=worth))
    assert (told.doors, told.chose) == (doors, why)


@pytest.mark.parametrize(
    ("door", "left", "doors", "why"),
    [
        (None, 119, ("message",), "urgent"),
        (None, 120, ("mail",), "quickest"),
        ("mail", 119, ("mail", "message"), "preference"),
        ("mail", 120, ("mail",), "preference"),
        ("message", 119, ("message",), "preference"),
    ],
)
def test_what_is_urgent_comes_as_a_message_too(door: Any, left: int, doors: Any, why: str) -> None:
    person = after(known(60, 5), Accept((SettingsChanged(preferences=Preferences(door=door), at=MONDAY),)))
    told = routed(offer(person, 99, left))
    assert (told.doors, told.chose) == (doors, why)
    if len(doors) == 2:
        assert offer(person, 99, left).effects == (MailRequests(tasks=("t99",)), PostTask(task_id="t99"))


@given(
    st.sampled_from(["message", "mail", "home", "digest"]),
    st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=40),
)
def test_her_own_choice_is_always_kept(door: str, past: list[tuple[int, bool]]) -> None:
    person = chose(door)
    for number, (minutes, hers) in enumerate(past, 1):
        decision = offer(person, number)
        told = routed(decision)
        expected = {"home": (), "digest": ()}.get(door, (door,))
        assert (told.doors, told.way) == (expected, {"home": "home", "digest": "bundle"}.get(door, told.way))
        assert told.chose in ("preference", "")
        person, _how = close(after(person, decision), number, minutes, JONAS if hers else OTHER)
        person = after(person, Accept((SettingsChanged(preferences=person.wishes.preferences, at=MONDAY),)))
        if person.delivery.sent_on(MONDAY.date()) >= playbook().notifications.per_day:
            return  # the day's budget is spent: what comes is held


@pytest.mark.parametrize(
    ("minutes", "by", "how"),
    [
        (10, JONAS, "acted"),
        (600, JONAS, "acted"),
        (119, OTHER, "overtaken"),
        (120, OTHER, "missed"),
        (120, "", "missed"),
    ],
)
def test_what_came_of_a_notification(minutes: int, by: str, how: str) -> None:
    person = after(chose("message"), offer(chose("message"), 1, 120))
    person, told = close(person, 1, minutes, by)
    assert told == [how]
    assert person.doors.sent[0].how == how
    assert person.doors.waiting("t1") == ()


def test_by_two_doors_it_counts_for_the_one_she_came_by() -> None:
    person = after(chose("mail"), offer(chose("mail"), 1, 60))
    assert close(person, 1, 5, door="mail")[1] == ["acted", "overtaken"]
    assert close(person, 1, 5, door="slack")[1] == ["overtaken", "acted"]


def test_what_is_held_counts_when_it_is_told() -> None:
    evening = MONDAY + timedelta(hours=10)
    held = after(jonas(), offer(jonas(), 1, when=evening))
    assert held.doors.sent == ()


def mailed() -> Person:
    return after(chose("mail"), offer(chose("mail"), 1))


def ask(person: Person, when: datetime) -> Decision:
    return coding.ask(person, AskCode(stream_id=person.id, actor="reader:mail", task_id="t1"), now(when))


def coded(person: Person, times: int, when: datetime = MONDAY, name: str = "A") -> Person:
    for no in range(times):
        given = CodeGiven(code=f"{name}{no}", task_id="t1", seen="", at=when, until=when + CODE.lasts)
        person = after(person, Accept((given,)))
    return person


def test_codes_are_few() -> None:
    person = coded(mailed(), CODE.per_hour)
    assert ask(person, MONDAY + timedelta(minutes=59)) == Refuse("code.too_many")
    assert isinstance(ask(person, MONDAY + timedelta(minutes=60)), Accept)
    assert isinstance(ask(coded(mailed(), CODE.per_hour - 1), MONDAY), Accept)
    whole = coded(mailed(), CODE.per_request)
    assert ask(whole, MONDAY + timedelta(days=2)) == Refuse("code.too_many")


def test_no_code_for_what_is_closed_or_too_large() -> None:
    closed, _ = close(mailed(), 1, 5)
    assert ask(closed, MONDAY) == Refuse("request.closed")
    large = after(chose("mail"), offer(chose("mail"), 1, worth=LARGE))
    assert ask(large, MONDAY) == Refuse("approval.not_by_mail")


def attempt(person: Person, name: str, when: datetime = MONDAY) -> Decision:
    return coding.take(person, TryCode(stream_id=person.id, actor="reader:mail", task_id="t1", code=name), now(when))


def use(person: Person, name: str, when: datetime = MONDAY, actor: str = JONAS, seen: str = "") -> Decision:
    return coding.use(person, UseCode(stream_id=person.id, actor=actor, task_id="t1", code=name, seen=seen), now(when))


def test_a_code_is_tried_so_often_and_no_more() -> None:
    person = coded(mailed(), 1)
    for _ in range(CODE.tries):
        person = after(person, attempt(person, "A0"))
    assert attempt(person, "A0") == Refuse("code.spent")


def test_only_the_newest_works_and_once_and_for_its_minutes_alone() -> None:
    person = coded(mailed(), 2)
    assert attempt(person, "A0") == Refuse("code.none")
    assert use(person, "A0") == Refuse("code.used")
    last = MONDAY + CODE.lasts
    assert isinstance(attempt(person, "A1", last - timedelta(seconds=1)), Accept)
    assert attempt(person, "A1", last) == Refuse("code.expired")
    assert use(person, "A1", last) == Refuse("code.expired")
    assert use(person, "A1", actor=OTHER) == Refuse("settings.not_yours")
    assert use(person, "A1", seen="another package") == Refuse("request.closed")
    used = after(person, use(person, "A1"))
    assert use(used, "A1") == Refuse("code.used")
    assert attempt(used, "A1") == Refuse("code.used")
