"""The finished contract is sealed; from here the CRM and the books may begin."""

from bot.figures.autonomy import gated
from bot.figures.negotiating import noted
from bot.figures.retention import deadline, of_signed
from bot.playbook.permissions import Step
from bot.streams.deal.deal import Deal
from bot.streams.deal.envelope import ContractSealed, RecordSealed
from bot.streams.deal.handovers import ToFinance, ToIntegration
from bot.streams.decision import NOTHING, Accept, Context, Decision
from bot.streams.effects import CloseOpportunity, SendCopies, StartFinance


def record(deal: Deal, command: RecordSealed, context: Context) -> Decision:
    executed, made = deal.envelope.executed, deal.package.current
    if executed is None or made is None or deal.envelope.sealed is not None:
        return NOTHING
    sealed = ContractSealed(
        hash=executed.hash,
        sealed_hash=command.sealed_hash,
        pages=command.pages,
        seal_subject=command.seal_subject,
        seal_serial=command.seal_serial,
        at=context.now,
    )
    quote = made.contract.quote
    crm = ToIntegration(
        at=context.now,
        hash=executed.hash,
        sealed_hash=command.sealed_hash,
        signed_at=executed.at,
        total=quote.total,
    )
    money = ToFinance(
        at=context.now,
        hash=executed.hash,
        signed_at=executed.at,
        total=quote.total,
        invoices=len(quote.invoices),
    )
    waits, closes = gated(Step.CLOSE_OPPORTUNITY, (CloseOpportunity(),), context, executed.hash)
    holds, books = gated(Step.BOOK_FINANCE, (StartFinance(),), context, executed.hash)
    kept = deadline(deal.id, made.version, of_signed(executed.at, context.playbook.retention))
    copies = tuple(SendCopies(signer=s.no) for s in deal.envelope.signers if s.side == "customer")
    signed = noted(deal, made.contract, executed.at.date(), signed=True)
    facts = (sealed, crm, money, *waits, *holds)
    return Accept(facts, (*closes, *books, *copies, *signed), deadlines=(kept,))
