"""Which deals are critical, how many at once, what that brings, and what protects all others."""

from typing import Self

from pydantic import Field, model_validator

from bot.playbook.conditions import Condition
from bot.playbook.section import Hours, Key, Percent, Section, Text


class CriticalRow(Section):
    """`line` is what people see: heading, line number, colon, what it says."""

    id: Key
    line: Text
    when: tuple[Condition, ...] = Field(min_length=1)
    points: int = Field(gt=0, le=1_000)

    @property
    def says(self) -> str:
        return self.line.partition(": ")[2] or self.line


class Critical(Section):
    """`escalates_at` is a share of a request's time; `passed_over` counts critical requests that went before an
    ordinary one, `waits_hours` are business hours on the clock of who decides."""

    at_most: int = Field(gt=0, le=20)
    marked_points: int = Field(gt=0, le=10_000)
    beyond_budget: int = Field(ge=0, le=20)
    escalates_at: Percent = Field(ge=1_000)
    hands: int = Field(ge=0, le=10)
    hands_below_open: int = Field(gt=0, le=1_000)
    passed_over: int = Field(gt=0, le=100)
    waits_hours: Hours
    least: int = Field(gt=0, le=10_000)
    rows: tuple[CriticalRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        ids = [row.id for row in self.rows]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"rows: id {', '.join(twice)} stands twice. Fix: give each row its own id")
        return self
