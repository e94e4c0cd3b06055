"""What a rule is shown of the past is what a look at all of it would give, and does not grow with it."""

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from secrets import choice, randbelow

import pytest
import sqlalchemy as sa

from bot.figures.chances import Proposed
from bot.figures.precedents import likeness
from bot.figures.similar import similar
from bot.store.reads.past_deals import MOST
from bot.store.tables import past_deals
from bot.store.transaction import Store
from bot.streams.decision import PastDeal
from bot.streams.ids import stream_id
from bot.streams.money import Money
from bot.streams.past.past import Past, PastOpportunity
from bot.wiring import playbook_in
from tests.store.desk import mint

INDUSTRIES = ("Logistics", "Retail", "")
CURRENCIES = ("EUR", "USD")
PRECEDENTS = playbook_in(Path(__file__).parents[2] / "playbook").precedents


def some(count: int) -> tuple[PastDeal, ...]:
    return tuple(
        PastDeal(
            id=mint(),
            customer="Example",
            industry=choice(INDUSTRIES),
            currency=choice(CURRENCIES),
            total=randbelow(40),
            discount=0,
            payment_days=30,
            won=choice((True, True, False)),
            days=1,
            closed_on="2026-01-01",
        )
        for _ in range(count)
    )


@pytest.mark.parametrize("count", [0, 3, 25, 200])
def test_the_nearest_are_those_that_a_look_at_all_gives(store: Store, count: int) -> None:
    made = some(count)
    with store.engine.writing() as sql:
        sql.execute(past_deals.delete())
    with store.transaction() as tx:
        for deal in made:
            tx.past_deals.project_past(imported(deal))
    with store.snapshot() as tx:
        for industry in (*INDUSTRIES, "Unheard of"):
            for total in (0, 7, 20, 39, 1000):
                amount = Money(minor=total, currency="EUR")
                assert tx.past_deals.nearest(industry, amount) == similar(industry, amount, made, MOST)
            (record,) = tx.past_deals.record(industry)
            mine = [deal for deal in made if deal.industry == industry]
            assert (record.won, record.lost) == (sum(d.won for d in mine), sum(not d.won for d in mine))
            assert record.begun is bool(made)
        euros = [deal for deal in made if deal.currency == "EUR"]
        assert sorted(tx.past_deals.ended("EUR"), key=lambda d: d.id) == sorted(euros, key=lambda d: d.id)


@pytest.mark.parametrize("count", [0, 2, 25, 200])
def test_the_most_alike_are_those_that_a_look_at_all_gives(store: Store, count: int) -> None:
    made = tuple(replace(deal, discount=randbelow(2_500), payment_days=randbelow(90)) for deal in some(count))
    with store.engine.writing() as sql:
        sql.execute(past_deals.delete())
    with store.transaction() as tx:
        for deal in made:
            tx.past_deals.project_past(imported(deal))
    euros = [replace(deal, customer="") for deal in made if deal.currency == "EUR"]
    with store.snapshot() as tx:
        for industry in (*INDUSTRIES, "Unheard of"):
            for total in (0, 7, 39, 1000):
                asked = Proposed(total, randbelow(2_500), 24, 30, industry, "")
                every = sorted(euros, key=lambda d: (-likeness(asked, d, PRECEDENTS), d.id))
                found = tx.past_deals.most_alike(asked, "EUR", PRECEDENTS)
                assert [alike.deal for alike in found] == every[: PRECEDENTS.shown]


def imported(deal: PastDeal) -> Past:
    told = {**asdict(deal), "term_months": deal.months, "loss_reason": "", "opened_on": date(2025, 12, 31)}
    del told["days"], told["months"], told["planned_at"]
    return Past(stream_id("past", mint()), PastOpportunity.model_validate(told))


def test_both_engines_find_them_by_an_index(store: Store) -> None:
    explain = "EXPLAIN QUERY PLAN " if store.engine.embedded else "EXPLAIN "
    query = "SELECT * FROM past_deals WHERE currency = 'EUR' AND won IS TRUE AND size = 7"
    with store.engine.reading() as sql:
        if not store.engine.embedded:
            sql.execute(sa.text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(str(row) for row in sql.execute(sa.text(explain + query)))
    assert "past_deals_size" in plan
