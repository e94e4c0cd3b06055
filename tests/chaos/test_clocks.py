"""Two clocks as real processes on one store: one acts; killed, the other takes over."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.store.offices import CLOCK, Office
from sandbox.town import ROOT
from sandbox.wait import until
from tests.world import World

pytestmark = pytest.mark.chaos
WAIT_S = 60.0


def office(world: World) -> Office | None:
    with world.relay.dispatcher.store.snapshot() as tx:
        return next((office for office in tx.offices.every() if office.office == CLOCK), None)


@contextmanager
def clock(world: World) -> Iterator["subprocess.Popen[bytes]"]:
    town = world.town
    with subprocess.Popen(town.countersign("clock"), cwd=ROOT, env=town.environment()) as process:
        yield process
        process.kill()


def pid(held: Office | None) -> int:
    return int(held.holder.rpartition(":")[2]) if held is not None else 0


def test_one_of_two_acts_and_when_it_is_killed_the_other_takes_over(tmp_path: Path, seal_dir: Path) -> None:
    world = World(tmp_path / "town", seal_dir)
    with ExitStack() as processes:
        clocks = {c.pid: c for c in (processes.enter_context(clock(world)) for _ in range(2))}
        first = until(lambda: pid(office(world)) if pid(office(world)) in clocks else 0, WAIT_S, "a clock is elected")
        before = office(world)
        assert before is not None
        until(lambda: (now := office(world)) and now.ticked_at > before.ticked_at, WAIT_S, "it goes on")
        assert pid(office(world)) == first
        clocks[first].send_signal(signal.SIGKILL)
        second = next(each for each in clocks if each != first)
        until(lambda: pid(office(world)) == second, WAIT_S, "the other one takes over")
    world.close()
