"""What is said arrives in every order, each message twice and some of them late: the deal is the same in the end."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from sandbox.slack.deliveries import Envelope
from sandbox.walk import CLARA, MAYA, PROMISE, SHARED, TOM, YES
from tests.world import World

pytestmark = [pytest.mark.chaos, pytest.mark.slow]
SAID = ((TOM, PROMISE), (CLARA, YES), (MAYA, "Thanks to both of you. Who joins the kick-off on Thursday?"))
Event = dict[str, Any]


@contextmanager
def held_back(world: World) -> Iterator[list[Event]]:
    """What Slack would tell, but does not yet."""
    deliveries, held = world.town.site.deliveries, list[Event]()
    tell: Callable[..., None] = deliveries.event
    deliveries.event = held.append  # type: ignore[assignment, method-assign]
    try:
        yield held
    finally:
        deliveries.event = tell  # type: ignore[method-assign]


def deliver(world: World, events: Iterable[Event]) -> None:
    for body in events:
        reply = world.town.site.deliveries.send(Envelope("event message", body, json.dumps(body).encode()))
        assert reply.status == 200


def arrived(folder: Path, seal_dir: Path, order: tuple[int, ...]) -> tuple[object, ...]:
    """The deal in the end: its card, its facts and what was said about it, by kind and number."""
    world = World(folder, seal_dir)
    assert world.town.outbound is not None
    world.town.outbound.twice = True
    world.walk.negotiate()
    with held_back(world) as held:
        for user, text in SAID:
            world.town.people.say(user, SHARED, text)
    shuffled = [held[place] for place in order]
    deliver(world, shuffled[:2])
    world.settle()
    deliver(world, [*reversed(shuffled), shuffled[2]])
    found = world.card(), _facts(world), len(world.said()), len(world.said(SHARED))
    world.close()
    return found


def _facts(world: World) -> tuple[tuple[str, int], ...]:
    with world.relay.dispatcher.store.snapshot() as tx:
        streams = tx.ledger.streams("deal:")
        return tuple(sorted(Counter(e.kind for stream in streams for e in tx.ledger.entries(stream)).items()))


def test_every_order_ends_the_same(tmp_path: Path, seal_dir: Path) -> None:
    orders = list(permutations(range(len(SAID))))
    ends = {arrived(tmp_path / str(n), seal_dir, order) for n, order in enumerate(orders)}
    assert len(ends) == 1, ends
