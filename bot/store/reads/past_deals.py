"""Deals that are over, from before Countersign and since: what later ones learn from."""

import sqlalchemy as sa

from bot.store.tables import past_deals
from bot.streams.company.company import Company
from bot.streams.deal.deal import Deal
from bot.streams.decision import PastDeal


class PastDeals:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def every(self) -> tuple[PastDeal, ...]:
        rows = self._sql.execute(sa.select(past_deals).order_by(past_deals.c.closed_on, past_deals.c.id))
        return tuple(PastDeal(**row._mapping) for row in rows)

    def project_history(self, company: Company) -> None:
        """What Salesforce tells of the years before; our own deals' rows stay."""
        for row in company.history:
            self._put(row.id, row.model_dump(exclude={"id"}))

    def project(self, deal: Deal) -> None:
        outcome, opportunity, made = deal.handoff.outcome, deal.opportunity, deal.package.assembled
        if outcome is None or opportunity is None or made is None:
            return
        quote = made.contract.quote
        row = {
            "customer": opportunity.account.name,
            "industry": opportunity.account.industry,
            "currency": quote.currency,
            "total": quote.total.minor,
            "discount": quote.discount,
            "payment_days": quote.payment_days,
            "won": outcome.won,
            "days": outcome.days,
            "closed_on": outcome.at.date().isoformat(),
        }
        self._put(opportunity.id, row)

    def _put(self, row_id: str, row: dict[str, object]) -> None:
        self._sql.execute(past_deals.delete().where(past_deals.c.id == row_id))
        self._sql.execute(past_deals.insert().values(id=row_id, **row))
