"""By which door somebody is told of a request, and what may be decided by mail."""

from datetime import timedelta

from pydantic import Field

from bot.playbook.company import Told
from bot.playbook.section import Amounts, Hours, Percent, Section


class CodeRules(Section):
    """Of what a person types to decide by mail. `tries` are of one code, `per_hour` and `per_request` say how many
    codes are sent."""

    digits: int = Field(ge=6, le=10)
    minutes: int = Field(gt=0, le=60)
    tries: int = Field(gt=0, le=10)
    per_hour: int = Field(gt=0, le=20)
    per_request: int = Field(gt=0, le=20)

    @property
    def lasts(self) -> timedelta:
        return timedelta(minutes=self.minutes)


class Doors(Section):
    """`offered`: in this order while too little is known. Minutes are business minutes on the person's own calendar.
    `explore` is the least share of choices that try another door than the best."""

    offered: tuple[Told, ...] = Field(min_length=1)
    counts_minutes: int = Field(gt=0, le=10_080)
    least: int = Field(gt=0, le=10_000)
    explore: Percent = Field(ge=1_000, le=5_000)
    urgent_minutes: int = Field(ge=0, le=10_080)
    mail_up_to: Amounts
    link_hours: Hours
    code: CodeRules
