"""What is told to a deal is one row when its sender has an answer, and is decided once, in the order of telling."""

from datetime import timedelta
from functools import partial
from typing import cast

import pytest
from rq.timeouts import JobTimeoutException

from bot.dispatch import Dispatcher, Heard
from bot.store.transaction import Store
from bot.streams.deal.opening import NoticeOpportunity
from bot.streams.decision import Link
from bot.streams.ids import SYSTEM
from jobs.effects.how import Desk
from jobs.relay import Relay
from tests.store.desk import NOW, address, hint, mint, new_deal
from tests.store.test_races import at_once


@pytest.fixture
def linked(dispatcher: Dispatcher) -> tuple[str, Link]:
    """A deal with one fact, and the link that it holds."""
    deal, word = new_deal(), mint()
    dispatcher.execute(hint(deal, word), word, address(word))
    return deal, address(word)


def heard(word: str, link: Link) -> Heard:
    return Heard(partial(NoticeOpportunity, actor=SYSTEM, opportunity_id=word), word, link)


def waiting(store: Store, deal: str) -> list[str]:
    with store.snapshot() as tx:
        return [due.id for due in tx.deadlines.of(deal, NOW)]


def causes(store: Store, deal: str) -> list[str]:
    with store.snapshot() as tx:
        return [entry.stamp.partition('"cause":"')[2].partition('"')[0] for entry in tx.ledger.entries(deal)][1:]


def relay(dispatcher: Dispatcher) -> Relay:
    """One that fires deadlines; what they owe is left for another."""
    deadline = timedelta(seconds=20)
    return Relay(dispatcher, cast(Desk, None), lambda: NOW, list, 3 * deadline, deadline, long=True)


def test_it_is_decided_in_the_order_of_its_telling(
    store: Store, dispatcher: Dispatcher, linked: tuple[str, Link]
) -> None:
    deal, link = linked
    keys = [f"told:{deal}:{n}" for n in range(5)]
    assert dispatcher.hear([heard(key, link) for key in keys[:3]]) == [deal] * 3
    assert dispatcher.hear([heard(key, link) for key in keys[3:]]) == [deal] * 2
    assert (waiting(store, deal), causes(store, deal)) == (keys, [])
    relay(dispatcher).poke(deal)
    assert (waiting(store, deal), causes(store, deal)) == ([], keys)


def test_told_again_it_waits_once_and_is_decided_once(
    store: Store, dispatcher: Dispatcher, linked: tuple[str, Link]
) -> None:
    deal, link = linked
    key = f"told:{deal}"
    hear = partial(dispatcher.hear, [heard(key, link)] * 2)
    at_once([hear] * 8)
    assert waiting(store, deal) == [key]
    relay(dispatcher).poke(deal)
    assert hear() == [deal] * 2
    relay(dispatcher).poke(deal)
    assert (waiting(store, deal), causes(store, deal)) == ([], [key])


def test_what_is_said_where_no_deal_is_or_one_that_was_erased_is_written_nowhere(
    store: Store, dispatcher: Dispatcher, linked: tuple[str, Link]
) -> None:
    deal, link = linked
    assert dispatcher.hear([heard(f"told:{deal}", Link("slack.channel", mint()))]) == [None]
    with store.transaction() as tx:
        tx.keys.destroy(deal, NOW)
    assert dispatcher.hear([heard(f"told:{deal}", link)]) == [None]
    with store.snapshot() as tx:
        assert deal not in tx.deadlines.due(NOW)


def test_one_that_we_stumble_over_keeps_no_other_waiting(
    store: Store, dispatcher: Dispatcher, linked: tuple[str, Link], monkeypatch: pytest.MonkeyPatch
) -> None:
    deal, link = linked
    dispatcher.hear([heard(f"{key}:{deal}", link) for key in ("first", "second")])
    monkeypatch.setattr(NoticeOpportunity, "model_validate_json", _stumbling(NoticeOpportunity.model_validate_json))
    relay(dispatcher).poke(deal)
    assert (waiting(store, deal), causes(store, deal)) == ([f"first:{deal}"], [f"second:{deal}"])
    monkeypatch.undo()
    relay(dispatcher).poke(deal)
    assert (waiting(store, deal), causes(store, deal)) == ([], [f"second:{deal}", f"first:{deal}"])


def test_a_job_whose_time_is_over_ends_there_and_what_waits_still_waits(
    store: Store, dispatcher: Dispatcher, linked: tuple[str, Link], monkeypatch: pytest.MonkeyPatch
) -> None:
    deal, link = linked
    dispatcher.hear([heard(f"first:{deal}", link)])

    def late(_body: str) -> object:
        raise JobTimeoutException

    monkeypatch.setattr(NoticeOpportunity, "model_validate_json", late)
    with pytest.raises(JobTimeoutException):
        relay(dispatcher).poke(deal)
    assert waiting(store, deal) == [f"first:{deal}"]


def _stumbling(read: object) -> object:
    def stumble(body: str) -> object:
        if "first:" in body:
            raise ArithmeticError("a bug of ours")
        return read(body)  # type: ignore[operator]

    return stumble
