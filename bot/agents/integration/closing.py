"""Closed won: only when the executed contract and the CRM agree to the cent."""

from bot.figures.autonomy import gated
from bot.playbook.permissions import Step
from bot.streams.deal.books import (
    AlignCrm,
    CrmAligned,
    CrmClosed,
    CrmFileAttached,
    DealWon,
    RecordAttached,
    RecordClosed,
    WonHeld,
)
from bot.streams.deal.deal import Deal
from bot.streams.deal.handovers import ToHandoff, ToLearning
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.quote import Quote
from bot.streams.decision import NOTHING, Accept, Context, Decision, Fact, Refuse
from bot.streams.effects import AttachContract, CloseOpportunity, PostNote, StartHandoff, StartLearning


def record_closed(deal: Deal, command: RecordClosed, context: Context) -> Decision:
    executed, made, opportunity = deal.envelope.executed, deal.package.current, deal.opportunity
    if executed is None or made is None or opportunity is None or deal.books.won is not None:
        return NOTHING
    total = made.contract.quote.total
    if command.amount != total or command.stage != context.playbook.stages.won:
        return Accept((WonHeld(contract=total, crm=command.amount, at=context.now),))
    closed = CrmClosed(contract_id=command.contract_id, amount=command.amount)
    won = DealWon(at=executed.at, executed_hash=executed.hash, total=total)
    over = _hand_over(deal, opportunity, made.contract.quote, won, context)
    note = PostNote(about="deal.won", words={"total": str(total)})
    waits, offers = gated(Step.OFFER_HANDOFF, (StartHandoff(),), context, executed.hash)
    holds, tells = gated(Step.POST_WIN, (StartLearning(),), context, executed.hash)
    return Accept((closed, won, *over, *waits, *holds), (AttachContract(), *offers, *tells, note))


def align(deal: Deal, command: AlignCrm, context: Context) -> Decision:
    if deal.books.held is None:
        return Refuse("crm.aligned")
    return Accept((CrmAligned(by=command.actor),), (CloseOpportunity(),))


def record_attached(deal: Deal, command: RecordAttached, context: Context) -> Decision:
    return Accept((CrmFileAttached(version_id=command.version_id),))


def _hand_over(deal: Deal, opportunity: Opportunity, quote: Quote, won: DealWon, context: Context) -> tuple[Fact, ...]:
    handoff = ToHandoff(
        at=context.now,
        customer=opportunity.account.name,
        industry=opportunity.account.industry,
        starts_on=quote.starts_on,
        promises=len(deal.signals.promises),
        total=quote.total,
    )
    learning = ToLearning(at=context.now, won_at=won.at, total=quote.total, rep=deal.opening.rep)
    return (handoff, learning)
