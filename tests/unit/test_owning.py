"""Whose deal it is, at the boundaries of the playbook's patience."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.agents.closure import owning
from bot.streams.deal.deal import Deal, fold
from bot.streams.deal.opening import DealOpened, OwnerAwaited, RepChanged
from bot.streams.deal.opportunity import Account, Opportunity
from bot.streams.deal.parked import EffectParked
from bot.streams.decision import Accept, Colleague, Context, Reads
from bot.streams.effects import Lane, Tell
from tests.unit.people.somebody import MONDAY, accepted, context

TOLD: dict[str, Any] = {"id": "006", "stage": "Negotiation", "owner_email": "Maya@larkspur.example"}
NAMED: dict[str, Any] = {"name": "Brightwater Freight GmbH"}
READ = Opportunity.model_construct(**TOLD)
EMPTY = Deal("deal:01JD8Z00000000000000000001")


def seen_by(*people: tuple[str, str], seconds: int = 0) -> Context:
    known = tuple(
        Colleague(f"T:{name}", "person:x", name, "", f"{name.lower()}@larkspur.example", "UTC", frozenset({group}), 0)
        for name, group in people
    )
    return replace(context(MONDAY + timedelta(seconds=seconds)), reads=Reads(colleagues=known))


RAVI, MAYA = ("Ravi", "reps"), ("Maya", "reps")
WAITING = fold(EMPTY, (OwnerAwaited(email=READ.owner_email, at=MONDAY),))


def facts(decision: object) -> list[str]:
    assert isinstance(decision, Accept)
    return [fact.kind for fact in decision.facts]


@pytest.mark.parametrize(
    ("seconds", "opens"), [(0, False), (599, False), (600, True), (601, True)], ids=["at once", "before", "at", "after"]
)
def test_somebody_stands_in_when_the_patience_is_over_and_not_before(seconds: int, opens: bool) -> None:
    decided = accepted(owning.begin(WAITING, READ, seen_by(RAVI, seconds=seconds)))
    assert facts(decided) == (["deal.opened"] if opens else [])
    assert [d.name for d in decided.deadlines] == ["owner.look"]


def test_nobody_who_may_send_is_no_deal_and_it_looks_again() -> None:
    decided = accepted(owning.begin(WAITING, READ, seen_by(seconds=86_400)))
    assert (decided.facts, [d.name for d in decided.deadlines]) == ((), ["owner.look"])


@pytest.mark.parametrize(
    ("waited", "wait"), [(0, 10), (10, 10), (11, 11), (320, 320), (86_399, 86_399), (86_400, 86_400), (90_000, 86_400)]
)
def test_it_looks_again_after_as_long_as_it_waited(waited: int, wait: int) -> None:
    decided = accepted(owning.begin(WAITING, READ, seen_by(seconds=waited)))
    assert decided.deadlines[0].due_at == MONDAY + timedelta(seconds=waited + wait)


def test_the_owner_is_found_however_the_address_is_written() -> None:
    opened = accepted(owning.begin(EMPTY, READ, seen_by(RAVI, MAYA))).facts[0]
    assert opened == DealOpened(opportunity=READ, rep="T:Maya", stands_in=False)


def test_the_one_who_stood_in_and_is_the_owner_stands_in_no_longer() -> None:
    deal = fold(WAITING, (DealOpened(opportunity=READ, rep="T:Maya", stands_in=True),))
    decided = accepted(owning.follow(deal, READ, (), seen_by(MAYA)))
    assert decided.facts == (RepChanged(rep="T:Maya", before="T:Maya", at=MONDAY),)
    assert decided.effects == ()


@pytest.mark.parametrize("stage", ["Closed Won", "Closed Lost"])
def test_what_is_closed_changes_hands_no_more(stage: str) -> None:
    deal = fold(EMPTY, (DealOpened(opportunity=READ, rep="T:Maya"),))
    handed = READ.model_copy(update={"stage": stage, "owner_email": "ravi@larkspur.example"})
    assert accepted(owning.follow(deal, handed, (), seen_by(MAYA, RAVI))).facts == ()


def test_what_was_given_up_is_asked_of_the_new_owner_and_no_longer_of_the_one_before() -> None:
    parked = EffectParked(
        key="deal:1:2:0:note.post", fence=1, effect="note.post", lane=Lane.SLACK, code="busy", at=MONDAY
    )
    read = Opportunity.model_construct(**TOLD, account=Account.model_construct(**NAMED))
    opened = fold(EMPTY, (DealOpened(opportunity=read, rep="T:Ravi"), parked))
    decided = accepted(owning.follow(opened, read, (), seen_by(RAVI, MAYA)))
    told = {(e.foreign_id, e.command) for e in decided.effects if isinstance(e, Tell)}
    assert told == {("T:Ravi", "CloseTask"), ("T:Maya", "OfferTask")}
