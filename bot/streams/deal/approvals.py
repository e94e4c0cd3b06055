"""Who must say yes to what, and who did."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact
from bot.streams.ids import digest
from bot.streams.value import Value


class Approval(Value):
    """One request. `kind` and `asked` are what it is about ("discount", 2200); `line` the policy line that asks."""

    id: str
    rule: str
    kind: str
    title: str
    line: str
    why: str
    asked: int
    role: str
    person: str
    by_when: datetime
    asked_by: str

    @property
    def subject(self) -> str:
        """A yes holds as long as this stays the same, whatever else changes."""
        return digest(self.rule, self.kind, str(self.asked))


class PlanApprovals(Command):
    version: int


class Approve(Command):
    """`seen` is the hash of the package that was looked at."""

    approval: str
    seen: str


class Reject(Command):
    approval: str
    seen: str
    reason: str = Field(max_length=200)
    yes_if: str = Field(max_length=500)


class AnswerOffer(Command):
    """From a person's stream: the task was taken, or why not. Who is away keeps it when nobody else may."""

    task: str
    taken: bool
    reason: str = ""
    away: bool = False


class ApprovalsPlanned(Fact):
    kind: Literal["approvals.planned"] = "approvals.planned"
    version: int
    approvals: tuple[Approval, ...]
    at: datetime


class ApprovalGranted(Fact):
    """`hash` is of the package that the approver saw."""

    kind: Literal["approval.granted"] = "approval.granted"
    approval: str
    subject: str
    by: str
    at: datetime
    hash: str


class ApprovalRejected(Fact):
    kind: Literal["approval.rejected"] = "approval.rejected"
    approval: str
    by: str
    at: datetime
    hash: str
    reason: str
    yes_if: str


class ApprovalMoved(Fact):
    kind: Literal["approval.moved"] = "approval.moved"
    approval: str
    person: str
    reason: str


ApprovalFact = ApprovalsPlanned | ApprovalGranted | ApprovalRejected | ApprovalMoved


@dataclass(frozen=True, slots=True)
class Approvals:
    """`granted` keeps every yes that was ever given; it counts for an approval of the same subject."""

    planned: ApprovalsPlanned | None = None
    granted: tuple[ApprovalGranted, ...] = ()
    rejected: ApprovalRejected | None = None

    @property
    def asked(self) -> tuple[Approval, ...]:
        return self.planned.approvals if self.planned else ()

    def approval(self, approval_id: str) -> Approval | None:
        return next((a for a in self.asked if a.id == approval_id), None)

    def yes(self, approval: Approval) -> ApprovalGranted | None:
        return next((g for g in reversed(self.granted) if g.subject == approval.subject), None)

    @property
    def open(self) -> tuple[Approval, ...]:
        return tuple(a for a in self.asked if self.yes(a) is None)


def apply(state: Approvals, fact: ApprovalFact) -> Approvals:
    match fact:
        case ApprovalsPlanned():
            return replace(state, planned=fact, rejected=None)
        case ApprovalGranted():
            return replace(state, granted=(*state.granted, fact))
        case ApprovalRejected():
            return replace(state, rejected=fact)
        case ApprovalMoved():
            return replace(state, planned=_moved(state.planned, fact))
        case _:
            assert_never(fact)


def _moved(planned: ApprovalsPlanned | None, fact: ApprovalMoved) -> ApprovalsPlanned | None:
    if planned is None:
        return None
    approvals = tuple(
        a.model_copy(update={"person": fact.person}) if a.id == fact.approval else a for a in planned.approvals
    )
    return planned.model_copy(update={"approvals": approvals})
