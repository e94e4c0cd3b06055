"""From which chance on that all is decided in time somebody is warned, and what lowers it."""

from typing import Self

from pydantic import Field, model_validator

from bot.playbook.section import Key, Percent, Section, Text


class RiskLevel(Section):
    """Reached when the chance is below `below`. `warns`: the rep gets a message; else it is told where one looks."""

    id: Key
    below: Percent = Field(gt=0, le=10_000)
    says: Text
    warns: bool


class Risks(Section):
    """`levels` from the mildest to the worst. `travelling` is the share of working time that is left to who travels;
    `sooner` is the line by which the rep has a second person asked."""

    look_minutes: int = Field(ge=5, le=1_440)
    levels: tuple[RiskLevel, ...] = Field(min_length=1)
    travelling: Percent = Field(ge=0, le=10_000)
    named_from: Percent = Field(gt=0, le=10_000)
    weekday_trust: int = Field(gt=0, le=10_000)
    least: int = Field(gt=0, le=10_000)
    sooner: Text

    @model_validator(mode="after")
    def _worse_and_worse(self) -> Self:
        below = [level.below for level in self.levels]
        if below != sorted(set(below), reverse=True):
            raise ValueError("levels do not get worse. Fix: each below a smaller chance than the one before")
        return self

    def level(self, chance: int) -> str:
        """The worst that the chance, in basis points, reaches; empty when it reaches none."""
        reached = [level.id for level in self.levels if chance < level.below]
        return reached[-1] if reached else ""

    def rank(self, level: str) -> int:
        """0 for none; the worse, the higher."""
        return next((no for no, each in enumerate(self.levels, 1) if each.id == level), 0)

    def says(self, level: str) -> str:
        return next((each.says for each in self.levels if each.id == level), "")

    def warns(self, level: str) -> bool:
        return any(each.warns for each in self.levels if each.id == level)
