"""An amount is read as people type it, in one way or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.typed import typed_amount
from bot.streams.money import Money


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("1250000", 125_000_000),
        ("1,250,000", 125_000_000),
        ("1.250.000", 125_000_000),
        ("1'250'000.50", 125_000_050),
        ("1 250 000,5", 125_000_050),
        ("EUR 1,250,000.00", 125_000_000),
        ("1.250.000,00 eur", 125_000_000),
        ("1.250", 125_000),
        ("12.50", 1_250),
        ("", None),
        ("EUR", None),
        ("1.250.00", None),
        ("1,250,000,5", None),
        ("1.250,000.50", None),
        ("12,50.00", None),
        ("-5", None),
        ("1e6", None),
        ("١٢٥", None),
        ("12.505", 1_250_500),
        ("12.5055", None),
        ("USD 5", None),
        ("9" * 40, None),
    ],
)
def test_amounts(text: str, minor: int | None) -> None:
    found = typed_amount(text, "EUR")
    assert (found.minor if found else None) == minor


@given(st.integers(0, 10**13), st.sampled_from(["{:,.2f}", "{:.2f}", "EUR {:,.2f}", "{:,.2f} EUR"]))
def test_what_we_write_ourselves_is_read_back(minor: int, way: str) -> None:
    exact = Money(minor=minor, currency="EUR")
    assert typed_amount(way.format(exact.decimal()), "EUR") == exact
