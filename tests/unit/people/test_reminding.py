"""No order of events reminds anybody of what is decided, in quiet hours, above her budget, or twice in a moment."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agents.people import inbox, reminding
from bot.agents.people.routing import moment
from bot.streams.effects import MailRequests
from bot.streams.person.person import CloseTask, OfferTask, Person, fold
from bot.streams.person.reminding import PutOffReminder, RecordReminderPosted, Remind, Reminder, SendReminders
from bot.streams.person.settings import Preferences, SettingsChanged
from bot.streams.reminder_effects import PostReminder, RefreshReminder
from tests.unit.people.somebody import JONAS, MONDAY, accepted, context, jonas, playbook, task

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["offer", "close", "remind", "wake", "off", "posted"]),
        st.integers(1, 3),
        st.sampled_from(["gentle", "firm", "last"]),
        st.integers(0, 400),
    ),
    max_size=30,
)


def decided(person: Person, step: tuple[str, int, str, int], now: datetime) -> Any:
    act, number, tone, _ = step
    who: dict[str, Any] = {"stream_id": person.id, "actor": "system"}
    about = Reminder.model_validate({"task_id": f"t{number}", "tone": tone, "tells": "left"})
    match act:
        case "offer":
            return inbox.offer(person, OfferTask(**who, task=task(number)), context(now))
        case "close":
            return inbox.close(person, CloseTask(**who, task_id=f"t{number}"), context(now))
        case "remind":
            return reminding.remind(person, Remind(**who, about=about), context(now))
        case "off":
            mine = {**who, "actor": JONAS}
            return reminding.put_off(person, PutOffReminder(**mine, task_id=f"t{number}"), context(now))
        case "posted":
            told = RecordReminderPosted(**who, no=person.reminding.count, channel="D", ts="1.0")
            return reminding.record_posted(person, told, context(now))
        case _:
            return reminding.send_held(person, SendReminders(**who), context(now))


@settings(max_examples=150)
@given(STEPS, st.integers(1, 4))
def test_the_law_of_reminders(steps: list[tuple[str, int, str, int]], per_day: int) -> None:
    chosen = SettingsChanged(preferences=Preferences(per_day=per_day), at=MONDAY)
    person, now, last = jonas(chosen), MONDAY, None
    for step in steps:
        now += timedelta(minutes=step[3])
        found = decided(person, step, now)
        if not hasattr(found, "effects"):
            continue
        here = moment(person, now, playbook())
        for effect in found.effects:
            if isinstance(effect, PostReminder | MailRequests):
                assert here.quiet is None
                assert person.delivery.sent_on(here.at.date()) + person.reminding.sent_on(here.at.date()) < per_day
                assert last is None or now - last >= timedelta(minutes=45)
                last = now
        facts: Any = found.facts
        for fact in facts:
            if fact.kind == "request.reminded":
                item = person.item(fact.about.task_id)
                assert item is not None and item.closed_at is None
        for deadline in found.deadlines:
            assert deadline.due_at is None or deadline.name != "reminders" or deadline.due_at > now, "a ring"
        person = fold(person, facts)


def test_what_was_posted_after_the_decision_is_made_anew_at_once() -> None:
    person = jonas()
    for act in ("offer", "remind", "close"):
        person = fold(person, accepted(decided(person, (act, 1, "firm", 0), MONDAY)).facts)  # type: ignore[arg-type]
    found = accepted(decided(person, ("posted", 1, "firm", 0), MONDAY))
    assert found.effects == (RefreshReminder(no=1),)


def test_nobody_puts_off_what_is_anothers() -> None:
    person = fold(jonas(), accepted(decided(jonas(), ("offer", 1, "firm", 0), MONDAY)).facts)  # type: ignore[arg-type]
    other = PutOffReminder(stream_id=person.id, actor="T07LARK:U07SAM00001", task_id="t1")
    assert reminding.put_off(person, other, context()).reason == "settings.not_yours"  # type: ignore[union-attr]
