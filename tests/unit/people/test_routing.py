"""A person's inbox rule: boundaries of her quiet hours and her budget, and two laws over any run of days."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.agents.people import inbox, routing
from bot.figures.quiet import next_morning, quiet_until
from bot.streams.decision import Accept, Deadline, Refuse
from bot.streams.effects import MailRequests, PostBundle, PostTask, Tell
from bot.streams.person.delivery import OpenRequests, SendBundle, TaskRouted
from bot.streams.person.person import CloseTask, OfferTask, Person
from bot.streams.person.settings import AwaySaid, Preferences, SettingsChanged
from tests.unit.people.somebody import JONAS, MONDAY, accepted, after, context, jonas, playbook, task

HAMBURG = playbook().calendar_of("Europe/Berlin")
NIGHT = time(19), time(8)


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Of November 2026, on Hamburg's winter clock."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=1)


def here(when: datetime) -> datetime:
    return routing.moment(jonas(), when, playbook()).at


def chose(**own: Any) -> Person:
    return jonas(SettingsChanged(preferences=Preferences(**own), at=MONDAY))


def offer(person: Person, number: int, when: datetime, kind: str = "approval") -> Accept:
    command = OfferTask(stream_id=person.id, actor="system", task=task(number, kind))
    return accepted(inbox.offer(person, command, context(when)))


def route(person: Person, when: datetime, kind: str = "approval") -> TaskRouted:
    return next(f for f in offer(person, 99, when, kind).facts if isinstance(f, TaskRouted))


@pytest.mark.parametrize(
    ("when", "ends"),
    [
        (at(16, 18, 59, 59), None),
        (at(16, 19), at(17, 8)),
        (at(17, 7, 59, 59), at(17, 8)),
        (at(17, 8), None),
        (at(20, 18, 59, 59), None),  # a Friday
        (at(20, 19), at(23, 8)),
        (at(21, 12), at(23, 8)),  # a Saturday
    ],
)
def test_the_night_and_the_free_days_are_quiet(when: datetime, ends: datetime | None) -> None:
    assert quiet_until(here(when), *NIGHT, HAMBURG) == ends


@pytest.mark.parametrize(("hour", "ends"), [(11, None), (12, at(16, 13)), (13, None)])
def test_quiet_hours_within_a_day(hour: int, ends: datetime | None) -> None:
    assert quiet_until(here(at(16, hour)), time(12), time(13), HAMBURG) == ends


def test_a_holiday_is_quiet() -> None:
    christmas = datetime(2026, 12, 25, 10, tzinfo=UTC)  # a Friday; the 26th and 27th are free as well
    assert next_morning(here(christmas), *NIGHT, HAMBURG) == datetime(2026, 12, 28, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "kind", "when", "way", "why"),
    [
        ({}, "approval", at(16, 11), "message", "now"),
        ({}, "approval", at(16, 20), "bundle", "quiet.hours"),
        ({}, "signing_stopped", at(16, 20), "bundle", "quiet.hours"),
        ({"critical_breaks_quiet": True}, "signing_stopped", at(16, 20), "message", "critical.allowed"),
        ({"critical_breaks_quiet": True}, "approval", at(16, 20), "bundle", "quiet.hours"),
        ({"door": "home"}, "signing_stopped", at(16, 11), "home", "home.chosen"),
        ({"door": "digest"}, "approval", at(16, 11), "bundle", "digest.chosen"),
        ({"door": "mail"}, "approval", at(16, 11), "message", "now"),
        ({"quiet_from": time(11)}, "approval", at(16, 11), "bundle", "quiet.hours"),
    ],
)
def test_now_bundled_digest_or_silence(own: dict[str, Any], kind: str, when: datetime, way: str, why: str) -> None:
    routed = route(chose(**own), when, kind)
    assert (routed.way, routed.why) == (way, why)


@pytest.mark.parametrize(("hour", "until"), [(11, at(16, 16)), (17, at(17, 16))])
def test_the_daily_one_comes_at_its_hour(hour: int, until: datetime) -> None:
    assert route(chose(door="digest"), at(16, hour)).until == until


@pytest.mark.parametrize(("sent", "way"), [(0, "message"), (2, "message"), (3, "bundle")])
def test_the_budget_of_a_day(sent: int, way: str) -> None:
    person = chose(per_day=3)
    for number in range(sent):
        person = after(person, offer(person, number, at(16, 11)))
    routed = route(person, at(16, 12))
    assert routed.way == way
    assert routed.until == (at(17, 8) if way == "bundle" else None)
    assert route(person, at(17, 9)).way == "message"


def test_who_chose_mail_gets_mail() -> None:
    assert MailRequests(tasks=("t1",)) in offer(chose(door="mail"), 1, at(16, 11)).effects


def bundle(person: Person, when: datetime) -> Any:
    return routing.send_bundle(person, SendBundle(stream_id=person.id, actor="system"), context(when))


def held(*numbers: int) -> Person:
    person = jonas()
    for number in numbers:
        person = after(person, offer(person, number, at(16, 20)))
    return person


def close(person: Person, number: int) -> Person:
    command = CloseTask(stream_id=person.id, actor="system", task_id=f"t{number}")
    return after(person, inbox.close(person, command, context(at(16, 22))))


def test_at_the_end_of_quiet_hours_what_still_waits_comes_in_one() -> None:
    sent = bundle(close(held(1, 2, 3), 2), at(17, 8))
    assert sent.effects == (PostBundle(bundle=1),)
    assert sent.facts[0].tasks == ("t1", "t3")


def test_all_decided_meanwhile_is_no_message() -> None:
    assert bundle(close(held(1), 1), at(17, 8)) == Accept(())


def test_a_bundle_is_not_sent_into_quiet_hours_that_were_changed() -> None:
    person = after(held(1), Accept((SettingsChanged(preferences=Preferences(quiet_until=time(10)), at=MONDAY),)))
    waits = bundle(person, at(17, 8))
    assert waits.effects == ()
    assert [d.due_at for d in waits.deadlines] == [at(17, 10)]


def test_she_opens_what_she_wants_and_nobody_else_does() -> None:
    person = after(held(1, 2), bundle(held(1, 2), at(17, 8)))
    first = OpenRequests(stream_id=person.id, actor=JONAS, bundle=1, most=1)
    assert accepted(routing.open_requests(person, first, context())).effects == (PostTask(task_id="t1"),)
    other = first.model_copy(update={"actor": "T07LARK:U07KOFI0001"})
    assert routing.open_requests(person, other, context()) == Refuse("settings.not_yours")
    stale = first.model_copy(update={"bundle": 7})
    assert routing.open_requests(person, stale, context()) == Refuse("command.stale")


def test_who_is_away_is_not_disturbed_and_the_deal_asks_the_next() -> None:
    away = jonas(AwaySaid(from_on=MONDAY.date(), until_on=MONDAY.date(), at=MONDAY))
    answered = offer(away, 1, at(16, 11))
    assert [e.body["away"] for e in answered.effects if isinstance(e, Tell)] == [True]
    assert not [e for e in answered.effects if isinstance(e, PostTask)]
    again = OfferTask(stream_id=away.id, actor="system", task=task(1), only_you=True)
    told = accepted(inbox.offer(after(away, answered), again, context(at(16, 12))))
    assert told.effects == (PostTask(task_id="t1"),)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("offer"), st.sampled_from(["approval", "signing_stopped", "handoff"])),
        st.tuples(st.just("close"), st.integers(0, 20)),
        st.tuples(st.just("wait"), st.integers(1, 60 * 30)),
        st.tuples(
            st.just("choose"),
            st.builds(
                Preferences,
                door=st.sampled_from(["message", "mail", "home", "digest", None]),
                per_day=st.one_of(st.none(), st.integers(1, 3)),
                critical_breaks_quiet=st.booleans(),
                quiet_from=st.sampled_from([None, time(12), time(17)]),
            ),
        ),
    ),
    max_size=40,
)


class Days:
    """A person's days: what is owed to her, and the one deadline that her stream has."""

    def __init__(self) -> None:
        self.person, self.now = jonas(), MONDAY
        self.wake: Deadline | None = None
        self.messages: Counter[object] = Counter()
        self.told: set[str] = set()

    def take(self, decision: Accept) -> None:
        for deadline in decision.deadlines:
            self.wake = deadline
        for effect in decision.effects:
            if isinstance(effect, PostTask | PostBundle | MailRequests):
                self.messages[routing.moment(self.person, self.now, playbook()).at.date()] += 1
        self.person = after(self.person, decision)
        for effect in decision.effects:
            self.told |= {effect.task_id} if isinstance(effect, PostTask) else set()
            self.told |= set(effect.tasks) if isinstance(effect, MailRequests) else set()
            sent = self.person.delivery.bundle
            self.told |= set(sent.tasks) if isinstance(effect, PostBundle) and sent else set()

    def wait(self, minutes: int) -> None:
        end = self.now + timedelta(minutes=minutes)
        while self.wake and self.wake.due_at and self.wake.due_at <= end:
            self.now, self.wake = max(self.now, self.wake.due_at), None
            self.take(accepted(bundle(self.person, self.now)))
        self.now = end

    def do(self, number: int, step: tuple[str, Any]) -> None:
        match step:
            case ("offer", kind):
                self.take(offer(self.person, number, self.now, kind))
            case ("close", which):
                command = CloseTask(stream_id=self.person.id, actor="system", task_id=f"t{which}")
                self.take(accepted(inbox.close(self.person, command, context(self.now))))
            case ("wait", minutes):
                self.wait(minutes)
            case (_, preferences):
                self.take(Accept((SettingsChanged(preferences=preferences, at=self.now),)))


@given(STEPS)
def test_never_above_the_budget_and_nothing_is_dropped(steps: list[tuple[str, Any]]) -> None:
    days, budgets = Days(), [playbook().notifications.per_day]
    for number, step in enumerate(steps):
        budgets += [step[1].per_day or playbook().notifications.per_day] if step[0] == "choose" else []
        days.do(number, step)
    assert max(days.messages.values(), default=0) <= max(budgets)
    waiting = {item.task.id for item in days.person.open}
    held = {r.task_id for r in days.person.delivery.held}
    assert held <= waiting
    assert not held or days.wake is not None, "what is held back has a moment at which it is told"
    silent = waiting - days.told - held
    assert not silent or any(s[0] == "choose" and s[1].door == "home" for s in steps), "only who chose Home has silence"
