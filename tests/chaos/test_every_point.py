"""Killed once at every dangerous point of the whole deal, and started again: the same deal, once."""

import random
from collections.abc import Iterator

import pytest

from bot.crashpoints import POINTS
from tests.chaos import shaking
from tests.chaos.invariants import INVARIANTS
from tests.chaos.shaking import Shaken
from tests.chaos.stages import STAGES, points

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.timeout(400)]
SEED = 20261117


def plan(role: str, chance: random.Random) -> list[str]:
    """One pass of each point of its stages."""
    return [f"{name} {chance.randint(1, least)}" for name, least in points(role)]


@pytest.fixture(scope="module")
def shaken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaken]:
    chance = random.Random(SEED)
    plans = {role: plan(role, chance) for role in STAGES}
    with shaking.killed_at(plans, tmp_path_factory.mktemp("every-point")) as shaken:
        yield shaken


def test_it_died_at_every_point(shaken: Shaken) -> None:
    house, _ = shaken
    for process in house.processes.values():
        assert set(process.plan) - set(house.passed(process.name)) == set(), process.name
        assert process.deaths == len(set(process.plan))
    died = {line.partition(" ")[0] for process in house.processes.values() for line in process.plan}
    assert died == set(POINTS)


@pytest.mark.parametrize("name", INVARIANTS)
def test_it_holds(shaken: Shaken, name: str) -> None:
    INVARIANTS[name](*shaken)
