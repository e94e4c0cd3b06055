"""The request for a new price, while one is wanted: whoever is asked for it, it is the same request."""

from bot.streams.deal.deal import Deal
from bot.streams.person.person import Task


def asked(deal: Deal, approval: str) -> Task:
    """Of the package that was refused."""
    return Task(
        id=f"{deal.id}:reprice-{deal.package.version}",
        deal=deal.id,
        kind="reprice",
        about=approval,
        seen=deal.package.hash,
        title=f"Change the price: {deal.customer}",
    )


def waiting(deal: Deal) -> Task | None:
    """None before a refusal, and after the price was changed."""
    rejected, planned = deal.approvals.rejected, deal.approvals.planned
    if rejected is None or planned is None or planned.version != deal.package.version:
        return None
    return asked(deal, rejected.approval)
