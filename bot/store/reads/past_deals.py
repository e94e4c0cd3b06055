"""Deals that are over, from before Countersign and since: what later ones learn from."""

import sqlalchemy as sa

from bot.figures.similar import similar
from bot.store.personal import ERASED, erased_opportunities
from bot.store.tables import past_deals
from bot.streams.company.company import Company
from bot.streams.deal.deal import Deal
from bot.streams.decision import PastDeal, PastOf
from bot.streams.money import Money
from bot.streams.past.past import Past

MOST = 10  # the playbook shows no more


class PastDeals:
    def __init__(self, sql: sa.Connection) -> None:
        self._sql = sql

    def like(self, state: object) -> tuple[PastDeal, ...]:
        """For a deal whose opportunity is known."""
        if not isinstance(state, Deal) or (opportunity := state.opportunity) is None:
            return ()
        return self.nearest(opportunity.account.industry, opportunity.amount)

    def of_industry(self, state: object) -> tuple[PastOf, ...]:
        """For a deal whose opportunity is known."""
        if not isinstance(state, Deal) or (opportunity := state.opportunity) is None:
            return ()
        return self.record(opportunity.account.industry)

    def nearest(self, industry: str, amount: Money) -> tuple[PastDeal, ...]:
        """Won ones of the currency: those of the industry first, then the nearest in size. At most MOST."""
        won = sa.and_(past_deals.c.currency == amount.currency, past_deals.c.won.is_(True))
        found = [
            *self._near(sa.and_(won, past_deals.c.industry == industry), amount.minor, MOST),
            *self._near(won, amount.minor, 2 * MOST),
        ]
        return similar(industry, amount, tuple({deal.id: deal for deal in found}.values()), MOST)

    def record(self, industry: str) -> tuple[PastOf, ...]:
        ended = sa.select(past_deals.c.won, sa.func.count()).where(past_deals.c.industry == industry)
        count = {won: number for won, number in self._sql.execute(ended.group_by(past_deals.c.won))}
        begun = self._sql.execute(sa.select(past_deals.c.id).limit(1)).first() is not None
        return (PastOf(industry, count.get(True, 0), count.get(False, 0), begun),)

    def project_history(self, company: Company) -> None:
        """What Salesforce tells of the years before; our own deals' rows stay, and an erased one's name away."""
        erased = erased_opportunities(self._sql) if company.history else frozenset()
        for row in company.history:
            name = {"customer": ERASED} if row.id in erased else {}
            self._put(row.id, row.model_dump(exclude={"id"}) | name)

    def project_past(self, past: Past) -> None:
        """One that was imported."""
        if (deal := past.deal) is None:
            return
        told = ("customer", "industry", "currency", "total", "discount", "payment_days", "won", "days")
        row = {name: getattr(deal, name) for name in told} | {"closed_on": deal.closed_on.isoformat()}
        self._put(deal.id, row | ({"customer": ERASED} if deal.id in erased_opportunities(self._sql) else {}))

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

    def _near(self, which: sa.ColumnElement[bool], total: int, most: int) -> list[PastDeal]:
        """Those next above and next below, each found by its index."""
        size, mine = past_deals.c.total, sa.select(past_deals).where(which)
        above = mine.where(size >= total).order_by(size, past_deals.c.id).limit(most)
        below = mine.where(size < total).order_by(size.desc(), past_deals.c.id).limit(most)
        return [PastDeal(**row._mapping) for side in (above, below) for row in self._sql.execute(side)]
