"""When a provider is asked, when it is left alone, and what repeats may cost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.breakers import FULL, Breaker, State
from bot.streams.effects import Lane
from jobs.breaker import (
    IN_A_ROW,
    IN_A_ROW_REFUSED,
    LONGEST_PAUSE_S,
    Admission,
    admit,
    calm,
    failed,
    indifferent,
    worked,
)

NOW = datetime(2026, 11, 17, 9, tzinfo=UTC)
LEASE = timedelta(seconds=60)
NEW = Breaker(Lane.BOOKS, NOW)


def after(fails: int, refused: bool = False, wait_s: float = 0) -> Breaker:
    row = NEW
    for _ in range(fails):
        row = failed(row, NOW, "503", refused, wait_s)
    return row


@pytest.mark.parametrize(("refused", "most"), [(False, IN_A_ROW), (True, IN_A_ROW_REFUSED)])
def test_it_opens_at_the_last_failure_in_a_row(refused: bool, most: int) -> None:
    assert after(most - 1, refused).state is State.CLOSED
    assert after(most, refused).state is State.OPEN


def test_one_success_begins_the_count_anew() -> None:
    row = worked(after(IN_A_ROW - 1))
    assert failed(row, NOW, "503", False, 0).state is State.CLOSED


@given(st.integers(0, IN_A_ROW - 1), st.sampled_from([0, FULL - 1, FULL]), st.booleans(), st.integers(0, 600))
def test_what_need_not_be_written_would_change_nothing(fails: int, credit: int, repeats: bool, later_s: int) -> None:
    row, now = replace(after(fails), credit=credit), NOW + timedelta(seconds=later_s)
    if calm(row):
        assert worked(row) == row
    if indifferent(row, repeats):
        changed, admission = admit(row, now, now + LEASE, repeats)
        assert (replace(changed, counted_at=NOW), admission) == (row, Admission.YES)
    assert calm(NEW)
    assert indifferent(replace(NEW, credit=FULL), False)
    assert not indifferent(replace(NEW, credit=FULL), True)


def test_one_worker_asks_when_the_pause_is_over_and_nobody_before() -> None:
    row = after(IN_A_ROW)
    assert row.until is not None
    assert admit(row, row.until - timedelta(seconds=1), NOW + LEASE, False)[1] is Admission.SHUT
    probing, first = admit(row, row.until, row.until + LEASE, True)
    assert (first, probing.state) == (Admission.YES, State.PROBING)
    assert admit(probing, row.until, row.until + LEASE, False)[1] is Admission.SHUT
    assert worked(probing).state is State.CLOSED


def test_a_worker_that_dies_while_it_asks_is_followed_by_the_next() -> None:
    row = after(IN_A_ROW)
    assert row.until is not None
    probing, _ = admit(row, row.until, row.until + LEASE, False)
    assert admit(probing, row.until + LEASE, row.until + 2 * LEASE, False)[1] is Admission.YES


def test_each_probe_that_fails_doubles_the_pause_up_to_the_longest() -> None:
    pauses = [((after(IN_A_ROW + more).until or NOW) - NOW).total_seconds() for more in range(8)]
    assert pauses[:3] == [10, 20, 40]
    assert pauses[-1] == LONGEST_PAUSE_S


def test_the_providers_own_word_for_when_to_come_back_is_kept() -> None:
    assert after(IN_A_ROW, wait_s=3600).until == NOW + timedelta(hours=1)


@pytest.mark.slow
@given(st.lists(st.booleans(), min_size=150, max_size=600))
def test_repeats_never_add_more_than_a_tenth(repeats: list[bool]) -> None:
    """Of a hundred and fifty and more first tries, however the repeats fall among them."""
    row, firsts, paid = NEW, 0, 0
    for wants_repeat in [*repeats, *[True] * 100]:
        row, admission = admit(row, NOW, NOW + LEASE, wants_repeat)
        firsts += not wants_repeat
        paid += wants_repeat and admission is Admission.YES
    assert paid <= 3 + firsts * 8 // 100
    assert firsts < 150 or paid * 10 <= firsts


def test_without_traffic_a_repeat_is_paid_for_by_waiting() -> None:
    empty = Breaker(Lane.BOOKS, NOW, credit=0)
    assert admit(empty, NOW + timedelta(seconds=9), NOW + LEASE, True)[1] is Admission.OVER_BUDGET
    assert admit(empty, NOW + timedelta(seconds=10), NOW + LEASE, True)[1] is Admission.YES
