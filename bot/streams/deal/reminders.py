"""Which approver was reminded of what, and when: one new thing each time, never after a decision."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.playbook.reminding import Tone
from bot.streams.decision import Command, Fact


class RemindApprover(Command):
    """A deadline gives it, as long as the request is open."""

    approval: str


class ApproverReminded(Fact):
    """Her own rule decides when she is told. `tells` is what was new to her: a key of the playbook, or "left" for how
    little time is left."""

    kind: Literal["approver.reminded"] = "approver.reminded"
    approval: str
    person: str
    tone: Tone
    tells: str
    at: datetime


ReminderFact = ApproverReminded


@dataclass(frozen=True, slots=True)
class Reminders:
    sent: tuple[ApproverReminded, ...] = ()

    def of(self, approval: str, person: str) -> tuple[ApproverReminded, ...]:
        return tuple(each for each in self.sent if (each.approval, each.person) == (approval, person))


def apply(state: Reminders, fact: ReminderFact) -> Reminders:
    return replace(state, sent=(*state.sent, fact))


def outcomes(
    sent: Iterable[ApproverReminded], decided: Iterable[tuple[str, str, datetime]]
) -> Iterable[tuple[ApproverReminded, int | None]]:
    """Of each reminder, after how many minutes its person decided that very request; None when another reminder came
    before that, somebody else decided, or nobody has. `decided`: request, who, when."""
    every, ends = list(sent), {(approval, person): at for approval, person, at in decided}
    for each in every:
        later = [r.at for r in every if (r.approval, r.person) == (each.approval, each.person) and r.at > each.at]
        end = ends.get((each.approval, each.person))
        own = end is not None and end >= each.at and not any(at <= end for at in later)
        yield each, int((end - each.at).total_seconds()) // 60 if own and end is not None else None
