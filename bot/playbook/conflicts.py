"""What in the wording of a clause breaks the law, whoever wrote it."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.conditions import Condition
from bot.playbook.reading import Pattern
from bot.playbook.section import Key, Section, Text


class Limiting(Section):
    """A sentence that limits has any of `words`; with any of `spares` it makes an exception."""

    words: tuple[Pattern, ...] = Field(min_length=1)
    spares: tuple[Pattern, ...]


class Conflict(Section):
    """Where `when` holds and the clause is there (with `given` in it, if that is told), the law is broken by any of
    `reads`, by any of `bars` in a sentence that limits, or by a lack of any of `needs`; any of `unless` saves it.
    `absent` is broken by a clause that is not there at all, `document` by a document that is not in the package (while
    the one that it goes `beside` is)."""

    id: Key
    clause: Key
    kind: Literal["forbidden", "required", "risky"]
    says: Text
    source: Text
    as_of: date
    when: tuple[Condition, ...] = ()
    given: tuple[Pattern, ...] = ()
    reads: tuple[Pattern, ...] = ()
    bars: tuple[Pattern, ...] = ()
    needs: tuple[Pattern, ...] = ()
    unless: tuple[Pattern, ...] = ()
    absent: bool = False
    document: Key | None = None
    beside: Key | None = None

    @model_validator(mode="after")
    def _can_be_broken(self) -> Self:
        if not (self.reads or self.bars or self.needs or self.absent or self.document):
            raise ValueError("nothing breaks it. Fix: give reads, bars, needs, absent or document")
        return self
