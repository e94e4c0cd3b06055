"""When a delivery is drafted: once the package is approved, and its papers have been shown and agree."""

from bot.streams.deal.deal import Deal
from bot.streams.delivery_effects import DraftDelivery
from bot.streams.effects import Effect


def due(deal: Deal, approved: bool, shown: bool) -> tuple[Effect, ...]:
    """Whichever of the two comes second asks for it."""
    version = deal.package.version
    papers = deal.papers.of(version)
    agree = papers is not None and not papers.differences
    return (DraftDelivery(version=version),) if approved and shown and agree else ()


def is_approved(deal: Deal) -> bool:
    ready = deal.package.ready
    return ready is not None and ready.hash == deal.package.hash


def is_shown(deal: Deal) -> bool:
    return any(posted.version == deal.package.version for posted in deal.papers.posted)
