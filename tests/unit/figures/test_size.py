"""Bands of amounts: in order, without a gap, and never farther than they say."""

import pytest
from hypothesis import given
from hypothesis.strategies import integers

from bot.figures.size import apart, size_of

AMOUNTS = integers(0, 10**14)


@given(AMOUNTS, AMOUNTS)
def test_the_larger_amount_is_never_of_a_smaller_size(one: int, other: int) -> None:
    assert (size_of(one) <= size_of(other)) or one > other


@given(AMOUNTS, AMOUNTS)
def test_a_band_is_never_farther_than_an_amount_in_it(total: int, other: int) -> None:
    assert apart(size_of(other), total) <= abs(other - total)


@given(AMOUNTS)
def test_an_amount_is_in_its_own_band(total: int) -> None:
    assert apart(size_of(total), total) == 0


@pytest.mark.parametrize("total", [10_000, 123_456, 98_765_432])
def test_a_band_tells_no_more_than_a_fifth(total: int) -> None:
    same = [
        other
        for other in range(total * 4 // 5, total * 5 // 4, max(total // 2_000, 1))
        if size_of(other) == size_of(total)
    ]
    assert 1.15 < max(same) / min(same) < 1.2
