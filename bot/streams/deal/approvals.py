"""Who must say yes to what, in which order, and who did: what is asked, what may be told, what happened."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from bot.streams.deal.overrides import OverrideFact
from bot.streams.deal.support import Support
from bot.streams.decision import Command, DecidedBy, Fact
from bot.streams.ids import digest
from bot.streams.money import Money
from bot.streams.value import Value

POLICY = "policy"  # who granted what no person had to look at; a person's id is team:user
Way = Literal["own", "delegated", "policy", "waiver", "exception"]


class Expected(Value):
    """Business minutes, on the clock of who decides; 80% of all times lie from `low` to `high`."""

    minutes: int
    low: int
    high: int


class Approval(Value):
    """One request. `kind` and `asked` are what it is about ("discount", 2200), `content` the hash of all of that;
    `line` the policy line that asks; `after` the requests that are decided first. `auto` is the line that grants it
    without a person; `stuck`: nobody may decide it, and `person` sees to it that somebody can. An
    `urgent` one goes to the next who may when its time is over."""

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
    seat: int = 1
    content: str = ""
    after: tuple[str, ...] = ()
    look_minutes: int = 0
    evidence: tuple[str, ...] = ()
    amount: Money | None = None
    auto: str = ""
    stuck: bool = False
    urgent: bool = False
    begins_at: datetime | None = None
    expected_at: datetime | None = None
    expected: Expected | None = None
    others: tuple[str, ...] = ()  # who could decide in her place, the best first

    @property
    def subject(self) -> str:
        """A yes holds as long as this stays the same, whatever else changes."""
        return subject_of(self.rule, self.kind, self.asked, self.content, self.seat)


def subject_of(rule: str, kind: str, asked: int, content: str, seat: int) -> str:
    """As it was before requests had content and seats, where they have none."""
    more = (content, str(seat)) if content else ()
    return digest(rule, kind, str(asked), *more)


class PlanApprovals(Command):
    """`support` is of one rule each."""

    version: int
    support: tuple[Support, ...] = ()


class Approve(Command):
    """`seen` is the hash of the package that was looked at; `typed` is its total, where the policy wants it typed."""

    approval: str
    seen: str
    typed: Money | None = None
    door: DecidedBy = "slack"


class Reject(Command):
    approval: str
    seen: str
    reason: str = Field(max_length=200)
    yes_if: str = Field(max_length=500)
    door: DecidedBy = "slack"


class PassOn(Command):
    """This one request, to somebody else, by who could decide it."""

    approval: str
    seen: str
    to: str = Field(max_length=100)
    reason: str = Field(max_length=200)


class ApprovalOverdue(Command):
    """A deadline gives it: it was not decided by its time."""

    approval: str


class AnswerOffer(Command):
    """From a person's stream: the task was taken, or why not. Who is away keeps it when nobody else may. `person`
    answers; empty as it was before answers were signed."""

    task: str
    person: str = ""
    taken: bool
    reason: str = ""
    away: bool = False


class ApprovalsPlanned(Fact):
    """`risk` is the policy line for which they are decided one after the other."""

    kind: Literal["approvals.planned"] = "approvals.planned"
    version: int
    approvals: tuple[Approval, ...]
    at: datetime
    risk: str = ""
    support: tuple[Support, ...] = ()


class ApprovalAsked(Fact):
    """What it waited for is decided: it is asked now."""

    kind: Literal["approval.asked"] = "approval.asked"
    approval: str
    at: datetime
    by_when: datetime


class ApprovalGranted(Fact):
    """`hash` is of the package that the approver saw. `chain` is whose authority came to `by`, in order, and of a
    waiver who asked for it; a waiver and an exception end with `until_on`. `minutes`: how long it
    took, in business minutes."""

    kind: Literal["approval.granted"] = "approval.granted"
    approval: str
    subject: str
    by: str
    at: datetime
    hash: str
    way: Way = "own"
    chain: tuple[str, ...] = ()
    reason: str = ""
    until_on: date | None = None
    minutes: int = 0
    door: DecidedBy = "slack"

    def holds_on(self, day: date) -> bool:
        return self.until_on is None or day <= self.until_on


class ApprovalRejected(Fact):
    kind: Literal["approval.rejected"] = "approval.rejected"
    approval: str
    by: str
    at: datetime
    hash: str
    reason: str
    yes_if: str
    minutes: int = 0
    door: DecidedBy = "slack"


class ApprovalMoved(Fact):
    """`by` is who moved it; empty when it moved by itself. `before`: who had it, `back_on` when she is there again.
    `lent`: whose authority goes with it."""

    kind: Literal["approval.moved"] = "approval.moved"
    approval: str
    person: str
    reason: str
    by: str = ""
    lent: tuple[str, ...] = ()
    before: str = ""
    back_on: date | None = None
    why: Literal["", "away", "overdue", "passed_on", "replaced", "bottleneck"] = ""
    at: datetime | None = None


class ApprovalFreed(Fact):
    """It waits only for those of `after` now: it needs nothing of the others' results."""

    kind: Literal["approval.freed"] = "approval.freed"
    approval: str
    after: tuple[str, ...]
    at: datetime


ApprovalFact = (
    ApprovalsPlanned | ApprovalAsked | ApprovalFreed | ApprovalGranted | ApprovalRejected | ApprovalMoved | OverrideFact
)
