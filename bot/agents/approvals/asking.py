"""What is asked of an approver, and what follows when nothing is left to ask."""

from collections.abc import Iterable
from datetime import datetime

from bot.figures.delivery_due import due, is_shown
from bot.streams.deal.approvals import Approval, ApprovalOverdue
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import ToSignature
from bot.streams.deal.package import PackageReady
from bot.streams.deal.reminders import RemindApprover
from bot.streams.decision import Context, Deadline, Fact
from bot.streams.document_effects import FileDocuments
from bot.streams.effects import Effect, PostNote
from bot.streams.ids import SYSTEM
from bot.streams.person.person import Task
from bot.streams.tell import close, offer


def task(deal: Deal, approval: Approval) -> Task:
    return Task(
        id=f"{deal.id}:{approval.id}",
        deal=deal.id,
        kind="approval",
        about=approval.id,
        seen=deal.package.hash,
        title=f"{approval.title}: {deal.customer}",
        by_when=approval.by_when,
    )


def asked_now(
    deal: Deal, requests: Iterable[tuple[Approval, str]], now: datetime
) -> tuple[tuple[Effect, ...], tuple[Deadline, ...]]:
    """Each is offered to its person, who is reminded in time; an urgent one is looked at again when that is over."""
    chosen = list(requests)
    late = tuple(overdue(deal, a) for a, _ in chosen if a.urgent)
    remind = tuple(reminder(deal, a, now) for a, _ in chosen)
    return tuple(offer(person, task(deal, a)) for a, person in chosen), (*late, *remind)


def overdue(deal: Deal, approval: Approval) -> Deadline:
    late = ApprovalOverdue(stream_id=deal.id, actor=SYSTEM, approval=approval.id)
    return Deadline(f"approval.{approval.id}", approval.by_when, late)


def reminder(deal: Deal, approval: Approval, at: datetime) -> Deadline:
    """Its rule knows when the next one is due: until then it only looks."""
    again = RemindApprover(stream_id=deal.id, actor=SYSTEM, approval=approval.id)
    return Deadline(f"remind.{approval.id}", at, again)


def closed(deal: Deal, approvals: tuple[Approval, ...]) -> tuple[Effect, ...]:
    return tuple(close(who, task(deal, a).id) for a in approvals for who in deal.approvals.holders(a))


def ready(deal: Deal, context: Context) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    """All that was asked is granted for exactly this package: it may be sent, by a person's click."""
    made = deal.package.current
    if made is None:
        return (), ()
    mark = PackageReady(version=made.version, hash=made.hash, at=context.now)
    over = ToSignature(at=context.now, version=made.version, hash=made.hash, signers=made.contract.signers)
    words = {"version": str(made.version), "rep": deal.opening.rep}
    filed = FileDocuments(version=made.version)
    drafts = due(deal, approved=True, shown=is_shown(deal))
    return (mark, over), (PostNote(about="package.ready", words=words), filed, *drafts)
