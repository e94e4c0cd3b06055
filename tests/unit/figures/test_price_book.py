"""Tiers at their boundaries, discounts in their order, bundles, ramps, promotions: each figure worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.figures.discounts import Rebate, stack
from bot.figures.price import Ask, price
from bot.figures.problem import PriceProblem
from bot.figures.tiers import pieces
from bot.playbook.pricing import Stacking, Tier
from bot.streams.deal.quote import AskedLine, Quote, RampStep
from tests.unit.figures.deal import OFFERED, STARTS, playbook

GRADUATED = ((100, "5", "0"), (200, "4", "0"), (None, "3", "0"))
CHEAPER = ((100, "2.10", "0"), (None, "1.00", "0"))
FEES = ((10, "1", "7"), (None, "1", "3"))


def tiers(model: str, rows: tuple[tuple[int | None, str, str], ...], package: int = 1) -> tuple[Tier, ...]:
    made = {"code": "A", "currency": "EUR", "model": model, "package": package, "valid_from": "2026-01-01"}
    return tuple(Tier.model_validate({**made, "up_to": end, "price": each, "flat": flat}) for end, each, flat in rows)


@pytest.mark.parametrize(
    ("found", "quantity", "whole"),
    [
        (tiers("graduated", GRADUATED), 1, "5"),
        (tiers("graduated", GRADUATED), 100, "500"),
        (tiers("graduated", GRADUATED), 101, "504"),
        (tiers("graduated", GRADUATED), 200, "900"),
        (tiers("graduated", GRADUATED), 201, "903"),
        (tiers("volume", CHEAPER), 100, "210"),
        (tiers("volume", CHEAPER), 101, "101"),
        (tiers("graduated", FEES), 10, "17"),
        (tiers("graduated", FEES), 11, "21"),
        (tiers("volume", FEES), 11, "14"),
        (tiers("package", ((None, "18", "0"),), 1000), 1000, "18"),
        (tiers("package", ((None, "18", "0"),), 1000), 1001, "36"),
        ((), 7, "63"),
    ],
)
def test_so_many_units_by_tiers(found: tuple[Tier, ...], quantity: int, whole: str) -> None:
    made = pieces(quantity, Decimal(9), found)
    assert sum(piece.price * piece.quantity for piece in made) == Decimal(whole)


STACKING = playbook().pricing.stacking
ADDED = Stacking(order=STACKING.order, method="added", given_up_to=2500)
TWO = (Rebate("order", 500, "o"), Rebate("line", 1000, "l"))


@pytest.mark.parametrize(
    ("rebates", "stacking", "floor", "points"),
    [
        (TWO, STACKING, 0, [("line", 1000), ("order", 450)]),
        (TWO, ADDED, 0, [("line", 1000), ("order", 500)]),
        ((Rebate("term", 500, ""), Rebate("volume", 700, "")), STACKING, 0, [("volume", 700), ("term", 465)]),
        ((Rebate("bundle", 2000, ""), Rebate("term", 1000, "")), STACKING, 0, [("bundle", 2000), ("term", 500)]),
        ((Rebate("line", 4000, ""), Rebate("term", 500, "")), STACKING, 5800, [("line", 4000), ("term", 200)]),
        ((Rebate("line", 4500, ""), Rebate("term", 500, "")), STACKING, 5800, [("line", 4500)]),
        ((Rebate("line", 10_000, ""), Rebate("order", 500, "")), STACKING, 0, [("line", 10_000)]),
    ],
    ids=[
        "chained",
        "added",
        "the order of the rule",
        "cut at the cap",
        "cut at the floor",
        "asked below it",
        "all of it",
    ],
)
def test_discounts_stack_as_the_rule_says(
    rebates: tuple[Rebate, ...], stacking: Stacking, floor: int, points: list[tuple[str, int]]
) -> None:
    assert [(d.kind, d.points) for d in stack(rebates, stacking, floor)] == points


def test_the_order_of_the_rule_decides_who_is_cut() -> None:
    late = Stacking(
        order=("term", "bundle", "line", "volume", "promotion", "order"), method="chained", given_up_to=2500
    )
    found = stack((Rebate("bundle", 2000, ""), Rebate("term", 1000, "")), late, 0)
    assert [(d.kind, d.points) for d in found] == [("term", 1000), ("bundle", 1500)]


def line(code: str, quantity: int, discount: int = 0, **more: object) -> AskedLine:
    return AskedLine.model_validate({"code": code, "quantity": quantity, "discount": discount, **more})


def ask(*lines: AskedLine, months: int = 12, currency: str = "EUR") -> Ask:
    return Ask(1, currency, lines, months, STARTS, 30, None, OFFERED)


def kinds(quote: Quote) -> dict[str, int]:
    return {deduction.kind: deduction.points for line in quote.lines for deduction in line.deductions}


@pytest.mark.parametrize(
    ("units", "months", "points"),
    [
        (499, 23, {}),
        (500, 23, {"volume": 400}),
        (499, 24, {"term": 200}),
        (999, 36, {"volume": 400, "term": 480}),
        (1000, 36, {"volume": 700, "term": 465}),
    ],
)
def test_the_book_gives_by_volume_and_term(units: int, months: int, points: dict[str, int]) -> None:
    """Dies when the steps of pricing.yaml change."""
    asked = ask(line("FLEET", units - 1), line("FLEET-PLUS", 1), months=months)
    assert kinds(price(replace(asked, gives=frozenset({"volume", "term"})), playbook())) == points
    assert kinds(price(asked, playbook())) == {}


@pytest.mark.parametrize(
    ("day", "holds"), [((2026, 9, 30), False), ((2026, 10, 1), True), ((2026, 12, 31), True), ((2027, 1, 1), False)]
)
def test_a_promotion_holds_on_its_days(day: tuple[int, int, int], holds: bool) -> None:
    asked = replace(ask(line("ANALYTICS", 1)), promotions=("analytics-2026",), offered_on=date(*day))
    if holds:
        assert kinds(price(asked, playbook())) == {"promotion": 1500}
        return
    with pytest.raises(PriceProblem) as problem:
        price(asked, playbook())
    assert problem.value.field == "analytics-2026"


def test_a_bundle_brings_its_parts_with_its_discount() -> None:
    quote = price(replace(ask(), bundles=(("DEPOT", 2),)), playbook())
    assert [(part.code, part.quantity, part.discount) for part in quote.lines] == [
        ("FLEET", 40, 600),
        ("ROUTE", 40, 600),
        ("DRIVER", 60, 600),
    ]
    with pytest.raises(PriceProblem):
        price(replace(ask(), bundles=(("NONE", 1),)), playbook())


def test_a_ramp_is_invoiced_as_it_runs() -> None:
    ramp = (RampStep(from_month=12, quantity=200), RampStep(from_month=18, quantity=300))
    quote = price(ask(line("FLEET", 100, ramp=ramp), months=24), playbook())
    assert [(part.quantity, part.from_month, part.months) for part in quote.lines] == [
        (100, 0, 12),
        (200, 12, 6),
        (300, 18, 6),
    ]
    assert [str(i.amount) for i in quote.invoices] == ["EUR 50,400.00", "EUR 126,000.00"]
    assert str(quote.total) == "EUR 176,400.00"


@pytest.mark.parametrize("months", [(0,), (12, 12), (18, 12), (24,)])
def test_a_ramp_that_does_not_rise_within_the_term_is_refused(months: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        ramp = tuple(RampStep(from_month=month, quantity=5) for month in months)
        price(ask(line("FLEET", 5, ramp=ramp), months=24), playbook())


def test_billing_shares_move_invoices_and_no_total() -> None:
    asked = ask(line("FLEET", 100), line("ONBOARD", 1), months=24)
    ramped = price(replace(asked, bill_shares=(4000, 6000)), playbook())
    assert ramped.total == price(asked, playbook()).total
    assert [str(i.amount) for i in ramped.invoices] == ["EUR 49,820.00", "EUR 60,480.00"]
