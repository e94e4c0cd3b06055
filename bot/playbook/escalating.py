"""What is done about a request that takes too much of its time."""

from typing import Self

from pydantic import Field, model_validator

from bot.playbook.conditions import Condition
from bot.playbook.section import Key, Percent, Section, Text

WHOLE = 10_000


class EscalationRow(Section):
    """`line` is what people see: heading, line number, colon, what it says. `at` is the share of the request's time
    after which somebody else is asked; no `when` holds always."""

    id: Key
    line: Text
    when: tuple[Condition, ...]
    at: Percent = Field(ge=1_000)

    @property
    def says(self) -> str:
        return self.line.partition(": ")[2] or self.line


class Escalations(Section):
    """The first row that holds. The last holds always, so that no request is forgotten."""

    helped_minutes: int = Field(gt=0, le=10_080)
    least: int = Field(gt=0, le=10_000)
    helps_from: Percent
    rows: tuple[EscalationRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _forgets_none(self) -> Self:
        ids = [row.id for row in self.rows]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"rows: id {', '.join(twice)} stands twice. Fix: give each row its own id")
        if self.rows[-1].when:
            raise ValueError(
                f"row {self.rows[-1].id} is the last and has a condition. Fix: end with a row that has none"
            )
        if early := [row.id for row in self.rows[:-1] if not row.when]:
            raise ValueError(f"row {early[0]} always holds, so none after it is used. Fix: make it the last")
        return self

    @property
    def earliest(self) -> int:
        return min(row.at for row in self.rows)
