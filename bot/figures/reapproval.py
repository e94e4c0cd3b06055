"""What a contract needs approved, and by which hash a yes goes on holding after a change."""

from bot.figures.approval_needs import Need, Needs, needs
from bot.figures.deal_facts import deal_facts
from bot.streams.deal.approvals import subject_of
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context


def needs_of(deal: Deal, contract: Contract, context: Context) -> Needs:
    facts = deal_facts(deal, contract.quote, context, contract.clauses)
    return needs(facts, contract.quote, contract.clauses, context.playbook)


def subject(need: Need) -> str:
    return subject_of(need.rule.id, need.rule.kind, need.asked, need.content, need.seat)
