"""How likely a yes is, what may be sold later, and which offers are made: each figure worked out by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.chances import Proposed, alike, chance, differs, wilson
from bot.figures.deal_facts import opportunity_facts
from bot.figures.potential import path, potential
from bot.figures.price import Ask
from bot.figures.quote_check import below_floor
from bot.figures.scenarios import Setting, scenarios
from bot.playbook.conditions import FactName
from bot.streams.deal.offers import Chance, Situation
from bot.streams.deal.opportunity import Account, Opportunity
from bot.streams.decision import PastDeal
from bot.streams.money import Money
from tests.unit.figures.deal import LINES, OFFERED, STARTS, asked, playbook

RULES = playbook().offers
OFFER = Proposed(100_000, 1000, 24, 30, "Logistics", "Routewise")


def deal(no: int, won: bool = True, **more: object) -> PastDeal:
    told: dict[str, object] = {"total": 100_000, "discount": 1000, "payment_days": 30, "months": 24, "competitor": ""}
    told |= more
    return PastDeal(f"p{no}", f"Customer {no}", "Logistics", "EUR", won=won, days=30, closed_on="2026-01-01", **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "like"),
    [
        ({"total": 400_000}, True),
        ({"total": 400_001}, False),
        ({"total": 25_000}, True),
        ({"total": 24_999}, False),
        ({"total": 0}, False),
        ({"discount": 1750}, True),
        ({"discount": 1751}, False),
        ({"discount": 249}, False),
        ({"payment_days": 50}, True),
        ({"payment_days": 51}, False),
        ({"months": 0}, True),
        ({"months": 12}, False),
    ],
)
def test_what_is_like_an_offer(more: dict[str, Any], like: bool) -> None:
    """Dies when `alike` of offers.yaml changes."""
    assert alike(OFFER, deal(1, **more), RULES.alike) == like


@pytest.mark.parametrize(("count", "known"), [(11, False), (12, True)])
def test_below_the_threshold_nothing_is_said(count: int, known: bool) -> None:
    found = chance(OFFER, [deal(n) for n in range(count)], RULES)
    assert (found.known, found.of, found.won) == (known, count, count)
    assert found.share == (10_000 if known else 0)


def test_a_few_lucky_ones_are_drawn_towards_all() -> None:
    """12 of 12 alike were won, of all 24 half: (12 + 12 x 0.5) / 24 is 75%."""
    past = [deal(n) for n in range(12)] + [deal(n, won=False, discount=9000) for n in range(12, 24)]
    assert chance(OFFER, past, RULES).share == 7500


def test_the_competitor_draws_once_enough_were_met() -> None:
    lost = [deal(n, won=False, discount=9000, competitor="ROUTEWISE") for n in range(12, 24)]
    past = [deal(n) for n in range(12)] + lost
    assert chance(OFFER, past, RULES).share == 5000
    assert chance(OFFER, past[:-1], RULES).share == round(10_000 * (12 + 12 * 12 / 23) / 24)


def test_only_the_nearest_speak() -> None:
    near = [deal(n) for n in range(40)]
    far = [deal(n, won=False, total=300_000) for n in range(40, 90)]
    found = chance(OFFER, near + far, RULES)
    assert (found.won, found.of) == (40, 40)


def test_wilsons_interval() -> None:
    """Newcombe 1998, table I: 81 of 263 at 95% is 0.2553 to 0.3662."""
    assert [round(end, 4) for end in wilson(81 / 263, 263, 1.959964)] == [0.2553, 0.3662]


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_interval_holds_the_share(won: int, lost: int) -> None:
    past = [deal(n) for n in range(won)] + [deal(n + 100, won=False) for n in range(lost)]
    found = chance(OFFER, past, RULES)
    assert found.known == (won + lost >= RULES.at_least)
    assert not found.known or 0 <= found.low <= found.share <= found.high <= 10_000


def test_a_difference_must_be_more_than_chance() -> None:
    sure = Chance(known=True, won=36, of=40, share=9000, low=0, high=0)
    half = Chance(known=True, won=20, of=40, share=5000, low=0, high=0)
    near = Chance(known=True, won=22, of=40, share=5500, low=0, high=0)
    none = Chance(known=False, won=3, of=3)
    assert differs(sure, half, RULES)
    assert not differs(near, half, RULES)
    assert not differs(sure, none, RULES)


ACCOUNT = Account(
    id="001", name="Brightwater Freight GmbH", industry="Logistics", country="DE", street="S", city="H",
    postal_code="2", vat_id="", employees=1400, credit_rating="A", credit_limit=None, credit_checked_on=None,
)  # fmt: skip
OPPORTUNITY = Opportunity(
    id="006", name="B", stage="Negotiation", amount=Money(minor=1, currency="EUR"), currency="EUR",
    close_on=date(2027, 3, 1), owner_email="", months=24, starts_on=STARTS, payment_days=60, competitor="",
    deal_channel="", shared_channel="", modified_at="", modified_by="", account=ACCOUNT, lines=LINES, contacts=(),
)  # fmt: skip


def test_what_may_be_sold_later_has_a_price_path() -> None:
    """1,400 employees: 350 may have a seat, 240 do. 42.00 less 22% is 32.76, at most 34.40 after that."""
    found = {each.code: each for each in potential(OPPORTUNITY, asked(), playbook())}
    assert set(found) == {"FLEET", "DRIVER", "ARCHIVE", "ANALYTICS"}
    seats = found["FLEET"]
    assert (seats.more, str(seats.now), str(seats.renewed)) == (110, "EUR 32.76", "EUR 34.40")
    assert str(seats.a_year) == "EUR 43,243.20"
    assert "110 more by seat (240 today, 1,400 employees)" in path(seats, 24)
    small = OPPORTUNITY.model_copy(update={"account": ACCOUNT.model_copy(update={"employees": 960})})
    assert "FLEET" not in {each.code for each in potential(small, asked(), playbook())}


def setting(**more: object) -> Setting:
    book = playbook()
    made = Setting(
        ask=Ask(1, "EUR", LINES, 24, STARTS, 60, None, OFFERED),
        opportunity=OPPORTUNITY,
        situation=Situation(),
        past=(),
        competitor="",
        urgent_words="",
        today=OFFERED,
        playbook=book,
        facts=lambda quote: {
            **opportunity_facts(OPPORTUNITY, 0, book),
            FactName.BELOW_FLOOR: bool(below_floor(quote, book)),
        },
    )
    return replace(made, **more)  # type: ignore[arg-type]


def offers(**more: object) -> dict[str, tuple[int, int, int]]:
    made = scenarios(setting(**more))
    return {each.id: (each.discount, each.months, each.payment_days) for each in made}


def test_there_are_three_and_more_offers_without_any_past() -> None:
    made = scenarios(setting())
    assert [each.id for each in made] == ["stands", "longer", "prompt", "ramp", "expansion"]
    assert {each.chance.known for each in made} == {False}


@pytest.mark.parametrize(
    ("by", "words", "kind", "months", "discount"),
    [
        (date(2026, 12, 9), "", "longer", 36, 2500),
        (date(2026, 12, 8), "", "shorter", 12, 2000),
        (date(2027, 3, 1), "this week", "shorter", 12, 2000),
    ],
    ids=["22 days", "21 days", "words"],
)
def test_the_time_that_is_left_decides_the_term(by: date, words: str, kind: str, months: int, discount: int) -> None:
    made = offers(situation=Situation(decide_by=by), urgent_words=words)
    assert made[kind] == (discount, months, 60)


@pytest.mark.parametrize(
    ("days", "late", "kind", "terms"),
    [
        (60, None, "prompt", (2400, 24, 30)),
        (31, 12, "prompt", (2400, 24, 30)),
        (30, 9, "patient", (1900, 24, 60)),
        (30, 10, "", ()),
    ],
)
def test_how_they_pay_decides_what_is_offered(days: int, late: int | None, kind: str, terms: tuple[int, ...]) -> None:
    ask = replace(setting().ask, payment_days=days)
    made = offers(ask=ask, situation=Situation(late_days=late))
    assert {name: made[name] for name in ("prompt", "patient") if name in made} == ({kind: terms} if kind else {})


@pytest.mark.parametrize(
    ("budget", "first"),
    [
        (None, "EUR 96,435.68"),
        ("100000.00", "EUR 96,435.68"),
        ("80000.00", "EUR 79,983.10"),
        ("10000.00", "EUR 63,834.80"),
    ],
)
def test_the_budget_decides_the_first_invoice(budget: str | None, first: str) -> None:
    told = Situation(budget=Money.parse(budget, "EUR") if budget else None)
    ramp = next(each for each in scenarios(setting(situation=told)) if each.id == "ramp")
    assert (str(ramp.first_invoice), str(ramp.total)) == (first, "EUR 226,839.20")


def past_at(discount: int, won: int, of: int) -> list[PastDeal]:
    return [deal(discount * 100 + n, n < won, total=25_000_000, discount=discount, payment_days=60) for n in range(of)]


def test_the_discount_that_is_expected_to_earn_most() -> None:
    """Around 0% few said yes, around 15% almost all: more than its price. Who presses takes no less than now."""
    past = (*past_at(0, 2, 30), *past_at(1500, 29, 30), *past_at(2500, 29, 30))
    assert offers(past=past)["margin"][0] == 1000
    assert offers(past=past, situation=Situation(pressed=True))["margin"][0] == 2500


def test_an_offer_against_the_deal_as_it_stands() -> None:
    past = (*past_at(2500, 2, 30), *past_at(1000, 29, 30))
    made = {each.id: each for each in scenarios(setting(past=past))}
    assert made["stands"].buys == ""
    assert made["margin"].buys.startswith("+") and made["margin"].buys.endswith("points")
    assert made["ramp"].buys == "+0 points, which may be chance"
    assert "Discounts, line 3" in [need.line for need in made["stands"].needs]
