"""How somebody is reminded of a request: when, how often, and of what."""

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Percent, Section

Tone = Literal["gentle", "firm", "last"]
Tells = Literal["waits", "others", "date", "instead"]


class Reminders(Section):
    """Shares are of the time that the request has. `tells`: what each tells of, the first that is new; `explore` is
    the share of reminders that try what was tried the least."""

    first_from: Percent
    first_until: Percent
    firm_at: Percent
    last_at: Percent
    apart_minutes: int = Field(gt=0, le=1_440)
    tells: tuple[Tells, ...] = Field(min_length=1)
    acted_minutes: int = Field(gt=0, le=1_440)
    least: int = Field(gt=0, le=10_000)
    explore: Percent = Field(ge=1_000)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.first_from <= self.first_until < self.firm_at < self.last_at < 10_000:
            raise ValueError(
                "reminders do not rise. Fix: first_from, first_until, firm_at, last_at, each later, below 100%"
            )
        return self
