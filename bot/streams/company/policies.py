"""Which approval policy was in force since when, line by line: what a precedent was decided under."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from bot.streams.decision import Fact
from bot.streams.value import Value


class PolicyLine(Value):
    """`line` as people see it, `asks` its conditions, the role and how many of it, in short words."""

    rule: str
    kind: str
    line: str
    asks: str


class PolicyNoted(Fact):
    """In force from `at`, until the next one."""

    kind: Literal["policy.noted"] = "policy.noted"
    digest: str
    lines: tuple[PolicyLine, ...]
    at: datetime

    def line(self, rule: str) -> PolicyLine | None:
        return next((each for each in self.lines if each.rule == rule), None)


def in_force(noted: Iterable[PolicyNoted], at: datetime) -> PolicyNoted | None:
    """None before the first one that is known."""
    return max((each for each in noted if each.at <= at), key=lambda each: each.at, default=None)
