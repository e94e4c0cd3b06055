"""After a change: what must be approved again, and what goes on holding."""

from dataclasses import dataclass

from bot.figures.approval_needs import Need, Needs, needs
from bot.figures.deal_facts import deal_facts
from bot.streams.deal.approvals import subject_of
from bot.streams.deal.contract import Contract
from bot.streams.deal.deal import Deal
from bot.streams.decision import Context


@dataclass(frozen=True, slots=True)
class Reopened:
    """`again` is asked anew or for the first time, `holds` was approved with the very same content, `gone` names the
    rules that ask no more."""

    again: tuple[Need, ...]
    holds: tuple[Need, ...]
    gone: tuple[str, ...]


def needs_of(deal: Deal, contract: Contract, context: Context) -> Needs:
    facts = deal_facts(deal, contract.quote, context, contract.clauses)
    return needs(facts, contract.quote, contract.clauses, context.playbook)


def reopened(deal: Deal, contract: Contract, context: Context) -> Reopened:
    """If the deal stood on this contract instead. Changes nothing."""
    wanted = needs_of(deal, contract, context).all
    held = {a.subject for a in deal.approvals.asked if deal.approvals.holds(a, context.now.date())}
    holds = tuple(need for need in wanted if subject(need) in held)
    rules = {need.rule.id for need in wanted}
    gone = tuple(a.rule for a in deal.approvals.asked if a.rule not in rules)
    return Reopened(tuple(need for need in wanted if need not in holds), holds, gone)


def subject(need: Need) -> str:
    return subject_of(need.rule.id, need.rule.kind, need.asked, need.content, need.seat)
