"""What is said, pressed and signed arrives in every order, each of it twice and some of it late: the deal is the same
in the end."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import requests

from sandbox.slack.deliveries import Envelope, Reply
from sandbox.slack.entities import Message
from sandbox.walk import CLARA, HENRIK, JONAS, MAYA, PRIYA, PROMISE, SHARED, TOM, TOTAL, YES
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
    return _ended(world)


def pressed(folder: Path, seal_dir: Path, order: tuple[int, ...]) -> tuple[object, ...]:
    """As `arrived`, once two approvers pressed, and one of them in a request that is long over, too."""
    world = World(folder, seal_dir)
    for step in (world.walk.negotiate, world.walk.promise, world.walk.agree):
        step()
    over = world.walk.request(JONAS, "approval.approve")
    stale = _press(world, JONAS, over)
    for step in (world.walk.reject, world.walk.reprice):
        step()
    presses = [stale, *(_press(world, user, world.walk.asked(user, TOTAL)) for user in (JONAS, PRIYA))]
    shuffled = [presses[place] for place in order]
    send = world.town.site.deliveries.send
    for envelope in shuffled[:2]:
        assert send(envelope).status == 200
    world.settle()
    for envelope in (*reversed(shuffled), shuffled[2]):
        assert send(envelope).status == 200
    world.settle()
    return _ended(world)


def _press(world: World, user: str, message: Message) -> Envelope:
    """What Slack sends for it, kept back."""
    deliveries, held = world.town.site.deliveries, list[Envelope]()
    send: Callable[..., Reply] = deliveries.send

    def hold(envelope: Envelope) -> Reply:
        held.append(envelope)
        return Reply(200, "", 0)

    deliveries.send = hold  # type: ignore[assignment, method-assign]
    try:
        world.town.people.press(user, message.channel, message.ts, "approval.approve")
    finally:
        deliveries.send = send  # type: ignore[method-assign]
    [envelope] = held
    return envelope


@contextmanager
def _posts_kept() -> Iterator[list[Callable[[], int]]]:
    """What the signers' browsers send; each can be sent again, and says with which status it was answered."""
    kept, post = list[Callable[[], int]](), requests.Session.post

    def keep(session: requests.Session, url: str, **told: Any) -> requests.Response:
        if "/p/" in url:
            kept.append(lambda: post(session, url, **told).status_code)
        return post(session, url, **told)

    requests.Session.post = keep  # type: ignore[assignment, method-assign]
    try:
        yield kept
    finally:
        requests.Session.post = post  # type: ignore[method-assign]


def _ended(world: World) -> tuple[object, ...]:
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


def test_presses_in_every_order_end_the_same(tmp_path: Path, seal_dir: Path) -> None:
    ends = {pressed(tmp_path / str(n), seal_dir, order) for n, order in enumerate(permutations(range(3)))}
    assert len(ends) == 1, ends


def test_a_signature_told_again_and_late_counts_once(tmp_path: Path, seal_dir: Path) -> None:
    """Once more at the same moment, and once more after all the others have signed."""
    world = World(tmp_path, seal_dir)
    world.walk.until_approved()
    world.walk.send()
    again = []
    for user in (CLARA, HENRIK):
        with _posts_kept() as posts:
            world.walk.sign(user)
        again += [posts[-1]] * 2
        posts[-1]()
        world.settle()
    before = _facts(world)
    statuses = {post() for post in reversed(again)}
    world.settle()
    assert statuses <= {200}
    assert _facts(world) == before
    world.walk.countersign()
    world.settle()
    assert dict(_facts(world))["signer.signed"] == 3
    world.close()
