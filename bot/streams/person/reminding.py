"""How a person is reminded of what waits on her: told, held until she may be disturbed, or put off by herself."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from bot.playbook.reminding import Tone
from bot.streams.decision import Command, Fact
from bot.streams.value import Value


class Reminder(Value):
    """`tells` is what is new to her; the words are made from the deal's facts when it is sent."""

    task_id: str
    tone: Tone
    tells: str


class Remind(Command):
    """The deal asks for it; her own rule decides when."""

    about: Reminder


class SendReminders(Command):
    """A deadline gives it: what was held back may be told now."""


class PutOffReminder(Command):
    """She wants to be reminded on her next morning, and not before."""

    task_id: str


class RecordReminderPosted(Command):
    no: int
    channel: str
    ts: str


class RequestReminded(Fact):
    """`on` is the day on her clock whose budget it takes."""

    kind: Literal["request.reminded"] = "request.reminded"
    no: int
    about: Reminder
    on: date
    at: datetime


class ReminderHeld(Fact):
    """Told at `until`. `by_herself`: she asked for that; until then the deal's own reminders are not told."""

    kind: Literal["reminder.held"] = "reminder.held"
    about: Reminder
    until: datetime
    by_herself: bool = False


class ReminderPosted(Fact):
    kind: Literal["reminder.posted"] = "reminder.posted"
    no: int
    channel: str
    ts: str


RemindingFact = RequestReminded | ReminderHeld | ReminderPosted


@dataclass(frozen=True, slots=True)
class Sent:
    """One message about a request, and where it stands."""

    no: int
    about: Reminder
    on: date
    at: datetime
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Reminding:
    """`sent` are those of requests that still wait; of each request at most one is held."""

    count: int = 0
    on: date | None = None
    that_day: int = 0
    last_at: datetime | None = None
    sent: tuple[Sent, ...] = ()
    held: tuple[ReminderHeld, ...] = ()

    def sent_on(self, day: date) -> int:
        return self.that_day if self.on == day else 0

    def message(self, no: int) -> Sent | None:
        return next((each for each in self.sent if each.no == no), None)

    def about(self, task_id: str) -> tuple[Sent, ...]:
        return tuple(each for each in self.sent if each.about.task_id == task_id)

    def holds(self, task_id: str) -> ReminderHeld | None:
        return next((each for each in self.held if each.about.task_id == task_id), None)


def apply(state: Reminding, fact: RemindingFact) -> Reminding:
    match fact:
        case RequestReminded():
            sent = Sent(fact.no, fact.about, fact.on, fact.at)
            told = replace(state, count=fact.no, on=fact.on, that_day=state.sent_on(fact.on) + 1, last_at=fact.at)
            left = tuple(each for each in _without(state, fact.about.task_id) if each.until > fact.at)
            return replace(told, sent=(*state.sent, sent), held=left)
        case ReminderHeld():
            return replace(state, held=(*_without(state, fact.about.task_id), fact))
        case ReminderPosted():
            placed = (replace(s, channel=fact.channel, ts=fact.ts) if s.no == fact.no else s for s in state.sent)
            return replace(state, sent=tuple(placed))
        case _:
            assert_never(fact)


def drop(state: Reminding, task_id: str) -> Reminding:
    """Nobody is reminded of what no longer waits; what was posted is still found, to be made anew."""
    return replace(state, held=_without(state, task_id))


def _without(state: Reminding, task_id: str) -> tuple[ReminderHeld, ...]:
    return tuple(each for each in state.held if each.about.task_id != task_id)
