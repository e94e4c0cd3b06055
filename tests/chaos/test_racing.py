"""Four workers race on many deals, and are killed one after another: each deal is the same as if nothing had been."""

from collections.abc import Iterator

import pytest

from sandbox.situations.rush import NAMES
from tests.chaos import shaking
from tests.chaos.invariants import INVARIANTS
from tests.chaos.shaking import Shaken

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.timeout(400)]
SEEDS = (20261117,)  # more of them in `make chaos`
OTHERS = 2


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed-{seed}")
def raced(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Shaken]:
    with shaking.raced(request.param, OTHERS, tmp_path_factory.mktemp("racing")) as shaken:
        yield shaken


def test_every_worker_was_killed(raced: Shaken) -> None:
    died = shaking.deaths(raced[0])
    assert all(died[name] > 0 for name in shaking.WORKERS), died


@pytest.mark.parametrize("name", INVARIANTS)
def test_it_holds(raced: Shaken, name: str) -> None:
    INVARIANTS[name](*raced)


def test_nobody_was_forgotten_in_the_crowd(raced: Shaken) -> None:
    _, walk = raced
    for name in NAMES[:OTHERS]:
        assert sorted(shaking.package(walk, name)) == sorted(shaking.PACKAGE), name
