"""A worker that the machine puts to sleep in the middle of a call, longer than its lease lasts."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest

from sandbox.salesforce import seed
from sandbox.slack.entities import Message
from sandbox.wait import until
from sandbox.walk import SHARED, Walk
from tests.chaos.house import DEADLINE_S, House, Process
from tests.chaos.invariants import of_app, owed, repeated, the_chain_is_whole
from tests.chaos.walks import ShakenWalk

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
WAIT_S = 60.0
ASLEEP, AWAKE = Process("asleep", "worker"), Process("awake", "worker")


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[tuple[House, ShakenWalk]]:
    house = House(tmp_path)
    house.open(Process("web", "web"), Process("clock", "clock"), ASLEEP)
    yield house, ShakenWalk(house.town, patience_s=WAIT_S, reading_s=0)
    house.close()


def card(walk: Walk) -> Message | None:
    found = walk.town.site.world.channel_named("deal-brightwater-freight")
    return next(iter(m for m in walk.town.site.world.messages.get(found.id, []) if m.bot), None) if found else None


def times(house: House, *points: str) -> int:
    passed = Counter(line.partition(" ")[0] for line in house.passed(ASLEEP.name))
    return sum(passed[point] for point in points)


def test_it_settles_nothing_when_it_wakes_and_the_other_one_has_done_it(walk: tuple[House, ShakenWalk]) -> None:
    """Slack has taken the card, and answers in a moment; by then nobody listens any more."""
    house, shaken = walk
    house.town.site.faults.add("chat.postMessage", "slow", seconds=DEADLINE_S * 0.8)
    seed.negotiate(house.town.org)
    first = until(lambda: card(shaken), WAIT_S, "the card")
    ASLEEP.kill(SIGSTOP)
    begun, settled = times(house, "call.before"), times(house, "settle.marked")
    house.open(AWAKE)
    shaken.introduction()
    until(lambda: not _owed(house), WAIT_S, "nothing is owed")
    ASLEEP.kill(SIGCONT)
    until(lambda: times(house, "settle.done", "call.failed") >= begun, WAIT_S, "it wakes, and wants to say what it did")
    assert times(house, "settle.marked") == settled
    assert [m.ts for m in of_app(house, first.channel) if not m.thread_ts] == [first.ts]
    assert len(of_app(house, SHARED)) == 1
    the_chain_is_whole(house, shaken)
    assert repeated(house) == {}


def _owed(house: House) -> list[str]:
    with house.store.snapshot() as tx:
        return owed(tx)
