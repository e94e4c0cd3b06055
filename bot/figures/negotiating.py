"""What a deal's customer asked for and is given, told to the customer's own stream for its next deals."""

from collections.abc import Mapping
from datetime import date

from bot.figures.clauses import wishes_of
from bot.figures.contract_facts import asked_of
from bot.streams.customer.negotiation import ClauseAsked, Negotiation, NoteNegotiation
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.deal.opportunity import Opportunity
from bot.streams.decision import Link
from bot.streams.effects import Tell
from bot.streams.ids import SYSTEM
from bot.streams.tell import OF_ACCOUNT, tell, whoever


def noted(deal: Deal, contract: Contract, on: date, signed: bool = False) -> tuple[Tell, ...]:
    """Nothing, when nothing was asked and nothing is signed yet."""
    opportunity = deal.opportunity
    if opportunity is None:
        return ()
    asked = wishes_of(opportunity.account) | deal.redlines.asked
    told = _negotiation(deal.id, opportunity, asked, contract, on, signed)
    if not (told.asked or told.own_paper or told.documents or signed):
        return ()
    account = opportunity.account.id
    command = NoteNegotiation(stream_id=whoever("customer"), actor=SYSTEM, account_id=account, negotiation=told)
    return (tell(Link(OF_ACCOUNT, account), "customer", command),)


def _negotiation(
    deal: str, opportunity: Opportunity, asked: Mapping[str, str], contract: Contract, on: date, signed: bool
) -> Negotiation:
    given = {use.clause: use.rung for use in contract.clauses}
    return Negotiation(
        deal=deal,
        on=on,
        industry=opportunity.account.industry,
        asked=tuple(
            ClauseAsked(clause=key, asked=rung, given=given[key]) for key, rung in asked.items() if key in given
        ),
        own_paper=opportunity.own_paper,
        documents=tuple(sorted(asked_of(opportunity))),
        signed=signed,
    )
