"""When earlier negotiations speak, and with which rung."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.foreseeing import DEAL, DOCUMENT, OWN_PAPER, answers, foreseen, habits
from bot.streams.decision import Demand, Objection, Reads
from tests.unit.figures.deal import playbook

CAP = "liability_cap"


def reads(deals: int, **given_: int) -> Reads:
    """Of that many signed deals, so many objected to the cap and signed each rung."""
    rows = [Objection(CAP, rung, count) for rung, count in given_.items() if count]
    return Reads(objections=(Objection(DEAL, "", deals), *rows))


def rung(found: Reads) -> str | None:
    return next((each.rung for each in foreseen(found, "Logistics", playbook()) if each.clause == CAP), None)


@pytest.mark.parametrize(
    ("deals", "signed", "answer"),
    [
        (9, {"first": 4}, None),  # too few
        (9, {"first": 5}, "first"),
        (12, {"first": 5}, "first"),  # 41.7% of the deals
        (13, {"first": 5}, None),  # 38.5%
        (10, {"preferred": 3, "first": 2}, "preferred"),  # 60% signed ours after all
        (10, {"preferred": 2, "first": 3}, "first"),
        (10, {"preferred": 1, "first": 1, "second": 3}, "second"),
        (10, {"first": 5, "second": 1}, "first"),
    ],
)
def test_the_cheapest_rung_that_enough_have_signed_answers(
    deals: int, signed: dict[str, int], answer: str | None
) -> None:
    assert rung(reads(deals, **signed)) == answer


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 20))
def test_no_more_is_given_than_most_who_asked_have_signed(low: int, first: int, second: int, others: int) -> None:
    asked = low + first + second
    found = rung(reads(asked + others, preferred=low, first=first, second=second))
    if found is not None:
        cheaper = {"preferred": 0, "first": low, "second": low + first}[found]
        assert cheaper * 10_000 < playbook().negotiation.accepted * asked


@pytest.mark.parametrize(("signed", "industry"), list(product((True, False), (True, False))))
def test_what_the_customer_signed_itself_counts_before_its_industry(signed: bool, industry: bool) -> None:
    own = Demand("deal-1", "2026-01-02", CAP, "below", "second", signed)
    usual = reads(9, first=9).objections if industry else ()
    expected = "second" if signed else "first" if industry else None
    assert rung(Reads(demands=(own,), objections=usual)) == expected


def test_of_several_deals_the_newest_holds_and_says_when() -> None:
    told = (
        Demand("a", "2025-01-02", CAP, "first", "first", True),
        Demand("b", "2026-05-06", CAP, "first", "preferred", True),
    )
    found = foreseen(Reads(demands=told), "Logistics", playbook())
    assert answers(found) == {CAP: ("preferred", "they signed it in their deal of 6 May 2026")}


def test_habits_count_deals_and_own_paper_and_keep_the_latest_day_of_a_document() -> None:
    about = [
        ("a", DEAL),
        ("a", OWN_PAPER),
        ("a", f"{DOCUMENT}security-exhibit"),
        ("b", DEAL),
        ("b", f"{DOCUMENT}security-exhibit"),
    ]
    days = {"a": "2025-01-02", "b": "2026-05-06"}
    found = habits(Demand(deal, days[deal], what, "", "", True) for deal, what in about)
    assert (found.deals, found.own_paper) == (2, 1)
    assert found.documents == {"security-exhibit": date(2026, 5, 6)}
