"""Stories 6.1.1: the yes is heard, a strategy is chosen, and every agent gets all that it needs."""

import pytest

from sandbox.walk import PROMISE, SHARED, YES
from tests.played import Played


@pytest.mark.story("6.1.1.1", criterion=1)
def test_a_commitment_in_the_shared_channel_is_heard_word_for_word(played: Played) -> None:
    signals = [text for text in played.said(played.walk.channel().id) if "Not a yes" in text]
    assert len(signals) == 1
    assert YES.replace("'", "'") in signals[0]
    assert "Clara Vogt, Chief operating officer" in signals[0]
    assert "may sign, together with Henrik Brandt" in signals[0]


@pytest.mark.story("6.1.1.1", criterion=5)
def test_the_signal_has_a_score_and_says_why(played: Played) -> None:
    signal = played.fact("signal.detected")
    assert 85 <= signal["score"] <= 100
    card = next(text for text in played.said(played.walk.channel().id) if "Not a yes" in text)
    assert f"Score {signal['score']} of 100. Why: they decide to buy" in card


def test_the_customer_never_sees_a_signal_a_price_or_a_margin(played: Played) -> None:
    """Of ours, the shared channel holds one message: who I am, and how to stop me."""
    said = played.said(SHARED)
    assert len(said) == 1
    assert "Stop reading" in said[0]
    assert not any(word in said[0] for word in ("EUR", "margin", "approv", "Score"))


@pytest.mark.story("6.1.1.2", criterion=1)
def test_the_strategy_rests_on_past_deals(played: Played) -> None:
    chosen = played.fact("strategy.chosen")
    assert len(chosen["precedents"]) == 3
    assert "Like this one: " + "; ".join(chosen["precedents"]) in played.thread()


@pytest.mark.story("6.1.1.2", criterion=6)
def test_the_strategy_is_explained_to_whoever_asks(played: Played) -> None:
    chosen = played.fact("strategy.chosen")
    assert chosen["strategy"] in played.thread()
    assert chosen["says"] in played.thread()
    assert all(reason in played.thread() for reason in chosen["reasons"])


@pytest.mark.story("6.1.1.3", criterion=1)
def test_the_contract_agent_gets_complete_parameters(played: Played) -> None:
    over = next(f["fact"] for f in played.facts() if f["kind"] == "handover.contracts")
    assert (over["customer"], over["currency"], over["months"]) == ("Brightwater Freight GmbH", "EUR", 24)
    assert (over["starts_on"], over["payment_days"], over["lines"]) == ("2026-12-01", 60, 3)
    assert over["strategy"]


@pytest.mark.story("6.1.1.3", criterion=2)
@pytest.mark.story("6.1.1.3", criterion=3)
@pytest.mark.story("6.1.1.3", criterion=4)
@pytest.mark.parametrize(
    "agent", ["quality", "approvals", "signature", "integration", "finance", "handoff", "learning"]
)
def test_the_agents_hand_over_by_facts_in_order(played: Played, agent: str) -> None:
    order = [f["kind"] for f in played.facts() if f["kind"].startswith("handover.")]
    assert f"handover.{agent}" in order
    assert order.index("handover.contracts") < order.index(f"handover.{agent}")


@pytest.mark.story("6.1.1.3", criterion=6)
def test_one_card_tells_where_it_stands_all_the_way(played: Played) -> None:
    assert "LISTENING" in played.told["opened"]
    assert "WAITING ON APPROVALS" in played.told["waiting"]
    assert "OUT FOR SIGNATURE" in played.told["signing"]
    assert "CLOSED WON" in " ".join(played.said(played.walk.channel().id)[0].upper().split())
    pinned = played.town.site.world.pins[played.walk.channel().id]
    assert [pin.ts for pin in pinned] == [played.walk.card().ts]


def test_a_promise_of_ours_is_kept_with_its_exact_words(played: Played) -> None:
    heard = played.fact("promise.heard")
    assert heard["name"] == "Tom Byrne"
    assert heard["said"] == {"start": 0, "end": len(PROMISE), "hash": heard["said"]["hash"]}
