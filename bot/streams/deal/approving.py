"""What the facts of a deal's approvals add up to: what is open, what waits for what, what was decided and how."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from bot.streams.deal.approvals import (
    Approval,
    ApprovalAsked,
    ApprovalFact,
    ApprovalFreed,
    ApprovalGranted,
    ApprovalMoved,
    ApprovalRejected,
    ApprovalsPlanned,
    Way,
)
from bot.streams.deal.overrides import ApprovalEnded, ExceptionGranted, OverrideFact, WaiverAsked

BESIDE = frozenset({"overdue", "bottleneck"})  # somebody else is asked, and who had it may still decide


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
    """`granted` keeps every yes that was ever given; it counts for an approval of the same subject. `rejected` is the
    last no, `refused` every no of this plan. `begun` says since when each request of this plan is
    asked, `first` whom the policy meant; `decided` keeps all that were, of this plan and those before."""

    planned: ApprovalsPlanned | None = None
    granted: tuple[ApprovalGranted, ...] = ()
    rejected: ApprovalRejected | None = None
    refused: tuple[ApprovalRejected, ...] = ()
    begun: tuple[ApprovalAsked, ...] = ()
    moved: tuple[ApprovalMoved, ...] = ()
    decided: tuple[Decided, ...] = ()
    first: tuple[tuple[str, str], ...] = ()
    waivers: tuple[WaiverAsked, ...] = ()
    exceptions: tuple[ExceptionGranted, ...] = ()

    @property
    def supported(self) -> bool:
        """Something of the past is shown beside the requests."""
        return any(each.precedents for each in self.planned.support) if self.planned else False

    @property
    def asked(self) -> tuple[Approval, ...]:
        return self.planned.approvals if self.planned else ()

    def approval(self, approval_id: str) -> Approval | None:
        return next((a for a in self.asked if a.id == approval_id), None)

    def yes(self, approval: Approval) -> ApprovalGranted | None:
        return next((g for g in reversed(self.granted) if g.subject == approval.subject), None)

    def no(self, approval: Approval) -> ApprovalRejected | None:
        return next((r for r in self.refused if r.approval == approval.id), None)

    def own(self, rep: str) -> tuple[ApprovalGranted, ...]:
        """Of the requests of this plan, what the rep gave, or gave her authority for: the deal became hers later."""
        subjects = {a.subject for a in self.asked}
        return tuple(g for g in self.granted if g.subject in subjects and rep in (g.by, *g.chain))

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
        """Open ones that wait for no other and were not refused."""
        return tuple(a for a in self._reached if self.no(a) is None)

    @property
    def _reached(self) -> tuple[Approval, ...]:
        waits = self.waits_for
        return tuple(a for a in self.open if not waits[a.id])

    def still_refused(self, version: int, wanted: Iterable[Approval]) -> tuple[ApprovalRejected, ...]:
        """Planned anew for the same package, a no stays a no."""
        if self.planned is None or self.planned.version != version:
            return ()
        subjects = {a.id: a.subject for a in self.asked}
        same = {a.id for a in wanted if subjects.get(a.id) == a.subject}
        return tuple(no for no in self.refused if no.approval in same)

    def asked_at(self, approval: Approval) -> datetime | None:
        """None while it waits for another."""
        begun = next((fact.at for fact in self.begun if fact.approval == approval.id), None)
        return begun or (self.planned.at if self.planned and approval in self._reached else None)

    def holders(self, approval: Approval) -> tuple[str, ...]:
        """Before whom it lies: her, and those for whom it came too late but who may still decide."""
        beside = [m for m in self.moved if m.approval == approval.id and m.why in BESIDE]
        return tuple(dict.fromkeys((approval.person, *(m.before for m in beside if m.before))))

    def lent(self, approval: Approval, person: str) -> tuple[str, ...]:
        """By whose authority she was asked; nothing when it is her own, or hers no more."""
        last = self._last(approval, person)
        return last.lent if last else ()

    def passed_on(self, approval: Approval, person: str) -> dict[str, str]:
        """Of who has this very request by somebody's hand: from whom everybody had it."""
        if person not in self.holders(approval):
            return {}
        return {m.person: m.by for m in self.moved if m.approval == approval.id and m.why == "passed_on"}

    def _last(self, approval: Approval, person: str) -> ApprovalMoved | None:
        mine = (m for m in reversed(self.moved) if (m.approval, m.person) == (approval.id, person))
        return next(mine, None) if person in self.holders(approval) else None


def apply(state: Approvals, fact: ApprovalFact) -> Approvals:
    match fact:
        case ApprovalsPlanned():
            first = tuple((a.id, a.person) for a in fact.approvals)
            refused = state.still_refused(fact.version, fact.approvals)
            last = refused[-1] if refused else None
            return replace(state, planned=fact, rejected=last, refused=refused, begun=(), moved=(), first=first)
        case ApprovalAsked():
            return replace(
                state, begun=(*state.begun, fact), planned=_change(state, fact.approval, by_when=fact.by_when)
            )
        case ApprovalFreed():
            return replace(state, planned=_change(state, fact.approval, after=fact.after))
        case ApprovalGranted():
            return replace(state, granted=(*state.granted, fact), decided=_decided(state, fact))
        case ApprovalRejected():
            refused = (*state.refused, fact)
            return replace(state, rejected=fact, refused=refused, decided=_decided(state, fact))
        case ApprovalMoved():
            return replace(state, planned=_change(state, fact.approval, person=fact.person), moved=(*state.moved, fact))
        case _:
            return _overridden(state, fact)


def _overridden(state: Approvals, fact: OverrideFact) -> Approvals:
    match fact:
        case WaiverAsked():
            return replace(state, waivers=(*state.waivers, fact))
        case ExceptionGranted():
            return replace(state, exceptions=(*state.exceptions, fact))
        case ApprovalEnded():
            return replace(state, granted=tuple(g for g in state.granted if g.subject != fact.subject))
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
