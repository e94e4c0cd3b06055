"""Whose yes a deal needs: the policy's rules, when they wait for each other, and what goes through by itself."""

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.playbook.conditions import Condition
from bot.playbook.section import Amounts, Days, Hours, Key, Percent, Section, Text

ApprovalKind = Literal["discount", "payment", "legal", "credit", "amount", "region", "margin", "compliance"]


class ApprovalRule(Section):
    """`line` is what people see: heading, line number, colon, what it says. `role` decides, `quorum` different people
    of it. It waits for the rules of `after`. Nobody decides it well in less than `look_minutes`. `evidence` is what
    the decider must have in front of her."""

    id: Key
    title: Text
    kind: ApprovalKind
    line: Text
    when: tuple[Condition, ...] = Field(min_length=1)
    role: Key
    deadline_hours: Hours
    quorum: int = Field(default=1, ge=1, le=5)
    after: tuple[Key, ...] = ()
    look_minutes: int = Field(default=2, ge=1, le=480)
    evidence: tuple[Text, ...] = ()

    @property
    def cite(self) -> str:
        return self.line.partition(":")[0]


class Batch(Section):
    """Small equal requests of one person, from `least` on and each up to the amount, are decided in one form."""

    least: int = Field(ge=2, le=10)
    up_to: Amounts


class Complexity(Section):
    """Points of each line, legal entity and currency beyond the first, and of each clause that is not as we prefer."""

    line: int = Field(ge=0, le=100)
    entity: int = Field(ge=0, le=100)
    currency: int = Field(ge=0, le=100)
    deviation: int = Field(ge=0, le=100)


class HighRisk(Section):
    """Where `when` holds, everybody decides after everybody before, and looks long enough."""

    line: Text
    when: tuple[Condition, ...] = Field(min_length=1)


class AutoLane(Section):
    """Where `when` holds, requests of these kinds are granted by the policy itself, and shown as that."""

    id: Key
    line: Text
    kinds: frozenset[ApprovalKind] = Field(min_length=1)
    when: tuple[Condition, ...] = Field(min_length=1)


class Pacing(Section):
    """How long a decision takes before there is a record of it: this share of the time it is given. The record counts
    as much as the share once it has `trust_after` decisions. `spread` is how far times lie apart before we know: 100%
    is a factor of about 2.7 around the middle."""

    share_of_deadline: Percent
    trust_after: int = Field(gt=0, le=100)
    spread: Percent


class Urgent(Section):
    """A deal that is to close in fewer than `days` gives this share of the time; then the next who may is asked."""

    days: Days
    share_of_deadline: Percent


class Workload(Section):
    """What the forecast of each approver's work looks back on; with fewer decisions it says nothing. One in
    `ask_every` closed requests asks whether it was clear."""

    weeks_back: int = Field(gt=0, le=52)
    least_decisions: int = Field(gt=0, le=1_000)
    ask_every: int = Field(gt=0, le=1_000)


class Approvals(Section):
    """Asked in this order. Of the rules of kind discount or payment, the tiers must meet each other. Who says yes to
    more than `typed_above` types the total."""

    margin_floor: Percent
    complexity: Complexity
    pacing: Pacing
    urgent: Urgent
    typed_above: Amounts = {}
    batch: Batch | None = None
    workload: Workload
    high_risk: tuple[HighRisk, ...] = ()
    auto: tuple[AutoLane, ...] = ()
    rules: tuple[ApprovalRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"rules: id {', '.join(twice)} stands twice. Fix: give each rule its own id")
        return self

    def rule(self, rule_id: str) -> ApprovalRule | None:
        return next((rule for rule in self.rules if rule.id == rule_id), None)
