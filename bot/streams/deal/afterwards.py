"""What became of a deal a quarter after the last decision on it, held against each decision."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.streams.decision import Command, Fact

Became = Literal["kept", "churned", "paid_late", "lost", "open"]


class LookBack(Command):
    """A deadline gives it."""


class RecordAfterwards(Command):
    """As Salesforce has it: `ended_on` when the contract ended early, `days_late` of the latest payment."""

    closed: bool
    won: bool
    ended_on: date | None = None
    days_late: int = 0


class AfterwardsSeen(Fact):
    """`decisions` are the numbers, from 1, of those that it speaks for. Open: it is looked at again."""

    kind: Literal["approval.afterwards"] = "approval.afterwards"
    became: Became
    decisions: tuple[int, ...]
    at: datetime


AfterwardsFact = AfterwardsSeen


@dataclass(frozen=True, slots=True)
class Afterwards:
    """The last look, and how many there were."""

    seen: AfterwardsSeen | None = None
    looks: int = 0

    def of(self, no: int) -> Became | Literal[""]:
        """Of the decision with that number; empty when nobody looked yet, or it does not say."""
        return self.seen.became if self.seen is not None and no in self.seen.decisions else ""


def apply(state: Afterwards, fact: AfterwardsFact) -> Afterwards:
    return Afterwards(seen=fact, looks=state.looks + 1)
