"""What needs a manager, at each threshold; and sums that add up whatever the currencies."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures.pipeline import GROUPS, DealLine, Overdue, by_state, needs, sums
from bot.playbook.company import Attention
from bot.streams.money import Money

NOW = datetime(2026, 11, 18, 17, tzinfo=UTC)
RULE = Attention(signature_days=2, unsent_hours=24, stopped_hours=24)
STATES = [state for _, states in GROUPS for state in sorted(states)]


def line(state: str, since: timedelta = timedelta(), minor: int = 100, currency: str = "EUR", no: int = 1) -> DealLine:
    return DealLine(
        stream_id=f"deal:{no}",
        customer=f"Customer {no}",
        title="",
        rep="T:REP",
        state=state,
        waits_on="T:WHO",
        since=NOW - since,
        total=Money(minor=minor, currency=currency),
        channel="",
        words=state,
    )


@pytest.mark.parametrize(
    ("state", "since", "kind"),
    [
        ("signing", timedelta(days=2), None),
        ("signing", timedelta(days=2, seconds=1), "signature"),
        ("ready", timedelta(hours=24), None),
        ("ready", timedelta(hours=24, seconds=1), "unsent"),
        ("paused", timedelta(hours=24), None),
        ("paused", timedelta(hours=24, seconds=1), "stopped"),
        ("trouble", timedelta(), "stuck"),
        ("held", timedelta(), "stuck"),
        ("rejected", timedelta(), "stuck"),
        ("expired", timedelta(), "stuck"),
        ("drafting", timedelta(days=90), None),
        ("approvals", timedelta(days=90), None),
        ("closing", timedelta(days=90), None),
    ],
)
def test_each_state_needs_somebody_from_its_limit_on(state: str, since: timedelta, kind: str | None) -> None:
    found = needs([line(state, since)], [], RULE, NOW)
    assert [need.kind for need in found] == ([kind] if kind else [])


@pytest.mark.parametrize(("late", "kinds"), [(timedelta(), []), (timedelta(seconds=1), ["decision"])])
def test_a_decision_is_late_after_its_moment(late: timedelta, kinds: list[str]) -> None:
    overdue = [Overdue("deal:1", "T:JONAS", NOW - late)]
    assert [n.kind for n in needs([line("approvals")], overdue, RULE, NOW)] == kinds


def test_of_several_late_decisions_the_oldest_is_told() -> None:
    overdue = [Overdue("deal:1", "T:NEW", NOW - timedelta(days=1)), Overdue("deal:1", "T:OLD", NOW - timedelta(days=3))]
    [need] = needs([line("approvals")], overdue, RULE, NOW)
    assert (need.who, need.days) == ("T:OLD", 3)


def test_the_worst_comes_first() -> None:
    deals = [line("paused", timedelta(days=9), no=1), line("signing", timedelta(days=5), no=2), line("held", no=3)]
    deals += [line("approvals", no=4), line("signing", timedelta(days=7), no=5)]
    late = [Overdue("deal:4", "T:JONAS", NOW - timedelta(hours=1))]
    assert [n.deal.stream_id[-1] for n in needs(deals, late, RULE, NOW)] == ["3", "4", "5", "2", "1"]


lines = st.builds(
    line,
    state=st.sampled_from([*STATES, "a state that no group knows"]),
    minor=st.integers(0, 10**12),
    currency=st.sampled_from(["EUR", "USD", "JPY"]),
)


@given(st.lists(lines, max_size=30))
def test_groups_add_up_to_the_whole_in_every_currency(deals: list[DealLine]) -> None:
    groups = by_state(deals)
    assert sum(len(group.deals) for group in groups) == len(deals)
    assert sums(amount for group in groups for amount in group.sums) == sums(deal.total for deal in deals)


def test_two_currencies_are_never_added() -> None:
    euros, dollars = Money(minor=100, currency="EUR"), Money(minor=200, currency="USD")
    assert sums([dollars, euros, dollars]) == (euros, Money(minor=400, currency="USD"))
