"""A customer's stream keeps what each of its deals negotiated; the same again is no news."""

from bot.streams.customer.customer import Customer
from bot.streams.customer.negotiation import NegotiationNoted, NoteNegotiation
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link
from bot.streams.tell import OF_ACCOUNT


def note(customer: Customer, command: NoteNegotiation, context: Context) -> Decision:
    told = command.negotiation
    if customer.negotiation(told.deal) == told:
        return NOTHING
    noted = NegotiationNoted(account_id=command.account_id, negotiation=told)
    return Accept((noted,), links=(Link(OF_ACCOUNT, command.account_id),))
