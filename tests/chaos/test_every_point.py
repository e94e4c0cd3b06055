"""Killed once at every dangerous point of the whole deal, and started again: the same deal, once."""

import random
from collections.abc import Iterator

import pytest

from bot.crashpoints import POINTS
from tests.chaos.house import House, Process
from tests.chaos.invariants import INVARIANTS
from tests.chaos.walks import ShakenWalk

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.timeout(400)]
SEED = 20261117
PATIENCE_S = 60.0
# How often a deal passes a point at the least, where that is less than its stage says.
FEW = {
    "call.between": 3,
    "call.failed": 1,
    "deadline.dropped": 1,
    "project.written": 2,
    "file.written": 5,
    "file.renamed": 5,
}
STAGES = {  # of each process, and how often a deal passes their points at the least
    "web": (("receive", "dispatch", "store"), 20),
    "worker": (("dispatch", "store", "lease", "call", "settle", "deadline", "project", "file"), 80),
    "clock": (("ring",), 20),
}
Shaken = tuple[House, ShakenWalk]


def plan(role: str, chance: random.Random) -> list[str]:
    """One pass of each point of its stages."""
    stages, many = STAGES[role]
    mine = [name for name in POINTS if name.partition(".")[0] in stages]
    return [f"{name} {chance.randint(1, FEW.get(name, many))}" for name in mine]


@pytest.fixture(scope="module")
def shaken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shaken]:
    chance = random.Random(SEED)
    processes = [Process(role, role, plan(role, chance)) for role in STAGES]
    house = House(tmp_path_factory.mktemp("every-point"))
    walk = ShakenWalk(house.town, patience_s=PATIENCE_S, reading_s=0)
    try:
        house.open(*processes)
        house.town.site.faults.add("chat.postMessage", "ratelimited", times=2)
        walk.play()
        walk.sleep(house.store)
        yield house, walk
    finally:
        house.close()


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
