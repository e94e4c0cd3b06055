"""How a person wants to be told: by which door, when not, how often at most; and when she is away."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any, Literal, assert_never

from pydantic import Field

from bot.playbook.company import Door, Notifications
from bot.streams.decision import Command, Fact
from bot.streams.value import Value

Source = Literal["hand", "slack", "calendar"]


class Preferences(Value):
    """What the person chose herself; None is as the playbook has it. Hours are on her own clock."""

    door: Door | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    per_day: int | None = Field(default=None, gt=0)
    numbers: str | None = None  # a locale such as de_DE: how figures are written
    critical_breaks_quiet: bool | None = None


class ChangeSettings(Command):
    """All of them at once, as the form shows them."""

    preferences: Preferences


class SayAway(Command):
    """From the first to the last day, both away; an `until_on` before `from_on` takes it back."""

    from_on: date
    until_on: date


class LeaveNow(Command):
    """A deadline gives it on the first day of an absence: what waits on the person goes to others."""


class SettingsChanged(Fact):
    kind: Literal["settings.changed"] = "settings.changed"
    preferences: Preferences
    at: datetime


class AwaySaid(Fact):
    """`source`: said by herself, by her status in Slack, or by the company's calendar."""

    kind: Literal["away.said"] = "away.said"
    from_on: date
    until_on: date
    at: datetime
    source: Source = "hand"

    @property
    def holds(self) -> bool:
        """One that ends before it begins takes the one before it back."""
        return self.from_on <= self.until_on


class PresenceSeen(Fact):
    """Read when a request was posted, and at no other time: nobody is watched."""

    kind: Literal["presence.seen"] = "presence.seen"
    active: bool
    at: datetime


SettingsFact = SettingsChanged | AwaySaid | PresenceSeen


@dataclass(frozen=True, slots=True)
class Wishes:
    """`away` (by hand) and `presence` are the newest, `elsewhere` the newest of each other source; who said nothing is
    there."""

    preferences: Preferences = Preferences()
    away: AwaySaid | None = None
    presence: PresenceSeen | None = None
    elsewhere: tuple[AwaySaid, ...] = ()

    @property
    def absences(self) -> tuple[tuple[date, date], ...]:
        said = (*((self.away,) if self.away else ()), *self.elsewhere)
        return tuple((each.from_on, each.until_on) for each in said if each.holds)

    def is_away(self, on: date) -> bool:
        return any(first <= on <= last for first, last in self.absences)

    def said_by(self, source: Source) -> AwaySaid | None:
        return self.away if source == "hand" else next((s for s in self.elsewhere if s.source == source), None)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds: the person's choice, else the playbook's."""

    door: Door
    quiet_from: time
    quiet_until: time
    per_day: int
    numbers: str
    critical_breaks_quiet: bool


def settled(own: Preferences, defaults: Notifications) -> Settings:
    def chosen(name: str) -> Any:
        mine = getattr(own, name)
        return getattr(defaults, name) if mine is None else mine

    return Settings(**{name: chosen(name) for name in Settings.__slots__})


def apply(wishes: Wishes, fact: SettingsFact) -> Wishes:
    match fact:
        case SettingsChanged():
            return replace(wishes, preferences=fact.preferences)
        case AwaySaid(source="hand"):
            return replace(wishes, away=fact)
        case AwaySaid():
            others = tuple(said for said in wishes.elsewhere if said.source != fact.source)
            return replace(wishes, elsewhere=(*others, fact))
        case PresenceSeen():
            return replace(wishes, presence=fact)
        case _:
            assert_never(fact)
