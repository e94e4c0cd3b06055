"""The trail of approvals: of each request, who was asked and why, until when, to whom it went instead, who decided what
on which package, how long it took, and how long the record is kept; from the deal's own facts in their order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.streams.deal.approvals import Approval, ApprovalGranted, ApprovalMoved, ApprovalRejected, ApprovalsPlanned
from bot.streams.deal.escalations import ApprovalEscalated
from bot.streams.deal.opening import DealOpened, OpportunityChanged
from bot.streams.decision import DecidedBy, Fact

Outcome = Literal["open", "granted", "rejected", "replaced"]


@dataclass(frozen=True, slots=True)
class Moved:
    """It went to `person`, or stayed with her when nobody else may."""

    person: str
    reason: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Escalated:
    """By which line of the playbook, and to whom; the owner, when nobody else may."""

    line: str
    level: int
    to: str
    at: datetime
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact with when it was written, the playbook that its rule decided by, and its place and hash in the chain."""

    fact: Fact
    at: datetime
    playbook: str
    seq: int = 0
    chained: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """People by team:user id. `hash` is of the package that the decider saw, `card` of the very card that was put
    before her, or, by the `door` of mail, of the page; a newer package replaces. `way` and `chain`: by whose authority.
    `seq` and `chained`: which fact of the deal's stream is the decision."""

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
    way: str = ""
    chain: tuple[str, ...] = ()
    seq: int = 0
    chained: str = ""
    card: str = ""
    door: DecidedBy = "slack"
    escalated: tuple[Escalated, ...] = ()

    @property
    def decided(self) -> bool:
        return self.outcome in ("granted", "rejected")

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
        case ApprovalMoved(approval=of, person=person, reason=reason, why=why):
            moved = Moved(person, reason, dated.at, why)
            return _changed(found, of, lambda r: replace(r, moved=(*r.moved, moved)))
        case ApprovalEscalated() as late:
            told = Escalated(late.line, late.level, late.to or late.owner, late.at, bool(late.owner))
            return _changed(found, late.approval, lambda r: replace(r, escalated=(*r.escalated, told)))
        case ApprovalGranted() as yes:
            return _changed(found, yes.approval, lambda r: _granted(_decided(r, yes, dated), yes))
        case ApprovalRejected() as no:
            return _changed(found, no.approval, lambda r: _rejected(_decided(r, no, dated), no))
        case _:
            return found


def _decided(of: Request, fact: ApprovalGranted | ApprovalRejected, dated: Dated) -> Request:
    of = replace(of, seq=dated.seq, chained=dated.chained)
    return replace(of, by=fact.by, at=fact.at, hash=fact.hash, reason=fact.reason, door=fact.door)


def _granted(of: Request, yes: ApprovalGranted) -> Request:
    return replace(of, outcome="granted", way=yes.way, chain=yes.chain)


def _rejected(of: Request, no: ApprovalRejected) -> Request:
    return replace(of, outcome="rejected", way="own", yes_if=no.yes_if)


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
