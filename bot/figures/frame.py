"""Of a contract, what a change of its price leaves as it is."""

from bot.streams.deal.contract import Contract
from bot.streams.ids import digest


def frame_of(contract: Contract, about: str) -> str:
    """What is bought, for how long, by whom it is signed, on which clauses but that one: the hash of it."""
    quote = contract.quote
    lines = [(line.code, line.quantity, str(line.list_total)) for line in quote.lines]
    clauses = [(use.clause, use.rung) for use in contract.clauses if use.clause != about]
    signers = [(signer.side, signer.name, signer.email) for signer in contract.signers]
    return digest(repr((quote.currency, quote.months, quote.starts_on.isoformat(), lines, clauses, signers)))
