"""The trail of approvals: of each request, who was asked and why, until when, to whom it went instead, who decided what
on which package, how long it took, and how long the record is kept; from the deal's own facts in their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.streams.deal.approvals import Approval, ApprovalGranted, ApprovalMoved, ApprovalRejected, ApprovalsPlanned
from bot.streams.deal.opening import DealOpened, OpportunityChanged
from bot.streams.decision import Fact

Outcome = Literal["open", "granted", "rejected", "replaced"]


@dataclass(frozen=True, slots=True)
class Moved:
    """It went to `person`, or stayed with her when nobody else may."""

    person: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact with when it was written, and the playbook that its rule decided by."""

    fact: Fact
    at: datetime
    playbook: str


@dataclass(frozen=True, slots=True)
class Request:
    """People by team:user id. `hash` is of the package that the decider saw; a newer package replaces."""

    deal: str
    version: int
    approval: Approval
    asked: str
    asked_at: datetime
    playbook: str
    moved: tuple[Moved, ...] = ()
    outcome: Outcome = "open"
    by: str = ""
    at: datetime | None = None
    reason: str = ""
    yes_if: str = ""
    hash: str = ""

    @property
    def took(self) -> timedelta | None:
        return self.at - self.asked_at if self.at else None

    def late(self, now: datetime) -> bool:
        """Not decided by its time; a request that was replaced is late for nobody."""
        return self.outcome != "replaced" and (self.at or now) > self.approval.by_when

    def kept_until(self, years: int) -> date:
        """The day to which the record must be kept, by the year of its last fact."""
        last = self.at or self.asked_at
        return date(last.year + years, 12, 31)


@dataclass(frozen=True, slots=True)
class Trail:
    deal: str
    customer: str = ""
    requests: tuple[Request, ...] = field(default=())


def trail(deal: str, facts: Iterable[Dated]) -> Trail:
    found = Trail(deal)
    for dated in facts:
        found = _step(found, dated)
    return found


def _step(found: Trail, dated: Dated) -> Trail:
    match dated.fact:
        case DealOpened(opportunity=opportunity) | OpportunityChanged(opportunity=opportunity):
            return replace(found, customer=opportunity.account.name)
        case ApprovalsPlanned():
            return _planned(found, dated.fact, dated)
        case ApprovalMoved(approval=of, person=person, reason=reason):
            moved = Moved(person, reason, dated.at)
            return _changed(found, of, lambda r: replace(r, moved=(*r.moved, moved)))
        case ApprovalGranted(approval=of, by=by, at=at, hash=seen):
            return _changed(found, of, lambda r: replace(r, outcome="granted", by=by, at=at, hash=seen))
        case ApprovalRejected() as no:
            return _changed(found, no.approval, lambda r: _rejected(r, no))
        case _:
            return found


def _rejected(of: Request, no: ApprovalRejected) -> Request:
    return replace(of, outcome="rejected", by=no.by, at=no.at, hash=no.hash, reason=no.reason, yes_if=no.yes_if)


def _planned(found: Trail, plan: ApprovalsPlanned, dated: Dated) -> Trail:
    """What was still open is replaced; a yes that goes on holding is not asked for again."""
    before = tuple(replace(r, outcome="replaced") if r.outcome == "open" else r for r in found.requests)
    held = {r.approval.subject for r in before if r.outcome == "granted"}
    fresh = tuple(
        Request(found.deal, plan.version, approval, approval.person, plan.at, dated.playbook)
        for approval in plan.approvals
        if approval.subject not in held
    )
    return replace(found, requests=(*before, *fresh))


def _changed(found: Trail, of: str, change: Callable[[Request], Request]) -> Trail:
    requests = tuple(change(r) if r.approval.id == of and r.outcome == "open" else r for r in found.requests)
    return replace(found, requests=requests)
