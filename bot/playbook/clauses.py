"""The ladder of each clause, and what law says of it."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.conditions import Condition
from bot.playbook.section import Key, Percent, Section, Text

RungKey = Literal["preferred", "first", "second"]
Risk = Literal["low", "medium", "high"]
RISKS: tuple[Risk, ...] = ("low", "medium", "high")


class Rung(Section):
    """`text` stands in the contract, `says` on cards and in papers. `granted_by` is a role; none grants what we prefer.
    Where `when` holds, the deal's own terms have set it."""

    key: RungKey
    says: Text
    text: Text
    risk: Risk
    granted_by: Key | None = None
    when: tuple[Condition, ...] = ()


class Clause(Section):
    """`rungs` from what we prefer downwards; below the last one is `never`. `told_apart`: papers tell the term
    itself; `granted_apart`: other rules of the policy ask for it."""

    key: Key
    title: Text
    never: Text
    told_apart: bool = False
    granted_apart: bool = False
    rungs: tuple[Rung, ...] = Field(min_length=1, max_length=3)

    @model_validator(mode="after")
    def _goes_down(self) -> Self:
        order = ("preferred", "first", "second")[: len(self.rungs)]
        if tuple(rung.key for rung in self.rungs) != order:
            raise ValueError(f"rungs must be {', '.join(order)} in this order. Fix: sort and name them so")
        if bare := [rung.key for rung in self.rungs if (rung.granted_by is None) != (rung.key == "preferred")]:
            raise ValueError(f"granted_by is wrong at {bare[0]}. Fix: give it at each fallback, and not at preferred")
        return self

    def rung(self, key: str) -> Rung | None:
        return next((rung for rung in self.rungs if rung.key == key), None)


class NegotiationRules(Section):
    """`at_least` objections, `objected` of the deals and `accepted` of those who objected: then a rung is offered."""

    at_least: int = Field(gt=0)
    objected: Percent
    accepted: Percent


class MemoRules(Section):
    """Legal, of that `role`, is asked what it makes of the memo from that risk on; it is kept at any."""

    title: Text
    number: Text  # the prefix of its document number, such as LM
    line: Text
    role: Key
    ask_from: Risk


class Regulation(Section):
    """Where `when` holds, the law speaks. It is met by the rung `takes`, by words that the clause `needs`, or by a
    document in the package; a row that names none of these is never met. What is taken `as_of_right` needs no yes."""

    id: Key
    clause: Key
    kind: Literal["forbidden", "required", "risky"]
    says: Text
    source: Text
    as_of: date
    when: tuple[Condition, ...] = Field(min_length=1)
    takes: RungKey | None = None
    as_of_right: bool = False
    needs: tuple[Text, ...] = ()
    document: Key | None = None

    @model_validator(mode="after")
    def _is_met_in_one_way(self) -> Self:
        if sum(map(bool, (self.takes, self.needs, self.document))) > 1:
            raise ValueError("takes, needs and document are given together. Fix: keep one of them")
        return self
