"""The customer's own stream begins: who looks after them, and what they were promised."""

from bot.streams.customer.customer import Customer, CustomerWelcomed, WelcomeCustomer
from bot.streams.decision import NOTHING, Accept, Context, Decision, Link
from bot.streams.tell import OF_ACCOUNT


def welcome(customer: Customer, command: WelcomeCustomer, context: Context) -> Decision:
    if command.deal in customer.deals:
        return NOTHING
    told = command.model_dump(include={"account_id", "deal", "csm", "starts_on"})
    seen = CustomerWelcomed(**told, promises=command.promises, at=context.now)
    return Accept((seen,), links=(Link(OF_ACCOUNT, command.account_id),))
