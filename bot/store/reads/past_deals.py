"""Deals that are over, from before Countersign and since: what later ones learn from."""

from dataclasses import replace
from functools import partial
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from bot.figures.chances import Proposed
from bot.figures.precedents import Alike, Cell, most_alike
from bot.figures.similar import similar
from bot.figures.size import apart, size_of
from bot.playbook.precedents import Precedents
from bot.store.data_keys import DataKeys
from bot.store.errors import Erased
from bot.store.personal import ERASED, erased_opportunities
from bot.store.reads.hidden import Hidden
from bot.store.reads.rows import RowsOf
from bot.store.tables import past_deals
from bot.streams.company.company import Company
from bot.streams.deal.deal import Deal
from bot.streams.decision import PastDeal, PastOf
from bot.streams.ids import COMPANY
from bot.streams.money import Money
from bot.streams.past.past import Past

MOST = 10  # the playbook shows no more
MOST_COMPARED = 2_000
_NUMBERS = TypeAdapter(PastDeal)
_ROWS = RowsOf(past_deals, "id")


class PastDeals:
    """The numbers are encrypted with the company's key; the customer's name with that of the stream that told it."""

    def __init__(self, sql: sa.Connection, keys: DataKeys) -> None:
        self._sql, self._keys = sql, keys
        self._numbers, self._names = Hidden(keys, past_deals), Hidden(keys, past_deals, "name")

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
            *self._around(sa.and_(won, past_deals.c.industry == industry), amount.minor, MOST),
            *self._around(won, amount.minor, 2 * MOST),
        ]
        chosen = similar(industry, amount, tuple({deal.id: deal for deal in found}.values()), MOST)
        return self._named(chosen)

    def record(self, industry: str) -> tuple[PastOf, ...]:
        ended = sa.select(past_deals.c.won, sa.func.count()).where(past_deals.c.industry == industry)
        count = {won: number for won, number in self._sql.execute(ended.group_by(past_deals.c.won))}
        begun = self._sql.execute(sa.select(past_deals.c.id).limit(1)).first() is not None
        return (PastOf(industry, count.get(True, 0), count.get(False, 0), begun),)

    def most_alike(self, asked: Proposed, currency: str, rules: Precedents) -> tuple[Alike, ...]:
        """Won and lost ones of the currency, among all that there are; without their customers' names."""
        parts = (past_deals.c.industry, past_deals.c.won, past_deals.c.currency, past_deals.c.size)
        rows = self._sql.execute(sa.select(*parts).group_by(*parts))  # the index of industries alone answers this
        cells = {Cell(industry, size) for industry, _, of, size in rows if of == currency}
        return most_alike(asked, cells, partial(self._of_cell, currency), rules)

    def _of_cell(self, currency: str, cell: Cell) -> list[PastDeal]:
        """By the index of industries: it has won and lost ones apart."""
        of = sa.select(past_deals).where(past_deals.c.industry == cell.industry, past_deals.c.won.in_((True, False)))
        rows = self._sql.execute(of.where(past_deals.c.currency == currency, past_deals.c.size == cell.size))
        return [self._read(row) for row in rows]

    def ended(self, currency: str = "") -> tuple[PastDeal, ...]:
        """Won and lost ones of the currency, or of all, at most MOST_COMPARED: for a task, a rule is shown fewer."""
        mine = sa.select(past_deals).order_by(past_deals.c.id.desc())
        mine = mine.where(past_deals.c.currency == currency) if currency else mine
        rows = self._sql.execute(mine.limit(MOST_COMPARED)).all()
        return self._named(tuple(self._read(row) for row in rows))

    def project_history(self, company: Company) -> None:
        """What Salesforce tells of the years before; our own deals' rows stay, and an erased one's name away."""
        erased = erased_opportunities(self._sql) if company.history else frozenset()
        for row in company.history:
            deal = PastDeal(**row.model_dump())
            self._put(company.id, replace(deal, customer="") if row.id in erased else deal)

    def project_past(self, past: Past) -> None:
        """One that was imported."""
        if (told := past.deal) is None:
            return
        names = ("id", "customer", "industry", "currency", "total", "discount", "payment_days", "won", "days")
        of = {name: getattr(told, name) for name in names} | {"months": told.term_months}
        deal = PastDeal(
            **of,
            competitor=told.competitor,
            closed_on=told.closed_on.isoformat(),
            positioning=told.positioning,
            became=told.became,
            way=told.way,
        )
        gone = told.id in erased_opportunities(self._sql)
        self._put(past.id, replace(deal, customer="") if gone else deal)

    def project(self, deal: Deal) -> None:
        outcome, opportunity, made = deal.handoff.outcome, deal.opportunity, deal.package.assembled
        if outcome is None or opportunity is None or made is None:
            return
        quote = made.contract.quote
        over = PastDeal(
            id=opportunity.id,
            customer=opportunity.account.name,
            industry=opportunity.account.industry,
            currency=quote.currency,
            total=quote.total.minor,
            discount=quote.discount,
            payment_days=quote.payment_days,
            won=outcome.won,
            days=outcome.days,
            closed_on=outcome.at.date().isoformat(),
            months=quote.months,
            competitor=opportunity.competitor,
            positioning="; ".join(a.topic for a in made.contract.position.advantages),
            became=deal.afterwards.seen.became if deal.afterwards.seen else "",
            way=_way(deal),
            planned_at=deal.approvals.planned.at.isoformat() if deal.approvals.planned else "",
        )
        self._put(deal.id, over)

    def _put(self, stream_id: str, deal: PastDeal) -> None:
        """An empty name is one that was erased."""
        numbers = _NUMBERS.dump_json(replace(deal, customer="")).decode()
        row = {"stream_id": stream_id, "industry": deal.industry, "currency": deal.currency, "won": deal.won}
        hidden = {
            "body": self._numbers.hide(COMPANY, deal.id, numbers),
            "name": self._names.hide(stream_id, deal.id, deal.customer) if deal.customer else "",
        }
        _ROWS.put(self._sql, deal.id, [{"id": deal.id, "size": size_of(deal.total), **row, **hidden}])

    def _around(self, which: sa.ColumnElement[bool], total: int, most: int) -> list[PastDeal]:
        """Size after size outward from the total, until no other one can hold one of the `most` nearest."""
        sizes = self._sql.scalars(sa.select(past_deals.c.size).where(which).distinct()).all()
        found: list[PastDeal] = []
        for away, size in sorted((apart(size, total), size) for size in sizes):
            distances = sorted(abs(deal.total - total) for deal in found)
            if len(found) >= most and away > distances[most - 1]:
                break
            rows = self._sql.execute(sa.select(past_deals).where(which, past_deals.c.size == size))
            found += [self._read(row) for row in rows]
        return found

    def _read(self, row: sa.Row[Any]) -> PastDeal:
        """Without its customer's name; `closed_on` and all the rest are as they were put."""
        return _NUMBERS.validate_json(self._numbers.show(COMPANY, row.id, row.body))

    def _named(self, chosen: tuple[PastDeal, ...]) -> tuple[PastDeal, ...]:
        these = sa.select(past_deals).where(past_deals.c.id.in_([deal.id for deal in chosen]))
        names = {row.id: self._name(row) for row in self._names.opening(self._sql.execute(these))}
        return tuple(replace(deal, customer=names[deal.id]) for deal in chosen)

    def _name(self, row: sa.Row[Any]) -> str:
        try:
            return self._names.show(row.stream_id, row.id, row.name) if row.name else ERASED
        except Erased:
            return ERASED


def _way(deal: Deal) -> str:
    """A no that was followed by the last price is a counter."""
    answers = [each.yes for each in deal.approvals.decided if each.way in ("own", "delegated")]
    return ("as_asked" if all(answers) else "countered") if answers else ""
