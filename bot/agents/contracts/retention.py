"""Documents end with their years; a hold by legal forbids it, and says why."""

from bot.figures.retention import deadlines, kept_until, only_of
from bot.streams.deal.deal import Deal
from bot.streams.deal.retention import (
    DocumentsForgotten,
    ForgetDocuments,
    HoldPlaced,
    HoldReleased,
    PlaceHold,
    ReleaseHold,
)
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.document_effects import ForgetFiles


def hold(deal: Deal, command: PlaceHold, context: Context) -> Decision:
    if deal.keeping.hold is not None:
        return Refuse("hold.placed")
    if not command.reason.strip():
        return Refuse("hold.no_reason", field="reason")
    return Accept((HoldPlaced(reason=command.reason.strip(), by=command.actor, at=context.now),))


def release(deal: Deal, command: ReleaseHold, context: Context) -> Decision:
    """What came due meanwhile is due now."""
    if deal.keeping.hold is None:
        return Refuse("hold.none")
    due = deadlines(deal, context.playbook.retention, context.now)
    return Accept((HoldReleased(by=command.actor, at=context.now),), deadlines=due)


def forget(deal: Deal, command: ForgetDocuments, context: Context) -> Decision:
    version = deal.package.of(command.version)
    until = kept_until(deal, version, context.playbook.retention) if version else None
    if until is None or deal.keeping.hold is not None:
        return NOTHING
    if context.now < until:  # signed, or the playbook has more years by now
        return Accept((), deadlines=deadlines(deal, context.playbook.retention, context.now))
    gone = only_of(deal, command.version)
    told = DocumentsForgotten(version=command.version, files=gone, at=context.now)
    return Accept((told,), (ForgetFiles(files=gone),))
