"""What was said while nothing was heard is taken up once, in its order, and not beyond a stop."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from bot.agents.closure import signals
from bot.streams.deal.deal import Deal, fold
from bot.streams.deal.opening import ChannelBound, DealOpened, IntroductionPosted
from bot.streams.deal.opportunity import Opportunity
from bot.streams.deal.signals import CatchUp, Said
from bot.streams.decision import Accept
from bot.streams.ids import SYSTEM
from tests.unit.people.somebody import MONDAY, accepted, context

SHARED = "C1"
TOLD: dict[str, Any] = {"id": "006"}
OPENED = DealOpened.model_construct(opportunity=Opportunity.model_construct(**TOLD), rep="T:Maya")
READING = fold(
    Deal("deal:01JD8Z00000000000000000001"),
    (
        OPENED,
        ChannelBound(channel=SHARED, name="", shared=True),
        IntroductionPosted(channel=SHARED, ts="1.000000"),
    ),
)


def caught_up(deal: Deal, *texts: str) -> Accept:
    said = tuple(Said(ts=f"2.00000{n}", thread_ts="", speaker="T2:C", text=text) for n, text in enumerate(texts))
    command = CatchUp(stream_id=deal.id, actor=SYSTEM, channel=SHARED, said=said)
    mint = (f"text-{n}" for n in count())
    return accepted(signals.catch_up(deal, command, replace(context(MONDAY), mint=mint)))


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        ((), []),
        (("Yes.",), ["message.heard"]),
        (("One.", "Two."), ["message.heard", "message.heard"]),
        (("One.", "Countersign stop", "Two."), ["message.heard", "listening.switched"]),
    ],
)
def test_each_is_heard_until_somebody_says_stop(texts: tuple[str, ...], kinds: list[str]) -> None:
    decided = caught_up(READING, *texts)
    assert [fact.kind for fact in decided.facts] == kinds
    assert tuple(kept.body for kept in decided.texts) == texts[: kinds.count("message.heard")]


def test_what_was_heard_is_not_heard_again() -> None:
    facts: Any = caught_up(READING, "One.").facts
    again = fold(READING, facts)
    assert [fact.kind for fact in caught_up(again, "One.", "Two.").facts] == ["message.heard"]
