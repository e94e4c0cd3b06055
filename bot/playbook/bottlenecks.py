"""What is called a bottleneck, by numbers that are known of a request, and what is done about it by itself."""

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.section import Key, Percent, Section, Text

Sign = Literal[
    "open",
    "beyond_a_day",
    "away_days",
    "may",
    "hers",
    "free",
    "behind",
    "waited",
    "rest",
    "question",
    "unknown",
    "decided",
    "usual_percent",
]
Relief = Literal["reassign", "split", "parallelise", "recommend"]
Does = Literal["override", "draft_again", "answer", "look"]
POLICY, REP = "policy", "rep"  # owners that are no role: who may override it, and whose deal it is
LONGEST_LOOK = 7  # minutes; two of them fit into the fifteen in which a bottleneck is seen


class Bound(Section):
    """Of one number; what is not known holds nothing."""

    sign: Sign
    at_least: int | None = Field(default=None, ge=0, le=100_000)
    at_most: int | None = Field(default=None, ge=0, le=100_000)

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError(f"sign {self.sign} has no bound, or two. Fix: give at_least or at_most")
        return self


class Beside(Section):
    """A rule that may be asked beside others for which it waits: it needs nothing of their result."""

    rule: Key
    needs_nothing_of: tuple[Key, ...] = Field(min_length=1)


class BottleneckClass(Section):
    """`line` is what people see. `cause` and `prevent` in words, with the signs filled in; `without`: how long it would
    wait without its relief. `owner` is asked when no relief helps: at each, or only when it comes again;
    `does` is the button that is put before them."""

    id: Key
    line: Text
    when: tuple[Bound, ...] = Field(min_length=1)
    cause: Text
    relief: Relief
    advice: Text
    owner: Key
    prevent: Text
    without: str = ""
    tells: Literal["each", "monthly"] = "each"
    does: Does = "look"

    @property
    def says(self) -> str:
        return self.line.partition(": ")[2] or self.line


class Bottlenecks(Section):
    """The first class that holds."""

    look_minutes: int = Field(gt=0, le=LONGEST_LOOK)
    usual_a_day: int = Field(gt=0, le=1_000)
    known_from_days: int = Field(gt=0, le=365)
    least_won_minutes: int = Field(ge=0, le=10_080)
    recurring: int = Field(ge=2, le=1_000)
    least: int = Field(gt=0, le=10_000)
    won_from: Percent
    resolved_minutes: int = Field(gt=0, le=10_080)
    beside: tuple[Beside, ...] = ()
    classes: tuple[BottleneckClass, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        ids = [each.id for each in self.classes]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"classes: id {', '.join(twice)} stands twice. Fix: give each class its own id")
        if unsaid := [each.id for each in self.classes if each.relief != "recommend" and not each.without]:
            raise ValueError(f"class {unsaid[0]} has a relief but no without. Fix: say how long it would wait without")
        return self

    def named(self, id: str) -> BottleneckClass | None:
        return next((each for each in self.classes if each.id == id), None)

    def may_run_beside(self, rule: str, earlier: str) -> bool:
        return any(row.rule == rule and earlier in row.needs_nothing_of for row in self.beside)
