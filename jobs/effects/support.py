"""What the past says of the requests that a package needs: looked for once, before anybody is asked."""

from bot.agents.approvals.support import Past, proposed_of, support_of
from bot.figures.practices_kept import in_effect
from bot.figures.reapproval import needs_of
from bot.streams.company.company import Company
from bot.streams.deal.deal import Deal
from bot.streams.deal.package import PackageAssembled
from bot.streams.deal.support import Support
from bot.streams.ids import COMPANY
from jobs.effects.how import Work


def support_for(work: Work, deal: Deal, made: PackageAssembled) -> tuple[Support, ...]:
    """By all past deals of the currency, won and lost; one for each rule that asks a person."""
    asked, book = proposed_of(deal, made.contract), work.desk.playbook
    if asked is None:
        return ()
    with work.desk.store.snapshot() as tx:
        currency = made.contract.quote.currency
        company: Company = tx.ledger.load(COMPANY, work.desk.code).state
        past = Past(
            alike=tx.past_deals.most_alike(asked, currency, book.precedents),
            ended=tx.past_deals.ended(currency),
            became=tx.decisions.became(),
            policies=company.policies,
            practices=in_effect(company.practices, book.precedents),
        )
    wanted = needs_of(deal, made.contract, work.desk.context(work.now, "colleagues", of=deal)).all
    rules = {need.rule.id: need.rule for need in wanted if not need.auto}
    return tuple(support_of(rule, made.contract, asked, past, book) for rule in rules.values())
