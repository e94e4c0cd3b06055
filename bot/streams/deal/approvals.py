"""Who must say yes to what, in which order, and who did."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, assert_never

from pydantic import Field

from bot.streams.decision import Command, Fact
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
    """From a person's stream: the task was taken, or why not. Who is away keeps it when nobody else may."""

    task: str
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


class ApprovalMoved(Fact):
    """`by` is who moved it; empty when it moved by itself. `before`: who had it. `lent`: whose authority goes with
    it."""

    kind: Literal["approval.moved"] = "approval.moved"
    approval: str
    person: str
    reason: str
    by: str = ""
    lent: tuple[str, ...] = ()
    before: str = ""
    why: Literal["", "away", "overdue", "passed_on", "replaced"] = ""
    at: datetime | None = None


ApprovalFact = ApprovalsPlanned | ApprovalAsked | ApprovalGranted | ApprovalRejected | ApprovalMoved


@dataclass(frozen=True, slots=True)
class Decided:
    """One request that is over: what was expected of it, since when it waited, who had it before. `first` is whom the
    policy meant, `chain` whose authority it was when it was not the own."""

    approval: Approval
    first: str
    asked_at: datetime
    at: datetime
    by: str
    yes: bool
    minutes: int
    way: Way = "own"
    chain: tuple[str, ...] = ()
    reason: str = ""
    until_on: date | None = None
    moved: tuple[ApprovalMoved, ...] = ()


@dataclass(frozen=True, slots=True)
class Approvals:
    """`granted` keeps every yes that was ever given; it counts for an approval of the same subject. `begun` says since
    when each request of this plan is asked, `first` whom the policy meant; `decided` keeps all that were, of this plan
    and those before."""

    planned: ApprovalsPlanned | None = None
    granted: tuple[ApprovalGranted, ...] = ()
    rejected: ApprovalRejected | None = None
    begun: tuple[ApprovalAsked, ...] = ()
    moved: tuple[ApprovalMoved, ...] = ()
    decided: tuple[Decided, ...] = ()
    first: tuple[tuple[str, str], ...] = ()

    @property
    def asked(self) -> tuple[Approval, ...]:
        return self.planned.approvals if self.planned else ()

    def approval(self, approval_id: str) -> Approval | None:
        return next((a for a in self.asked if a.id == approval_id), None)

    def yes(self, approval: Approval) -> ApprovalGranted | None:
        return next((g for g in reversed(self.granted) if g.subject == approval.subject), None)

    def holds(self, approval: Approval, on: date) -> bool:
        """Is there a yes that has not ended before that day?"""
        return any(g.subject == approval.subject and g.holds_on(on) for g in self.granted)

    @property
    def open(self) -> tuple[Approval, ...]:
        return tuple(a for a in self.asked if self.yes(a) is None)

    @property
    def waits_for(self) -> dict[str, tuple[str, ...]]:
        """Of each open request, those that are decided first and are not."""
        still = {a.id for a in self.open}
        return {a.id: tuple(name for name in a.after if name in still) for a in self.open}

    @property
    def due(self) -> tuple[Approval, ...]:
        """Open ones that wait for no other."""
        waits = self.waits_for
        return tuple(a for a in self.open if not waits[a.id])

    def asked_at(self, approval: Approval) -> datetime | None:
        """None while it waits for another."""
        begun = next((fact.at for fact in self.begun if fact.approval == approval.id), None)
        return begun or (self.planned.at if self.planned and approval in self.due else None)

    def holders(self, approval: Approval) -> tuple[str, ...]:
        """Before whom it lies: her, and those for whom it came too late but who may still decide."""
        late = [m for m in self.moved if m.approval == approval.id and m.why == "overdue"]
        return tuple(dict.fromkeys((approval.person, *(m.before for m in late if m.before))))

    def lent(self, approval: Approval) -> tuple[str, ...]:
        """Whose authority came to its person with the request itself."""
        last = next((m for m in reversed(self.moved) if m.approval == approval.id), None)
        return last.lent if last else ()


def apply(state: Approvals, fact: ApprovalFact) -> Approvals:
    match fact:
        case ApprovalsPlanned():
            first = tuple((a.id, a.person) for a in fact.approvals)
            return replace(state, planned=fact, rejected=None, begun=(), moved=(), first=first)
        case ApprovalAsked():
            return replace(
                state, begun=(*state.begun, fact), planned=_change(state, fact.approval, by_when=fact.by_when)
            )
        case ApprovalGranted():
            return replace(state, granted=(*state.granted, fact), decided=_decided(state, fact))
        case ApprovalRejected():
            return replace(state, rejected=fact, decided=_decided(state, fact))
        case ApprovalMoved():
            return replace(state, planned=_change(state, fact.approval, person=fact.person), moved=(*state.moved, fact))
        case _:
            assert_never(fact)


def _change(state: Approvals, approval_id: str, **change: object) -> ApprovalsPlanned | None:
    if state.planned is None:
        return None
    approvals = tuple(a.model_copy(update=change) if a.id == approval_id else a for a in state.planned.approvals)
    return state.planned.model_copy(update={"approvals": approvals})


def _decided(state: Approvals, fact: ApprovalGranted | ApprovalRejected) -> tuple[Decided, ...]:
    approval = state.approval(fact.approval)
    if approval is None or state.planned is None:
        return state.decided
    moved = tuple(m for m in state.moved if m.approval == approval.id)
    over = Decided(
        approval=approval,
        first=dict(state.first).get(approval.id, approval.person),
        asked_at=state.asked_at(approval) or state.planned.at,
        at=fact.at,
        by=fact.by,
        yes=isinstance(fact, ApprovalGranted),
        minutes=fact.minutes,
        reason=fact.reason,
        moved=moved,
    )
    if isinstance(fact, ApprovalGranted):
        over = replace(over, way=fact.way, chain=fact.chain, until_on=fact.until_on)
    return (*state.decided, over)
