"""A yes that was given beforehand, to terms that the package has by now."""

from bot.agents.approvals.authority import chain_to
from bot.agents.approvals.house import house_of
from bot.figures.frame import frame_of
from bot.streams.deal.approvals import Approval, ApprovalGranted
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context


def said_before(deal: Deal, approval: Approval, seen: str, context: Context) -> ApprovalGranted | None:
    """Her yes to these very terms, given with the counter-offer that the package was made from, as long as she may
    still give it; the rest of the contract is the one that she saw."""
    made, terms = deal.package.current, deal.package.terms
    if made is None or terms is None:
        return None
    version, contract = made.version, made.contract
    counter = deal.asking_back.offered(version - 1)
    if counter is None or terms.version != version or terms.terms != counter.terms:
        return None
    if (
        counter.about != approval.kind
        or frame_of(contract, counter.about) != counter.frame
        or counter.by == deal.opening.rep
    ):
        return None
    chain = chain_to(approval, counter.by, house_of(deal, approval, context), {})
    if chain is None:
        return None
    return ApprovalGranted(
        approval=approval.id,
        subject=approval.subject,
        by=counter.by,
        at=context.now,
        hash=seen,
        way="delegated" if chain else "own",
        chain=chain,
        reason=f"said yes to these terms beforehand{': ' + counter.reason if counter.reason else ''}",
    )
