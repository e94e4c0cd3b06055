"""Customers' credit from a CSV: what it says, what it does not, and which row and field is wrong."""

from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.credit_rows import COLUMNS, read, with_credit
from bot.streams.deal.opportunity import Account
from bot.streams.money import Money

HEAD = ",".join(COLUMNS)
KNOWN = {"credit_rating": "A", "credit_limit": Money(minor=9, currency="EUR"), "credit_checked_on": date(2026, 1, 1)}
ACCOUNT = Account(
    id="001Hn00001AAAAAIAA", name="Brightwater Freight GmbH", industry="", country="DE", street="", city="",
    postal_code="", vat_id="", employees=1, **KNOWN,
)  # fmt: skip
GOOD = "001Hn00001AAAAA,,c,1200.50,EUR,2026-11-01"


def credit(row: str) -> tuple[object, object, object]:
    found = with_credit(ACCOUNT, read(f"{HEAD}\n{row}\n"), "EUR")
    return found.credit_rating, found.credit_limit, found.credit_checked_on


def test_a_row_goes_before_salesforce_and_who_is_not_in_it_keeps_what_stands_there() -> None:
    assert credit(GOOD) == ("C", Money(minor=120_050, currency="EUR"), date(2026, 11, 1))
    assert credit(",brightwater freight gmbh,B,,,") == ("B", None, None)
    assert credit("001Hn00001BBBBB,Brightwater Freight GmbH,D,,,") == tuple(KNOWN.values())
    assert credit(GOOD.replace("EUR", "USD")) == ("C", None, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("001Hn00001AAAAA,,C,12.505,EUR,2026-11-01", "limit"),
        ("001Hn00001AAAAA,,C,much,EUR,2026-11-01", "limit"),
        ("001Hn00001AAAAA,,C,-1,EUR,2026-11-01", "limit"),
        ("001Hn00001AAAAA,,C,1,,2026-11-01", "currency"),
        ("001Hn00001AAAAA,,C,1,EURO,2026-11-01", "currency"),
        ("001Hn00001AAAAA,,C,1,EUR,01.11.2026", "rated_on"),
        ("001Hn00001AAAAA,,a very good one,1,EUR,2026-11-01", "rating"),
    ],
)
def test_a_bad_row_is_named_with_its_field_and_says_nothing_good_of_anybody(row: str, field: str) -> None:
    [bad] = read(f"{HEAD}\n{GOOD}\n{row}\n").bad
    assert (bad.line, bad.field) == (3, field)
    assert credit(row) == ("", None, None)


def test_a_file_without_a_column_says_nothing_of_anybody() -> None:
    found = read("account_id,rating\n001Hn00001AAAAA,A\n")
    assert [(bad.line, bad.field) for bad in found.bad] == [(1, "name, limit, currency, rated_on")]
    assert with_credit(ACCOUNT, found, "EUR").credit_rating == ""


@given(text=st.text(max_size=80))
def test_whatever_stands_there_it_is_rows_and_bad_rows(text: str) -> None:
    found = read(f"{HEAD}\n{text}")
    assert all(asdict(bad)["told"] for bad in found.bad)
