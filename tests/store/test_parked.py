"""A decision about what was given up takes hold once, whoever dies or presses twice, and however many at once."""

import signal
import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.dispatch import Dispatcher
from bot.store.outbox import Owed
from bot.store.transaction import Store
from bot.streams.deal.parked import ReportParked
from bot.streams.effects import Lane
from bot.streams.ids import SYSTEM
from tests.store.decider import decision
from tests.store.desk import CODE, NOW, address, hint, mint, new_deal
from tests.store.test_races import at_once

ROOT = Path(__file__).parents[2]
POINTS = (
    "dispatch.begun",
    "dispatch.facts",
    "dispatch.owed",
    "dispatch.recorded",
    "store.committing",
    "store.committed",
)


def given_up(store: Store, dispatcher: Dispatcher) -> Owed:
    """An effect that was tried once and parked, as the relay leaves it."""
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), word, address(word))
    with store.transaction() as tx:
        head = tx.outbox.head(deal, Lane.SALESFORCE, NOW)
        assert head is not None
        owed = tx.outbox.hold(head, NOW + timedelta(minutes=1))
        assert owed is not None
        assert tx.outbox.park(owed, NOW, "INVALID_FIELD")
        told = {"key": owed.key, "fence": owed.fence, "effect": owed.effect.kind, "lane": owed.effect.lane}
        report = ReportParked(stream_id=deal, actor=SYSTEM, code="INVALID_FIELD", **told)
        dispatcher.answer(tx, report, f"{owed.key}:parked")
    return owed


def decided(store: Store, owed: Owed) -> int:
    with store.snapshot() as tx:
        return [entry.kind for entry in tx.ledger.entries(owed.stream_id)].count("effect.decided")


def waits_for_a_person(store: Store, owed: Owed) -> bool:
    with store.snapshot() as tx:
        left = tx.ledger.load(owed.stream_id, CODE).state.parked.row(owed.key)
        return tx.parked.of(owed.key) is not None or left is not None


def is_owed(store: Store, owed: Owed) -> bool:
    with store.snapshot() as tx:
        return tx.outbox.waiting(owed.stream_id).count(owed.key) == 1


@pytest.mark.parametrize(("point", "choice"), [*((point, "retry") for point in POINTS), ("dispatch.owed", "skip")])
def test_killed_anywhere_the_press_counts_once(
    store: Store, dispatcher: Dispatcher, database_url: str, tmp_path: Path, point: str, choice: str
) -> None:
    owed = given_up(store, dispatcher)
    (tmp_path / "plan").write_text(f"{point} 1\n")
    words = [database_url, owed.key, str(owed.fence), choice, str(tmp_path)]
    died = subprocess.run([sys.executable, "-m", "tests.store.decider", *words], cwd=ROOT, check=False, timeout=60)
    assert died.returncode == -signal.SIGKILL
    for _ in range(2):  # Slack's client, and the person
        told = dispatcher.execute(decision(owed.key, owed.fence, choice), f"press:{owed.key}:{owed.fence}")
        assert told.reason is None
    assert decided(store, owed) == 1
    assert not waits_for_a_person(store, owed)
    assert is_owed(store, owed) is (choice == "retry")


def test_two_who_decide_at_once_are_told_apart(store: Store, dispatcher: Dispatcher) -> None:
    owed = given_up(store, dispatcher)
    presses = [
        partial(dispatcher.execute, decision(owed.key, owed.fence, choice), f"{choice}:{n}")
        for n, choice in enumerate(("retry", "skip", "retry", "skip"))
    ]
    told = [outcome.reason for outcome in at_once(presses)]
    assert sorted(told, key=str) == [None, "parked.decided", "parked.decided", "parked.decided"]
    assert decided(store, owed) == 1


def test_a_press_about_an_earlier_parking_does_nothing(store: Store, dispatcher: Dispatcher) -> None:
    owed = given_up(store, dispatcher)
    assert dispatcher.execute(decision(owed.key, owed.fence - 1, "retry"), mint()).reason == "parked.decided"
    assert dispatcher.execute(decision(owed.key, owed.fence, "compensate"), mint()).reason == "parked.cannot_undo"
    assert waits_for_a_person(store, owed)
