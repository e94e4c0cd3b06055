"""What is asked of an approver, and what follows when nothing is left to ask."""

from bot.streams.deal.approvals import Approval
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import ToSignature
from bot.streams.deal.package import PackageReady
from bot.streams.decision import Context, Fact
from bot.streams.effects import Effect, PostNote
from bot.streams.person.person import Task
from bot.streams.tell import close


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


def closed(deal: Deal, approvals: tuple[Approval, ...]) -> tuple[Effect, ...]:
    return tuple(close(a.person, task(deal, a).id) for a in approvals)


def ready(deal: Deal, context: Context) -> tuple[tuple[Fact, ...], tuple[Effect, ...]]:
    """All that was asked is granted for exactly this package: it may be sent, by a person's click."""
    made = deal.package.current
    if made is None:
        return (), ()
    mark = PackageReady(version=made.version, hash=made.hash, at=context.now)
    over = ToSignature(at=context.now, version=made.version, hash=made.hash, signers=made.contract.signers)
    words = {"version": str(made.version), "rep": deal.opening.rep}
    return (mark, over), (PostNote(about="package.ready", words=words),)
