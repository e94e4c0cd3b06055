"""What `countersign approvals plan` reads and writes: a deal as JSON with the people who could decide, and the plan."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from bot.streams.deal.asking import AmountText, DealAsked
from bot.streams.money import Currency
from bot.streams.value import Value


class LentAsked(Value):
    """Authority that somebody lends: to a person's id, or to a group after "group:"."""

    to: str
    from_on: date
    until_on: date
    up_to: dict[Currency, AmountText] = {}


class AwayAsked(Value):
    from_on: date
    until_on: date


class PersonAsked(Value):
    """`groups` are those that the playbook gives roles to; `open` counts what waits on her already."""

    person: Annotated[str, Field(min_length=1, max_length=100)]
    name: str = ""
    groups: frozenset[str]
    time_zone: str = ""
    open: int = Field(default=0, ge=0, le=100_000)
    away: tuple[AwayAsked, ...] = ()
    lends: tuple[LentAsked, ...] = ()


class TookAsked(Value):
    """Earlier decisions of one rule by one person, in business minutes."""

    rule: str
    person: str
    minutes: tuple[Annotated[int, Field(ge=0, le=1_000_000)], ...] = Field(max_length=1_000)


class DealToPlan(DealAsked):
    """Without `people`, one of each role that may decide stands in. Without `at`, it is asked when the default calendar
    opens on the day of the offer. `rep` asks, and decides nothing. `close_on` is when it is to be signed."""

    rep: str = "the rep"
    at: datetime | None = None
    close_on: date | None = None
    people: tuple[PersonAsked, ...] = Field(default=(), max_length=5_000)
    took: tuple[TookAsked, ...] = Field(default=(), max_length=10_000)


class Person(Value):
    person: str
    name: str
    lent_by: tuple[str, ...] = ()


class StepPlanned(Value):
    """`why` is the fact, `line` the policy line. `with_steps` are decided at the same time. Minutes are business
    minutes of who decides, `least_minutes` the shortest look."""

    step: str
    rule: str
    title: str
    role: str
    why: str
    line: str
    after: tuple[str, ...]
    with_steps: tuple[str, ...]
    decides: Person
    in_place_of: str = ""
    stuck: bool = False
    auto: str = ""
    evidence: tuple[str, ...] = ()
    least_minutes: int = 0
    minutes: int = 0
    minutes_low: int = 0
    minutes_high: int = 0
    begins_at: datetime | None = None
    expected_at: datetime | None = None
    early_at: datetime | None = None
    late_at: datetime | None = None
    by_when: datetime | None = None
    alternatives: tuple[Person, ...] = ()


class PlanShown(Value):
    """`critical` are the steps that decide when it ends, in their order. `one_by_one_at` is when it would end if each
    waited for the one before. `fallback` sees to it when nobody may decide a step."""

    needs_approval: bool
    high_risk: str
    urgent: bool
    steps: tuple[StepPlanned, ...]
    critical: tuple[str, ...]
    expected_at: datetime | None
    early_at: datetime | None
    late_at: datetime | None
    one_by_one_at: datetime | None
    fallback: Person | None
