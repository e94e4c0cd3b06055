"""No escalation gives authority: who may decide is the same before and after, and whoever is asked may."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.agents.approvals.authority import chain_to
from bot.agents.approvals.house import house_of
from bot.playbook.permissions import Permission
from bot.streams.deal.approvals import Approval, ApprovalGranted, ApprovalMoved, ApprovalOverdue, PassOn
from bot.streams.deal.escalations import ApprovalEscalated
from bot.streams.decision import Accept
from tests.unit.approvals.desk import GROUPS, Desk
from tests.unit.approvals.test_laws import REP, reachable

PEOPLE = sorted(GROUPS)
WHO = st.sampled_from(PEOPLE)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("lend"), WHO, WHO, st.integers(0, 3)),
        st.tuples(st.just("leave"), WHO, WHO, st.integers(0, 2)),
        st.tuples(st.just("pass"), st.sampled_from(["T:jonas", "T:ines", "T:priya"]), WHO, st.integers(0, 9)),
        st.tuples(st.just("late"), WHO, WHO, st.integers(0, 48)),
    ),
    max_size=15,
)


def able(desk: Desk, approval: Approval) -> frozenset[str]:
    """Who may decide it now, by the rule that every click is asked of."""
    house, state = house_of(desk.deal, approval, desk.context("system")), desk.deal.approvals
    return frozenset(p for p in PEOPLE if chain_to(approval, p, house, state.passed_on(approval, p)) is not None)


def escalated(desk: Desk, approval: Approval) -> None:
    before, count = able(desk, approval), len(desk.facts)
    desk.give(ApprovalOverdue, "system", approval=approval.id)
    new = desk.facts[count:]
    assert able(desk, approval) == before
    assert not any(isinstance(fact, ApprovalGranted) for fact in new)
    for fact in new:
        if isinstance(fact, ApprovalEscalated):
            told(desk, fact, before)
            assert not fact.to or reachable(desk, approval, by_hand(desk), fact.to)
    assert [f.person for f in new if isinstance(f, ApprovalMoved)] == [
        f.to for f in new if isinstance(f, ApprovalEscalated) and f.to
    ]


def by_hand(desk: Desk) -> list[ApprovalMoved]:
    return [fact for fact in desk.facts if isinstance(fact, ApprovalMoved)]


def told(desk: Desk, fact: ApprovalEscalated, before: frozenset[str]) -> None:
    """Somebody who may and is there, or else the owner, when nobody else may: one of both."""
    assert bool(fact.to) != bool(fact.owner)
    assert REP not in (fact.to, fact.owner)
    if fact.to:
        assert fact.to in before and not desk.people[fact.to].is_away(desk.now.date())
    else:
        assert desk.book.may(desk.people[fact.owner].groups, Permission.OVERRIDE_APPROVAL)


@given(acts=ACTS, discount=st.sampled_from([1200, 2200, 2600]))
@settings(max_examples=60, deadline=None)
def test_no_escalation_gives_authority(acts: list[tuple[str, str, str, int]], discount: int) -> None:
    desk = Desk()
    desk.package(discount)
    for name, who, whom, number in [*acts, ("late", "", "", 12), ("late", "", "", 24)]:
        approval = desk.deal.approvals.asked[number % len(desk.deal.approvals.asked)]
        if name == "lend":
            desk.lend(who, whom, number)
        elif name == "leave":
            desk.leaves(who, number)
        elif name == "pass":
            body: dict[str, Any] = {"approval": approval.id, "seen": desk.seen, "to": whom, "reason": ""}
            desk.give(PassOn, who, **body)
        else:
            desk.now += timedelta(hours=number)
            for each in desk.deal.approvals.due:
                escalated(desk, each)


def test_each_late_request_goes_on_until_the_owner_is_told_once() -> None:
    desk = Desk()
    desk.package(2200)
    for _ in range(6):
        desk.now += timedelta(days=2)
        for each in desk.deal.approvals.due:
            assert isinstance(desk.give(ApprovalOverdue, "system", approval=each.id), Accept) or (
                desk.deal.escalations.told(each.id)
            )
    for each in desk.deal.approvals.due:
        made = desk.deal.escalations.of(each.id)
        assert [e.level for e in made] == list(range(1, len(made) + 1))
        assert [bool(e.owner) for e in made] == [False] * (len(made) - 1) + [True]
        assert len({e.to for e in made if e.to}) == len(made) - 1
