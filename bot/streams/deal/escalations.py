"""Which requests went beyond who was asked first, by which row of the playbook, to whom, and with what effect."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.streams.decision import Fact


class ApprovalEscalated(Fact):
    """`to` is asked beside `before`, who keeps her right; empty when nobody else may: then `owner` is told. `level`
    counts those of this request, `until` is when the next one is looked at. `used` of the `whole` business minutes were
    over."""

    kind: Literal["approval.escalated"] = "approval.escalated"
    approval: str
    row: str
    line: str
    level: int
    before: str
    to: str = ""
    owner: str = ""
    used: int
    whole: int
    at: datetime
    until: datetime | None = None


EscalationFact = ApprovalEscalated


@dataclass(frozen=True, slots=True)
class Escalations:
    made: tuple[ApprovalEscalated, ...] = ()

    def of(self, approval: str) -> tuple[ApprovalEscalated, ...]:
        return tuple(each for each in self.made if each.approval == approval)

    def told(self, approval: str) -> str:
        """The owner who knows of it; nobody when it did not come so far."""
        return next((each.owner for each in self.of(approval) if each.owner), "")


def apply(state: Escalations, fact: EscalationFact) -> Escalations:
    return replace(state, made=(*state.made, fact))


def outcomes(
    made: Iterable[ApprovalEscalated], decided: Iterable[tuple[str, str, datetime]]
) -> Iterable[tuple[ApprovalEscalated, int | None, str]]:
    """Of each, after how many minutes that very request was decided, and by whom; None: not yet. `decided`: request,
    who, when; of each request the last."""
    ends = {approval: (who, at) for approval, who, at in decided}
    for each in made:
        who, at = ends.get(each.approval, ("", None))
        known = at is not None and at >= each.at
        yield each, int((at - each.at).total_seconds()) // 60 if known and at else None, who if known else ""
