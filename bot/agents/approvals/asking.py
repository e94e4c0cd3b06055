"""What is asked of an approver, and what follows when nothing is left to ask."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.figures.delivery_due import due, is_shown
from bot.figures.hours import add_business_hours
from bot.figures.waiting import Window
from bot.streams.deal.approvals import Approval, ApprovalOverdue
from bot.streams.deal.bottlenecks import LOOK, LookForBottlenecks
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import ToSignature
from bot.streams.deal.package import PackageReady
from bot.streams.deal.priority import hands
from bot.streams.deal.reminders import RemindApprover
from bot.streams.deal.risks import LookAtRisk
from bot.streams.deal.withdrawing import late_id, numbered_id, request_id, stuck_id
from bot.streams.decision import Context, Deadline, Fact
from bot.streams.document_effects import FileDocuments
from bot.streams.effects import Effect, PostNote
from bot.streams.ids import SYSTEM
from bot.streams.person.kinds import TaskKind
from bot.streams.person.person import Task
from bot.streams.tell import offer


def task(deal: Deal, approval: Approval) -> Task:
    made = deal.package.current
    return Task(
        id=request_id(deal, approval),
        deal=deal.id,
        kind="approval",
        about=approval.id,
        seen=deal.package.hash,
        title=f"{approval.title}: {deal.customer}",
        by_when=approval.by_when,
        priority=deal.priority.score,
        worth=made.contract.quote.total if made else None,
    )


def asked_now(
    deal: Deal, requests: Iterable[tuple[Approval, str]], context: Context
) -> tuple[tuple[Effect, ...], tuple[Deadline, ...]]:
    """Each is offered to its person. It is looked at again when she may be reminded, and when somebody else may have
    to be asked, at the earliest."""
    chosen, book = list(requests), context.playbook
    looks: list[Deadline] = []
    for approval, person in chosen:
        who = context.reads.colleague(person)
        time = Window(context.now, approval.by_when, book.calendar_of(who.time_zone if who else ""))
        looks += (
            overdue(deal, approval, time.at(share_of(deal, book.escalations.earliest, context))),
            reminder(deal, approval, time.at(book.reminders.first_from)),
        )
    looks += watched(deal, (person for _, person in chosen), context)
    looks += [hands(deal.id, approval.id, context.now) for approval, _ in chosen if deal.priority.held]
    return tuple(offer(person, task(deal, a)) for a, person in chosen), (*looks, look_at(deal, context))


def watched(deal: Deal, people: Iterable[str], context: Context) -> tuple[Deadline, ...]:
    """The next look for bottlenecks: soon, in the hours in which the first of them works."""
    book, soon = context.playbook, timedelta(minutes=context.playbook.bottlenecks.look_minutes)
    zones = {who.time_zone if (who := context.reads.colleague(person)) else "" for person in people}
    at = min((add_business_hours(context.now, soon, book.calendar_of(zone)) for zone in zones), default=None)
    return (seen_at(deal, at, context),) if at else ()


def seen_at(deal: Deal, at: datetime, context: Context) -> Deadline:
    """The look for bottlenecks of a deal: one, whenever it is set anew."""
    return Deadline(LOOK, at, LookForBottlenecks(stream_id=deal.id, actor=SYSTEM, since=context.now))


def numbered(deal: Deal, kind: TaskKind, no: int, title: str) -> Task:
    """Something small of a deal for one person, by its number."""
    return Task(id=numbered_id(deal, kind, no), deal=deal.id, kind=kind, about=str(no), title=title)


def share_of(deal: Deal, share: int, context: Context) -> int:
    """Of a request's time, after which the next who may is asked: sooner for a critical deal."""
    return min(share, context.playbook.critical.escalates_at) if deal.priority.held else share


def late_task(deal: Deal, approval: Approval) -> Task:
    """For the policy's owner: nobody else may decide what is late."""
    return Task(
        id=late_id(deal, approval),
        deal=deal.id,
        kind="late",
        about=approval.id,
        title=f"Late, and nobody else may decide: {approval.title}, {deal.customer}",
    )


def stuck_task(deal: Deal, approval: Approval, bottleneck: str) -> Task:
    """For whoever can do something about a bottleneck that no relief helps."""
    return Task(
        id=stuck_id(deal, approval, bottleneck),
        deal=deal.id,
        kind="bottleneck",
        about=approval.id,
        seen=deal.package.hash,
        title=f"Bottleneck: {approval.title}, {deal.customer}",
    )


def overdue(deal: Deal, approval: Approval, at: datetime) -> Deadline:
    late = ApprovalOverdue(stream_id=deal.id, actor=SYSTEM, approval=approval.id)
    return Deadline(f"approval.{approval.id}", at, late)


def reminder(deal: Deal, approval: Approval, at: datetime) -> Deadline:
    """Its rule knows when the next one is due: until then it only looks."""
    again = RemindApprover(stream_id=deal.id, actor=SYSTEM, approval=approval.id)
    return Deadline(f"remind.{approval.id}", at, again)


def look_at(deal: Deal, context: Context) -> Deadline:
    """At once: something has happened that may change how likely all is decided in time."""
    return Deadline("risk", context.now, LookAtRisk(stream_id=deal.id, actor=SYSTEM))


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
