"""Imported deals under a changed policy: judged where what is known suffices, and named where it does not."""

from dataclasses import replace

import pytest

from bot.agents.approvals.replaying_past import changed, replay_past
from bot.playbook.schema import Playbook
from bot.streams.decision import PastDeal
from tests.unit.figures.deal import playbook

DEAL = PastDeal("1", "", "Logistics", "EUR", 10_000_000, 2_100, 60, True, 9, "2026-01-01", 24)
OLD = playbook()


def other(rule: str, **change: object) -> Playbook:
    """The same playbook with one condition of one rule another one."""
    fact = str(change.pop("fact"))
    rules = []
    for each in OLD.approvals.rules:
        when = tuple(c.model_copy(update=change) if c.fact == fact and c.compare == "at_most" else c for c in each.when)
        rules.append(each.model_copy(update={"when": when}) if each.id == rule else each)
    return OLD.model_copy(update={"approvals": OLD.approvals.model_copy(update={"rules": tuple(rules)})})


LESS = other("discount-vp", fact="discount", percent=2_000)


def test_the_same_policy_differs_in_nothing() -> None:
    assert changed(OLD, OLD) == ()
    assert replay_past(DEAL, (), OLD, OLD).unknown == ()


@pytest.mark.parametrize(("discount", "dropped"), [(2_000, ()), (2_001, (("discount-vp", "sales-vp"),)), (2_600, ())])
def test_only_who_is_touched_is_told(discount: int, dropped: tuple[tuple[str, str], ...]) -> None:
    found = replay_past(replace(DEAL, discount=discount), changed(OLD, LESS), OLD, LESS)
    assert (found.dropped, found.added, found.unknown) == (dropped, (), ())


def test_what_is_not_told_of_a_deal_leaves_it_unjudged() -> None:
    later = other("payment-finance", fact="payment_days", count=60)
    assert replay_past(replace(DEAL, payment_days=61), changed(OLD, later), OLD, later).dropped == (
        ("payment-finance", "finance"),
    )
    found = replay_past(replace(DEAL, payment_days=0), changed(OLD, later), OLD, later)
    assert (found.unknown, found.dropped) == (("payment_days", "payment_within_own"), ())
