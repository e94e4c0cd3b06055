"""Whole deals in a house that shakes: what the tests play once, and `make chaos` many times."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from sandbox.situations import rush
from sandbox.wait import until
from tests.chaos.house import House, Process
from tests.chaos.walks import ShakenWalk

PATIENCE_S = 60.0
WORKERS = tuple(f"worker-{n}" for n in range(1, 5))
LIVES = (150, 500)  # crash points that a worker passes before it is killed, however fast the machine is
LOOK_EVERY_S = 0.02
PACKAGE = ("Q", "OF", "MSA", "DPA")  # of one of the others; the papers for its people come besides

Shaken = tuple[House, ShakenWalk]


@contextmanager
def killed_at(plans: Mapping[str, Sequence[str]], folder: Path, database_url: str = "") -> Iterator[Shaken]:
    """The deal, and the night after it; each process (web, worker, clock) dies at the passes that its plan names."""
    with shaky(folder, database_url) as (house, walk):
        house.open(*(Process(role, role, plan) for role, plan in plans.items()))
        house.town.site.faults.add("chat.postMessage", "ratelimited", times=2)
        walk.play()
        walk.sleep(house.store)
        yield house, walk


@contextmanager
def raced(seed: int, others: int, folder: Path, database_url: str = "") -> Iterator[Shaken]:
    """Four workers race, and each is killed again and again in the middle of whatever it does. Once the first deal is
    approved, the deals of `others` more customers come on top."""
    with shaky(folder, database_url) as (house, walk):
        house.open(Process("web", "web"), Process("clock", "clock"), *(Process(name, "worker") for name in WORKERS))
        with _killing(house, random.Random(seed)):
            _walked_among(walk, rush.NAMES[:others])
            walk.sleep(house.store)
        yield house, walk


def deaths(house: House) -> dict[str, int]:
    return {name: process.deaths for name, process in house.processes.items()}


@contextmanager
def shaky(folder: Path, database_url: str) -> Iterator[Shaken]:
    house = House(folder, database_url=database_url)
    walk = ShakenWalk(house.town, patience_s=PATIENCE_S, reading_s=0)
    walk.nudge = lambda: walk.decide(house.store)
    try:
        yield house, walk
    finally:
        house.close()


def _walked_among(walk: ShakenWalk, names: tuple[str, ...]) -> None:
    walk.until_approved()
    crowd = Thread(target=rush.agree, args=(walk, names))
    crowd.start()
    walk.from_sending()
    crowd.join()
    until(lambda: all(len(package(walk, name)) >= len(PACKAGE) for name in names), PATIENCE_S, "everybody's package")


def package(walk: ShakenWalk, name: str) -> list[str]:
    """The kinds of the documents of one of the others' package, one for each that stands in the channel."""
    world = walk.town.site.world
    channel = world.channel_named(f"deal-{name.lower()}-cargo")
    files = [f.name for m in world.messages[channel.id] for f in m.files] if channel else []
    return [kind for file in files if (kind := file.partition("-")[0]) in PACKAGE]


@contextmanager
def _killing(house: House, chance: random.Random) -> Iterator[None]:
    over = Event()
    ends = {name: chance.randint(*LIVES) for name in WORKERS}

    def kill() -> None:
        while not over.wait(LOOK_EVERY_S):
            for name in WORKERS:
                if (passed := len(house.passed(name))) >= ends[name]:
                    house.processes[name].kill()
                    ends[name] = passed + chance.randint(*LIVES)

    thread = Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
