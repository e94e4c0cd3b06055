"""Story NFR-6.1: an agent takes over from another as soon as it is told to. The record says when each did."""

from datetime import datetime
from typing import Any

import pytest

from tests.played import Played

LIMIT_S = 30  # the specification's
# An agent -> the first thing that it does when it takes over.
FIRST = {
    "contracts": "package.assembled",
    "quality": "package.checked",
    "approvals": "approvals.planned",
    "signature": "signer.invited",
    "integration": "crm.closed",
    "finance": "finance.planned",
    "handoff": "handoff.offered",
    "learning": "win.planned",
}


def at(fact: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(fact["stamp"]["at"])


@pytest.mark.story("NFR-6.1", criterion=1)
@pytest.mark.parametrize("agent", FIRST)
def test_every_agent_takes_over_within_half_a_minute(played: Played, agent: str) -> None:
    facts = played.facts()
    told = [n for n, fact in enumerate(facts) if fact["kind"] == f"handover.{agent}"]
    assert told
    for n in told:
        taken = next(fact for fact in facts[n:] if fact["kind"] == FIRST[agent])
        assert (at(taken) - at(facts[n])).total_seconds() < LIMIT_S


@pytest.mark.story("NFR-6.1", criterion=1)
def test_every_handover_of_the_record_is_looked_at(played: Played) -> None:
    kinds = {fact["kind"] for fact in played.facts()}
    assert {kind for kind in kinds if kind.startswith("handover.")} == {f"handover.{agent}" for agent in FIRST}
