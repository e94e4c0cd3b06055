"""The books: taken only when every plan adds up to the contract, to the cent."""

from bot.streams.deal.books import Booked, BookFinance, FinancePlanned, RecordBooked, entries
from bot.streams.deal.deal import Deal
from bot.streams.decision import NOTHING, Accept, Context, Decision, Refuse
from bot.streams.money import Money, total


def book(deal: Deal, command: BookFinance, context: Context) -> Decision:
    made = deal.package.current
    if made is None or deal.envelope.executed is None or deal.books.plan is not None:
        return NOTHING
    if not _adds_up(command, made.contract.quote.total):
        return Refuse("finance.does_not_add_up")
    plan = FinancePlanned(
        invoices=command.invoices,
        schedule=command.schedule,
        journals=command.journals,
        credits=command.credits,
        tax_note=command.tax_note,
    )
    return Accept((plan,), entries(plan))


def record(deal: Deal, command: RecordBooked, context: Context) -> Decision:
    return Accept((Booked(book=command.book, document=command.document, book_id=command.book_id),))


def _adds_up(command: BookFinance, contract: Money) -> bool:
    currency = contract.currency
    billed = total((invoice.net for invoice in command.invoices), currency)
    earned = total((part.amount for part in command.schedule), currency)
    return billed == earned == contract and all(_balanced(command, currency))


def _balanced(command: BookFinance, currency: str) -> list[bool]:
    invoices = [i.net + i.tax == i.gross == total((x.net for x in i.lines), currency) + i.tax for i in command.invoices]
    journals = [
        total((p.debit for p in j.postings), currency) == total((p.credit for p in j.postings), currency)
        for j in command.journals
    ]
    return [*invoices, *journals]
