"""How a customer's wording is read against the ladder."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.playbook.clauses import RungKey
from bot.playbook.section import Key, Section

MOST = 400  # letters of a pattern


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as wrong:
        raise ValueError(f"{pattern!r} is no regular expression: {wrong}. Fix: correct it") from None
    return pattern


Pattern = Annotated[str, Field(min_length=1, max_length=MOST), AfterValidator(_compiles)]


class Measure(Section):
    """A number in the text decides: up to which (or down to which) it is still the rung."""

    pattern: Pattern
    preferred: int
    first: int
    second: int | None = None
    more_is_worse: bool

    def rung(self, number: int) -> RungKey | None:
        """None below the last one."""
        bounds: tuple[tuple[RungKey, int | None], ...]
        bounds = (("preferred", self.preferred), ("first", self.first), ("second", self.second))
        holds = ((key, number <= at if self.more_is_worse else number >= at) for key, at in bounds if at is not None)
        return next((key for key, enough in holds if enough), None)


class Reading(Section):
    """`rungs` from the last one up: the first that is recognised holds."""

    clause: Key
    about: tuple[Pattern, ...] = Field(min_length=1)
    never: tuple[Pattern, ...]
    rungs: dict[RungKey, tuple[Pattern, ...]]
    measure: Measure | None = None
