"""What becomes of an effect that did not go through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.errors import Busy, Refused, Unauthorised, Unknown
from jobs.effects.how import Repeat
from jobs.verdict import BUG, LONGEST_WAIT_S, TRIES, UNKNOWN, Blame, backoff, of

CHANCES = st.floats(0, 1, exclude_max=True)


def never() -> float:
    return 0.0


@given(st.integers(1, 3600), st.integers(0, 1000), CHANCES)
def test_what_the_provider_told_is_waited_for_and_never_parks(told: int, tries: int, chance: float) -> None:
    said = of(Busy("429", told), tries, 0, Repeat.PROBE, lambda: chance)
    assert said.wait_s is not None
    assert told <= said.wait_s <= max(told * 1.1, LONGEST_WAIT_S)
    assert not said.counts


@given(st.integers(0, 100), CHANCES)
def test_the_wait_doubles_and_the_upper_half_is_chance(failures: int, chance: float) -> None:
    whole = min(2.0**failures, LONGEST_WAIT_S)
    assert whole / 2 <= backoff(failures, lambda: chance) <= whole


@pytest.mark.parametrize(
    ("error", "code", "blame"),
    [
        (Unknown("500"), UNKNOWN, Blame.PROVIDER),
        (ValueError("ours"), BUG, Blame.US),
        (Unauthorised("invalid_auth"), "unauthorised invalid_auth", Blame.CREDENTIALS),
    ],
)
def test_the_last_try_parks_and_the_one_before_does_not(error: Exception, code: str, blame: Blame) -> None:
    before = of(error, 9, TRIES - 2, Repeat.UPSERT, never)
    assert before.wait_s is not None
    last = of(error, 9, TRIES - 1, Repeat.UPSERT, never)
    assert (last.wait_s, last.code, last.blame) == (None, code, blame)


def test_an_unknown_outcome_that_cannot_be_looked_up_goes_to_a_person_at_once() -> None:
    said = of(Unknown("timeout"), 0, 0, Repeat.ASK, never)
    assert (said.wait_s, said.code) == (None, UNKNOWN)


def test_a_no_is_parked_and_blames_nobody() -> None:
    said = of(Refused("STORAGE_LIMIT_EXCEEDED"), 0, 0, Repeat.UPSERT, never)
    assert (said.wait_s, said.code, said.blame) == (None, "STORAGE_LIMIT_EXCEEDED", Blame.NOBODY)
